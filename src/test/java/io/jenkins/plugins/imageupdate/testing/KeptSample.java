package io.jenkins.plugins.imageupdate.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * A file of this plugin as a controller may have it on disk. It was written once and is kept, so that a change of the code that can no longer
 * read it makes a test fail. {@code -Dupdate.samples=true} writes it again with the present code: after a release, only for a new version of
 * the format, and under a new name.
 */
public final class KeptSample {
    private KeptSample() {}

    /**
     * Returns the path of the sample.
     *
     * @param present gives the bytes that the present code writes
     */
    public static Path file(String name, Callable<byte[]> present) throws Exception {
        Path file = DocumentedTable.root().resolve("src/test/resources/io/jenkins/plugins/imageupdate/samples/" + name);
        if (Boolean.getBoolean("update.samples")) {
            Files.createDirectories(file.getParent());
            Files.write(file, present.call());
        }
        if (!Files.isRegularFile(file)) {
            throw new AssertionError(file + " is missing: run this test with -Dupdate.samples=true");
        }
        return file;
    }

    public static String text(String name, Callable<String> present) throws Exception {
        return Files.readString(file(name, () -> present.call().getBytes(StandardCharsets.UTF_8)));
    }
}
