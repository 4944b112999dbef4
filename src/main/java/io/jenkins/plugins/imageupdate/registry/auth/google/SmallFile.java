package io.jenkins.plugins.imageupdate.registry.auth.google;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Text files of the controller's that hold a key or a token. */
final class SmallFile {
    private static final int MAX_BYTES = 64 * 1024;

    private SmallFile() {}

    /** The content; an {@link IllegalArgumentException} says why there is none, without the path. Blocks. */
    static String read(String path) {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new IllegalArgumentException("longer than " + MAX_BYTES + " bytes, so not a key or token");
            }
            return new String(content, StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            // Without its cause: its message is the path.
            throw new IllegalArgumentException("it, or a file that it names, cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        }
    }
}
