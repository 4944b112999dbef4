package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.ManifestFormat;
import io.jenkins.plugins.imageupdate.testing.PublicInternet;
import io.jenkins.plugins.imageupdate.testing.PushTarget;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;

/** A registry with the images of {@code p/app}, behind a door that wants a login, and a storage host at a public address. */
final class DetailsScene implements AutoCloseable {
    /** Of RFC 5737. */
    static final String STORAGE = "203.0.113.5";

    private static final String PASSWORD = "canary-7c1f";

    final InProcessRegistry registry = InProcessRegistry.start();
    final InProcessRegistry storage = InProcessRegistry.start();
    final GcrFront front = GcrFront.inFrontOf(registry.origin());
    private final HttpClient http = PublicInternet.answeredBy(storage.origin());
    private final HttpTransport transport =
            new HttpTransport(endpoint -> http, ForkJoinPool.commonPool(), Clock.systemUTC());

    DetailsScene() {
        front.grantUser("reader", PASSWORD, "p/app");
    }

    CompletableFuture<ImageDetails> details(String host, String digest, Platform platform) {
        return Clients.repository(
                        transport,
                        ImageReference.parse(host + "/p/app:stable"),
                        Clients.plain(host),
                        Authentications.ofUserPassword("login", "reader", PASSWORD))
                .details(Digest.parse(digest), platform);
    }

    ImageDetails details(String digest, String platform) {
        return details(front.host(), digest, platform == null ? null : Platform.parse(platform))
                .join();
    }

    ImageDetails details(String digest) {
        return details(digest, null);
    }

    RegistryException failure(String digest, String platform) {
        return Clients.failure(details(front.host(), digest, platform == null ? null : Platform.parse(platform)));
    }

    RegistryException failure(String digest) {
        return failure(digest, null);
    }

    static boolean isBlob(RecordedRequest request) {
        return request.path().contains("/blobs/");
    }

    /** Pushes an image for linux and this architecture; its details are those of {@link #wanted}. */
    String push(String architecture) {
        return push(registry, architecture, ManifestFormat.OCI);
    }

    static String push(PushTarget target, String architecture, ManifestFormat format) {
        byte[] config = """
            {"created": "2026-01-02T03:04:05Z", "os": "linux", "architecture": "%s",
             "config": {"Labels": {"org.opencontainers.image.revision": "abc"}}}
            """.formatted(architecture).getBytes(StandardCharsets.UTF_8);
        byte[] layer = "layer".getBytes(StandardCharsets.UTF_8);
        String manifest = """
            {"schemaVersion": 2, "mediaType": "%s",
             "config": {"mediaType": "%s", "size": %d, "digest": "%s"},
             "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", "size": 5, "digest": "%s"}]}
            """.formatted(
                        format.image(),
                        format.config(),
                        config.length,
                        target.pushBlob("p/app", config),
                        target.pushBlob("p/app", layer));
        return target.push("p/app", null, manifest.getBytes(StandardCharsets.UTF_8), format.image());
    }

    static ImageDetails wanted(String architecture) {
        return new ImageDetails(
                Instant.parse("2026-01-02T03:04:05Z"),
                Platform.parse("linux/" + architecture),
                5,
                Map.of("revision", "abc"));
    }

    @Override
    public void close() {
        front.close();
        storage.close();
        registry.close();
    }
}
