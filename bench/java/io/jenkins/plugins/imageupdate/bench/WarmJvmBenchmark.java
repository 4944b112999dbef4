package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * As {@link DigestBenchmark}, but in a JVM that has done the same before, as that of a controller has: its first round is cold in
 * connections and tokens alone. The warm rounds may be those of a client that has run for long.
 */
final class WarmJvmBenchmark {
    private WarmJvmBenchmark() {}

    public static void main(String... arguments) throws IOException {
        BenchmarkOptions options = BenchmarkOptions.parse(arguments);
        Authentication authentication = Authentications.ofSecret("bench", Files.readString(Path.of(options.key())));
        List<WatchedImage> images = options.images();
        try (MeasuredClient earlier = MeasuredClient.of(options, authentication)) {
            run(earlier, images, options.earlier());
        }
        try (MeasuredClient client = MeasuredClient.of(options, authentication)) {
            System.out.println(client.round(images).line(0));
            run(client, images, options.settling());
            for (int i = 1; i < options.rounds(); i++) {
                System.out.println(client.round(images).line(i));
            }
        }
    }

    private static void run(MeasuredClient client, List<WatchedImage> images, int rounds) {
        for (int i = 0; i < rounds; i++) {
            client.round(images);
        }
    }
}
