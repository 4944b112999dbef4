package io.jenkins.plugins.imageupdate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server, and that the one in memory gives the same answers. */
class DistributionServerTest {
    private static final String REPOSITORY = "team/app";

    @TempDir
    private Path directory;

    private static HttpResponse<byte[]> send(String method, String origin, String path) throws IOException {
        return PlainHttp.send(method, origin + path, Map.of("Accept", ManifestFormat.ACCEPT), new byte[0]);
    }

    private static String index(PushTarget target, String tag) {
        Map<String, String> images = new LinkedHashMap<>();
        images.put("linux/amd64", target.pushImage(REPOSITORY, null, "amd64"));
        images.put("linux/arm64/v8", target.pushImage(REPOSITORY, null, "arm64", ManifestFormat.DOCKER));
        target.pushIndex(REPOSITORY, tag + "-docker", images, ManifestFormat.DOCKER);
        return target.pushIndexWithAttestations(REPOSITORY, tag, images, "build 1");
    }

    @Test
    void answersAsTheRegistryInMemoryDoes() throws IOException {
        try (DistributionServer server = DistributionServer.start(directory);
                InProcessRegistry memory = InProcessRegistry.start()) {
            ImagePusher pusher = new ImagePusher(server.origin());
            assertEquals(memory.pushImage(REPOSITORY, "1.0", "x"), pusher.pushImage(REPOSITORY, "1.0", "x"));
            assertEquals(index(memory, "multi"), index(pusher, "multi"));
            for (String tag : new String[] {"1.0", "multi", "multi-docker", "absent"}) {
                for (String method : new String[] {"HEAD", "GET"}) {
                    HttpResponse<byte[]> real = send(method, server.origin(), "/v2/team/app/manifests/" + tag);
                    HttpResponse<byte[]> own = send(method, memory.origin(), "/v2/team/app/manifests/" + tag);
                    assertEquals(real.statusCode(), own.statusCode(), tag);
                    for (String name :
                            new String[] {"Docker-Content-Digest", "Etag", "Docker-Distribution-Api-Version"}) {
                        assertEquals(
                                real.headers().firstValue(name), own.headers().firstValue(name), name);
                    }
                    if (real.statusCode() == 200) {
                        assertEquals(
                                real.headers().firstValue("Content-Type"),
                                own.headers().firstValue("Content-Type"));
                        assertEquals(
                                real.headers().firstValue("Content-Length"),
                                own.headers().firstValue("Content-Length"));
                        assertEquals(Sha256.digest(real.body()), Sha256.digest(own.body()));
                    }
                }
            }
            pusher.delete(REPOSITORY, "1.0");
            memory.delete(REPOSITORY, "1.0");
            assertEquals(
                    404,
                    send("GET", server.origin(), "/v2/team/app/manifests/1.0").statusCode());
            assertEquals(
                    404,
                    send("GET", memory.origin(), "/v2/team/app/manifests/1.0").statusCode());
        }
    }

    @Test
    void standsBehindTheFront() throws IOException {
        try (DistributionServer server = DistributionServer.start(directory);
                GcrFront front = GcrFront.inFrontOf(server.origin())) {
            front.makePublic(REPOSITORY);
            String scope = "/v2/token?scope=repository:team/app:pull,push";
            String answer = new String(send("GET", front.origin(), scope).body(), StandardCharsets.UTF_8);
            String bearer = "Bearer " + front.tokensIssued().get(0).value();
            assertTrue(answer.contains(front.tokensIssued().get(0).value()));

            String digest = new ImagePusher(front.origin(), bearer).pushImage(REPOSITORY, "1.0", "through");
            HttpResponse<byte[]> head = PlainHttp.send(
                    "HEAD",
                    front.origin() + "/v2/team/app/manifests/1.0",
                    Map.of("Accept", ManifestFormat.ACCEPT, "Authorization", bearer),
                    new byte[0]);
            assertEquals(
                    digest, head.headers().firstValue("Docker-Content-Digest").orElseThrow());
        }
    }

    @Test
    void keepsItsImagesAndStopsOnClose() throws IOException {
        String digest;
        String origin;
        try (DistributionServer server = DistributionServer.start(directory)) {
            origin = server.origin();
            digest = new ImagePusher(origin).pushImage(REPOSITORY, "1.0", "kept");
        }
        assertThrows(IOException.class, () -> PlainHttp.get(origin + "/v2/"));
        try (DistributionServer server = DistributionServer.start(directory)) {
            assertEquals(
                    digest,
                    new ImagePusher(server.origin())
                            .describe(REPOSITORY, digest)
                            .digest());
        }
    }
}
