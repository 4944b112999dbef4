package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.Authorizers;
import io.jenkins.plugins.imageupdate.testing.DistributionServer;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.ImagePusher;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.ManifestFormat;
import io.jenkins.plugins.imageupdate.testing.PushTarget;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The storage host stands at a public address of RFC 5737, which the HTTP client reaches through a "proxy" on the loopback. */
class DetailsReaderTest {
    private static final String STORAGE = "203.0.113.5";
    private static final String PASSWORD = "canary-7c1f";

    private InProcessRegistry registry;
    private InProcessRegistry storage;
    private GcrFront front;
    private HttpTransport transport;

    @BeforeEach
    void start() {
        registry = InProcessRegistry.start();
        storage = InProcessRegistry.start();
        front = GcrFront.inFrontOf(registry.origin());
        front.grantUser("reader", PASSWORD, "p/app");
        HttpClient client = HttpClient.newBuilder()
                .proxy(only(STORAGE, URI.create(storage.origin())))
                .build();
        transport = new HttpTransport(endpoint -> client, ForkJoinPool.commonPool(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        front.close();
        storage.close();
        registry.close();
    }

    private static ProxySelector only(String host, URI proxy) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return host.equals(uri.getHost())
                        ? List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), proxy.getPort())))
                        : List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException thrown) {
                throw new IllegalStateException(thrown);
            }
        };
    }

    private CompletableFuture<ImageDetails> details(String host, String digest, Platform platform) {
        return new RegistryClient(transport)
                .details(
                        ImageReference.parse(host + "/p/app:stable"),
                        Digest.parse(digest),
                        platform,
                        Clients.plain(host),
                        new Authorizers(transport).of(Authentication.ofUserPassword("login", "reader", PASSWORD)));
    }

    private ImageDetails details(String digest) {
        return details(front.host(), digest, null).join();
    }

    private RegistryException failure(String digest) {
        return Clients.failure(details(front.host(), digest, null));
    }

    private static boolean isBlob(RecordedRequest request) {
        return request.path().contains("/blobs/");
    }

    private static byte[] config(String architecture, String revision) {
        return """
            {"created": "2026-01-02T03:04:05Z", "os": "linux", "architecture": "%s",
             "config": {"Labels": {"org.opencontainers.image.revision": "%s"}}}
            """.formatted(architecture, revision).getBytes(StandardCharsets.UTF_8);
    }

    private static String push(PushTarget target, String architecture, String revision, ManifestFormat format) {
        byte[] config = config(architecture, revision);
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

    private String push(String architecture) {
        return push(registry, architecture, "abc", ManifestFormat.OCI);
    }

    private static ImageDetails wanted(String architecture) {
        return new ImageDetails(
                Instant.parse("2026-01-02T03:04:05Z"),
                Platform.parse("linux/" + architecture),
                5,
                Map.of("revision", "abc"));
    }

    @ParameterizedTest
    @EnumSource(ManifestFormat.class)
    void manifestAndConfigurationAreRead(ManifestFormat format) {
        String digest = push(registry, "amd64", "abc", format);
        assertEquals(wanted("amd64"), details(digest));
        assertEquals(4, front.requests().size(), "refusal, token, manifest, configuration");
    }

    @Test
    void anIndexIsReadForThePlatformAskedForOrTheUsualOneOrTheFirst() {
        Map<String, String> images = new LinkedHashMap<>();
        images.put("linux/arm64", push("arm64"));
        String arm = registry.pushIndexWithAttestations("p/app", "arm", images, "x");
        assertEquals(wanted("arm64"), details(arm));

        images.put("linux/amd64", push("amd64"));
        String both = registry.pushIndexWithAttestations("p/app", "both", images, "x");
        assertEquals(wanted("amd64"), details(both));
        assertEquals(
                wanted("arm64"),
                details(front.host(), both, Platform.parse("linux/arm64/v8")).join());

        RegistryException missing = Clients.failure(details(front.host(), both, Platform.parse("linux/s390x")));
        assertEquals(FailureKind.CONFIGURATION, missing.kind());
        assertTrue(missing.detail().contains("linux/s390x"), missing.detail());
        assertTrue(missing.detail().contains("linux/arm64, linux/amd64"), missing.detail());
    }

    @Test
    void indexesWithinIndexesEnd() {
        String digest = push("amd64");
        for (int i = 0; i < 2; i++) {
            String index = """
                {"schemaVersion": 2, "manifests": [{"mediaType": "%s", "digest": "%s", "size": 1}]}
                """.formatted(i == 0 ? ManifestFormat.OCI.image() : ManifestFormat.OCI.index(), digest);
            digest = registry.push("p/app", null, index.getBytes(StandardCharsets.UTF_8), ManifestFormat.OCI.index());
        }
        assertEquals(wanted("amd64"), details(digest));
        String deeper = """
            {"schemaVersion": 2, "manifests": [{"mediaType": "%s", "digest": "%s", "size": 1}]}
            """.formatted(ManifestFormat.OCI.index(), digest);
        assertEquals(
                FailureKind.CONFIGURATION,
                failure(registry.push(
                                "p/app", null, deeper.getBytes(StandardCharsets.UTF_8), ManifestFormat.OCI.index()))
                        .kind());
        assertEquals(
                FailureKind.CONFIGURATION,
                failure(registry.push(
                                "p/app",
                                null,
                                "{\"schemaVersion\": 2, \"manifests\": []}".getBytes(StandardCharsets.UTF_8),
                                ManifestFormat.OCI.index()))
                        .kind());
    }

    /** As gcr.io keeps its blobs at storage.googleapis.com. */
    @Test
    void theConfigurationMayLieElsewhereWhereTheLoginDoesNotGo() {
        String digest = push("amd64");
        push(storage, "amd64", "abc", ManifestFormat.OCI);
        front.faults().always(DetailsReaderTest::isBlob, (request, regular) -> {
            Reply allowed = regular.get();
            return allowed.status() == 200
                    ? Reply.of(302).with("Location", "http://" + STORAGE + request.path() + "?signature=x")
                    : allowed;
        });
        assertEquals(wanted("amd64"), details(digest));
        assertEquals(1, storage.requests().size());
        assertNull(storage.requests().get(0).authorization().orElse(null));
        assertNotNull(front.requests()
                .get(front.requests().size() - 1)
                .authorization()
                .orElse(null));
    }

    @Test
    void aStorageHostsRefusalIsNoChallenge() {
        String digest = push("amd64");
        front.faults().always(DetailsReaderTest::isBlob, Fault.redirect("http://" + STORAGE + "/v2/p/app/blobs/x"));
        storage.faults()
                .always(
                        request -> true,
                        Fault.reply(Reply.error(401, "UNAUTHORIZED", "sign in here")
                                .with("WWW-Authenticate", "Basic realm=\"x\"")));
        RegistryException failure = failure(digest);
        assertEquals(FailureKind.UNAVAILABLE, failure.kind());
        assertTrue(failure.detail().contains("redirects to: HTTP 401"), failure.detail());
        assertEquals(1, storage.requests().size());
        assertTrue(storage.requests().stream()
                .allMatch(request -> request.authorization().isEmpty()));
    }

    @Test
    void aMissingConfigurationIsNoMissingTag() {
        String digest = push("amd64");
        front.faults().always(DetailsReaderTest::isBlob, Fault.reply(Reply.error(404, "BLOB_UNKNOWN", "blob unknown")));
        assertEquals(FailureKind.UNAVAILABLE, failure(digest).kind());
    }

    @Test
    void otherBytesThanThoseOfTheDigestAreRefused() {
        String digest = push("amd64");
        String other = push("arm64");
        front.faults()
                .next(
                        request -> request.path().endsWith(digest),
                        Fault.reply(Reply.of(200, ManifestFormat.OCI.image(), "{\"schemaVersion\": 2}")));
        assertEquals(FailureKind.NO_DIGEST, failure(digest).kind());
        front.faults().next(DetailsReaderTest::isBlob, Fault.reply(Reply.of(200, "application/octet-stream", "{}")));
        assertEquals(FailureKind.NO_DIGEST, failure(other).kind());
    }

    @Test
    void aManifestWithoutConfigurationSaysWhatItCan() {
        String manifest = """
            {"schemaVersion": 2, "annotations": {"org.opencontainers.image.version": "2"}, "layers": [{"size": 3}]}
            """;
        String digest =
                registry.push("p/app", null, manifest.getBytes(StandardCharsets.UTF_8), ManifestFormat.OCI.image());
        assertEquals(new ImageDetails(null, null, 3, Map.of("version", "2")), details(digest));
    }

    @Test
    void theDistributionServersImagesAreRead(@TempDir Path directory) throws IOException {
        try (DistributionServer server = DistributionServer.start(directory)) {
            String digest = push(new ImagePusher(server.origin()), "amd64", "abc", ManifestFormat.OCI);
            assertEquals(wanted("amd64"), details(server.host(), digest, null).join());
        }
    }
}
