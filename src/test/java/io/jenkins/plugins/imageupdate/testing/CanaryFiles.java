package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/**
 * Looks for canaries in the directories that Jenkins' test harness makes: every Jenkins' home, in this process or another one, and every
 * agent's file system. Those of a test class that runs beside this one are looked through as well, which finds nothing: canaries are made
 * anew in each JVM.
 */
final class CanaryFiles {
    /** Of the harness' TemporaryDirectoryAllocator; the space is there to break what cannot take it. */
    private static final String HARNESS = "j{ ,k}h*";

    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private final Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    private final Set<Path> before = made();

    private Set<Path> made() {
        Set<Path> made = new HashSet<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, HARNESS)) {
                paths.forEach(made::add);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return made;
    }

    /** @return how many files were looked through */
    int search() throws IOException {
        int searched = 0;
        for (Path home : made()) {
            if (!before.contains(home)) {
                searched += search(home);
            }
        }
        return searched;
    }

    private int search(Path home) throws IOException {
        int[] searched = {0};
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                // What plugins and the web application are made of, unpacked.
                boolean code = home.equals(path.getParent())
                        && Set.of("plugins", "war").contains(path.getFileName().toString());
                return code ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && attributes.size() <= MOST_BYTES) {
                    read(home, file);
                    searched[0]++;
                }
                return FileVisitResult.CONTINUE;
            }

            /** Jenkins goes on, and so does the test beside this one. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return searched[0];
    }

    private static void read(Path home, Path file) throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException gone) {
            return;
        }
        for (String name : Canaries.in(content)) {
            Canaries.report((home.getFileName() + "/" + home.relativize(file)).replace('\\', '/'), name);
        }
    }
}
