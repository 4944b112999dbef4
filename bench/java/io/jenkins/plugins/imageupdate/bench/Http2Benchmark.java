package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** 100 checks at once of a registry behind nginx with TLS and HTTP/2: how many connections that takes. */
final class Http2Benchmark {
    private static final int IMAGES = 100;
    private static final Duration ROUND_TRIP = Duration.ofMillis(200);

    private Http2Benchmark() {}

    public static void main(String... arguments) throws IOException {
        Path directory = Files.createTempDirectory(Path.of(arguments[0]), "http2");
        try (InProcessRegistry registry = InProcessRegistry.start();
                Http2Proxy proxy = new Http2Proxy(directory, registry.origin());
                MeasuredClient client = new MeasuredClient(
                        proxy.host(), false, IMAGES, new Authentication.Anonymous(), LoopbackCertificate.client())) {
            for (int i = 0; i < IMAGES; i++) {
                registry.pushImage("bench/app" + i, "stable", "image " + i);
            }
            List<WatchedImage> images = IntStream.range(0, IMAGES)
                    .mapToObj(i -> WatchedImage.parse(proxy.host() + "/bench/app" + i + ":stable", null))
                    .toList();
            registry.delay(ROUND_TRIP);
            int before = proxy.accepted();
            for (int round = 0; round < 3; round++) {
                registry.clear();
                MeasuredClient.Round taken = client.round(images);
                System.out.printf(
                        Locale.ROOT,
                        "%s in-flight=%d connections=%d http2=%d%n",
                        taken.line(round),
                        registry.mostInFlight(),
                        proxy.accepted() - before,
                        proxy.http2Requests());
            }
        }
    }
}
