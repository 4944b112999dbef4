package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checks many images of one registry, round after round, and prints a line for each round. The first is cold: a JVM that has just
 * started and knows neither a connection nor a token. Making the JDK's HTTP client, which reads the JVM's trusted certificates, is not
 * in it; how long that took is said on the standard error.
 */
public final class DigestBenchmark {
    private DigestBenchmark() {}

    public static void main(String... arguments) throws IOException {
        BenchmarkOptions options = BenchmarkOptions.parse(arguments);
        Authentication authentication = options.key() == null
                ? new Authentication.Anonymous()
                : Authentications.ofSecret("bench", Files.readString(Path.of(options.key())));
        long begun = System.nanoTime();
        try (MeasuredClient client = MeasuredClient.of(options, authentication)) {
            System.err.printf("the HTTP client was made in %d ms%n", (System.nanoTime() - begun) / 1_000_000);
            var images = options.images();
            for (int i = 0; i < options.rounds(); i++) {
                System.out.println(client.round(images).line(i));
            }
        }
    }
}
