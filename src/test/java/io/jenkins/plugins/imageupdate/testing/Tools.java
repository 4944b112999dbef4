package io.jenkins.plugins.imageupdate.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * What tests need and a machine may lack. A test is skipped with the reason, and {@link SkippedTests} names it at the end of the run. With
 * {@code CI_STRICT=1} in the environment, which says that the machine has everything, it fails.
 */
public final class Tools {
    /** Debian's and Ubuntu's packages, by program. */
    private static final Map<String, String> PACKAGES = Map.of(
            "docker-registry", "docker-registry",
            "nginx", "nginx-light",
            "chromium", "chromium",
            "chromedriver", "chromium-driver");

    private Tools() {}

    /**
     * Returns a program.
     *
     * @param names what it is called, on one system or another. The system property {@code tool.NAME} with its path wins over PATH
     */
    public static Path require(String... names) {
        return find(names).orElseThrow(() -> missing(reason(names), strict()));
    }

    /** Requires another property of the machine, such as the rights of root. */
    public static void require(boolean given, String reason) {
        if (!given) {
            throw missing(reason, strict());
        }
    }

    /** Makes a symbolic link. Windows allows that only to some users. */
    public static Path symbolicLink(Path link, Path target) {
        try {
            return Files.createSymbolicLink(link, target);
        } catch (IOException | UnsupportedOperationException e) {
            throw missing("this user cannot make a symbolic link: " + e.getMessage(), strict());
        }
    }

    /** Returns a program, or nothing if it is not on this machine. */
    public static Optional<Path> find(String... names) {
        return Stream.of(names)
                .flatMap(Tools::candidates)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> candidates(String name) {
        String property = System.getProperty("tool." + name);
        if (property != null) {
            return Stream.of(Path.of(property));
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe")))
                .filter(Files::isRegularFile);
    }

    private static String reason(String... names) {
        String name = names[0];
        String debian = PACKAGES.get(name);
        return name + " is not on PATH, and -Dtool." + name + " does not name it"
                + (debian == null ? "" : " (Debian: apt-get install " + debian + ")");
    }

    private static boolean strict() {
        return "1".equals(System.getenv("CI_STRICT"));
    }

    /** Returns what ends the test: a failure if nothing may be missing. */
    static RuntimeException missing(String reason, boolean strict) {
        if (strict) {
            throw new AssertionFailedError(reason + "; with CI_STRICT=1 that is a failure");
        }
        return new TestAbortedException(reason);
    }
}
