package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a page under {@code docs} that a test writes with {@code -Dupdate.docs=true}, and compares otherwise. */
public final class DocumentedTable {
    private DocumentedTable() {}

    /** Fails when the page has another text between the two comments that name this part. */
    public static void require(String page, String name, String text) throws IOException {
        Path file = root().resolve("docs").resolve(page);
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- end of " + name + " -->\n";
        String before = Files.readString(file);
        int from = before.indexOf(begin);
        int to = before.indexOf(end);
        if (from < 0 || to < from) {
            throw new AssertionError(file.getFileName() + " has no place for " + name);
        }
        String after = before.substring(0, from + begin.length()) + text.strip() + "\n" + before.substring(to);
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(file, after);
        }
        if (!after.equals(Files.readString(file))) {
            throw new AssertionError(page + " is not up to date: run this test with -Dupdate.docs=true");
        }
    }

    /** Of the source tree, whichever of its two builds runs this. */
    public static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("docs"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
