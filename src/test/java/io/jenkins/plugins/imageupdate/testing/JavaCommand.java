package io.jenkins.plugins.imageupdate.testing;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands that start another JVM: of the JDK that runs this one, with its class path. */
public final class JavaCommand {
    private JavaCommand() {}

    /** The path of a program of the JDK, such as {@code java}. */
    public static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** The class path of this JVM. Its entries are absolute, so that the command runs in any folder. */
    public static String classPath() {
        // Surefire gives its JVM a jar in place of a class path, and tells the class path by this property.
        return absolute(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    }

    static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Returns a command that starts a program of this class path. The caller may append arguments.
     *
     * @param options of the JVM, such as {@code -Xmx64m}
     */
    public static List<String> of(Class<?> main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(program("java"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath(), main.getName()));
        return command;
    }
}
