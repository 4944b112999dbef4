package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JDK's keytool: the JDK has no public API that signs certificates. */
final class Keytool {
    private Keytool() {}

    /** What these commands make, one after the other. */
    @SafeVarargs
    static KeyStore store(char[] password, List<String>... commands) {
        try {
            Path directory = Files.createTempDirectory("keytool");
            Path file = directory.resolve("store.p12");
            Path log = directory.resolve("keytool.log");
            try {
                for (List<String> command : commands) {
                    run(command, file, new String(password), log);
                }
                KeyStore store = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(file)) {
                    store.load(in, password);
                }
                return store;
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(log);
                Files.deleteIfExists(directory);
            }
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> arguments, Path store, String password, Path log)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(JavaCommand.program("keytool"));
        command.addAll(arguments);
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", password));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool failed: " + Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
