package io.jenkins.plugins.imageupdate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InProcessRegistryTest {
    private static final String REPOSITORY = "team/app";

    private final InProcessRegistry registry = InProcessRegistry.start();

    @AfterEach
    void close() {
        registry.close();
    }

    private HttpResponse<byte[]> send(String method, String path, String... headers) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return PlainHttp.send(method, registry.origin() + path, all, new byte[0]);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void headAndGetAgreeByTagAndByDigest() throws IOException {
        String digest = registry.pushImage(REPOSITORY, "1.0", "first", ManifestFormat.DOCKER);

        HttpResponse<byte[]> get = send("GET", "/v2/team/app/manifests/1.0");
        assertEquals(200, get.statusCode());
        assertEquals(digest, Sha256.digest(get.body()));
        for (String reference : new String[] {"1.0", digest}) {
            HttpResponse<byte[]> head = send("HEAD", "/v2/team/app/manifests/" + reference);
            assertEquals(200, head.statusCode());
            assertEquals(0, head.body().length);
            assertEquals(digest, header(head, "Docker-Content-Digest"));
            assertEquals(ManifestFormat.DOCKER.image(), header(head, "Content-Type"));
            assertEquals(String.valueOf(get.body().length), header(head, "Content-Length"));
        }
    }

    @Test
    void imagesAreUniqueByMarkerAndTheirConfigurationIsABlob() throws IOException {
        String first = registry.pushImage(REPOSITORY, "latest", "first");
        assertEquals(first, registry.pushImage("other", "latest", "first"));
        assertNotEquals(first, registry.pushImage(REPOSITORY, "latest", "second"));

        JsonNode config = json(send("GET", "/v2/team/app/manifests/" + first)).path("config");
        HttpResponse<byte[]> blob =
                send("GET", "/v2/team/app/blobs/" + config.path("digest").textValue());
        assertEquals(config.path("size").intValue(), blob.body().length);
        assertEquals("first", json(blob).at("/config/Labels/marker").textValue());
    }

    @Test
    void indexListsPlatformsWithVariantsAndAttestations() throws IOException {
        Map<String, String> images = new LinkedHashMap<>();
        images.put("linux/amd64", registry.pushImage(REPOSITORY, null, "amd64"));
        images.put("linux/arm/v7", registry.pushImage(REPOSITORY, null, "armv7"));

        String plain = registry.pushIndex(REPOSITORY, "plain", images, ManifestFormat.DOCKER);
        JsonNode list = json(send("GET", "/v2/team/app/manifests/plain"));
        assertEquals(ManifestFormat.DOCKER.index(), list.path("mediaType").textValue());
        assertEquals("v7", list.at("/manifests/1/platform/variant").textValue());
        assertEquals(images.get("linux/arm/v7"), list.at("/manifests/1/digest").textValue());
        assertEquals(plain, header(send("HEAD", "/v2/team/app/manifests/plain"), "Docker-Content-Digest"));

        String one = registry.pushIndexWithAttestations(REPOSITORY, "latest", images, "build 1");
        JsonNode attested = json(send("GET", "/v2/team/app/manifests/latest")).path("manifests");
        assertEquals(4, attested.size());
        assertEquals("unknown", attested.at("/3/platform/os").textValue());
        assertEquals(
                images.get("linux/arm/v7"),
                attested.at("/3/annotations/vnd.docker.reference.digest").textValue());
        assertNotEquals(one, registry.pushIndexWithAttestations(REPOSITORY, "latest", images, "build 2"));
    }

    @Test
    void errorsAreJsonAndHeadHasNone() throws IOException {
        registry.pushImage(REPOSITORY, "1.0", "first");
        HttpResponse<byte[]> tag = send("GET", "/v2/team/app/manifests/2.0");
        assertEquals(404, tag.statusCode());
        assertEquals("MANIFEST_UNKNOWN", json(tag).at("/errors/0/code").textValue());
        assertEquals(
                "NAME_UNKNOWN",
                json(send("GET", "/v2/unknown/manifests/1.0"))
                        .at("/errors/0/code")
                        .textValue());

        HttpResponse<byte[]> head = send("HEAD", "/v2/team/app/manifests/2.0");
        assertEquals(404, head.statusCode());
        assertEquals(0, head.body().length);

        registry.delete(REPOSITORY, "1.0");
        assertEquals(404, send("GET", "/v2/team/app/manifests/1.0").statusCode());
        assertThrows(IllegalArgumentException.class, () -> registry.delete(REPOSITORY, "1.0"));
    }

    @Test
    void aTypeThatIsNotAcceptedIsNotFound() throws IOException {
        registry.pushImage(REPOSITORY, "1.0", "first");
        String path = "/v2/team/app/manifests/1.0";
        assertEquals(
                404, send("HEAD", path, "Accept", ManifestFormat.DOCKER.image()).statusCode());
        assertEquals(200, send("HEAD", path, "Accept", ManifestFormat.ACCEPT).statusCode());
    }

    @Test
    void tagsComeInPages() throws IOException {
        for (String tag : new String[] {"b", "a", "d", "c"}) {
            registry.pushImage(REPOSITORY, tag, "same");
        }
        HttpResponse<byte[]> all = send("GET", "/v2/team/app/tags/list");
        assertEquals("[\"a\",\"b\",\"c\",\"d\"]", json(all).path("tags").toString());
        assertNull(header(all, "Link"));

        HttpResponse<byte[]> first = send("GET", "/v2/team/app/tags/list?n=3");
        assertEquals("</v2/team/app/tags/list?last=c&n=3>; rel=\"next\"", header(first, "Link"));
        HttpResponse<byte[]> second = send("GET", "/v2/team/app/tags/list?last=c&n=3");
        assertEquals("[\"d\"]", json(second).path("tags").toString());
        assertNull(header(second, "Link"));

        registry.pageLimit(1);
        assertEquals(
                1, json(send("GET", "/v2/team/app/tags/list?n=3")).path("tags").size());
        assertEquals(404, send("GET", "/v2/unknown/tags/list").statusCode());
    }

    @Test
    void takesBlobsInChunksAndChecksTheirDigest() throws IOException {
        byte[] half = "half".getBytes(StandardCharsets.UTF_8);
        String digest = Sha256.digest("halfhalf".getBytes(StandardCharsets.UTF_8));
        String begun = header(send("POST", "/v2/team/app/blobs/uploads/"), "Location");
        HttpResponse<byte[]> chunk = PlainHttp.send("PATCH", registry.origin() + begun, Map.of(), half);
        assertEquals(202, chunk.statusCode());
        assertEquals("0-3", header(chunk, "Range"));
        String end = registry.origin() + begun + "?digest=" + digest;
        assertEquals(201, PlainHttp.send("PUT", end, Map.of(), half).statusCode());
        assertEquals(
                "halfhalf",
                new String(send("GET", "/v2/team/app/blobs/" + digest).body(), StandardCharsets.UTF_8));

        String again = header(send("POST", "/v2/team/app/blobs/uploads/"), "Location");
        String wrong = registry.origin() + again + "?digest=" + digest;
        assertEquals(400, PlainHttp.send("PUT", wrong, Map.of(), half).statusCode());
    }

    @Test
    void recordsWhatItIsAsked() throws IOException {
        send("HEAD", "/v2/team/app/manifests/1.0", "Authorization", "Bearer abc");
        send("GET", "/v2/team/app/tags/list?n=5&last=a%2Bb");

        assertEquals(2, registry.requests().size());
        RecordedRequest head = registry.requests().get(0);
        assertTrue(head.isHead() && head.isManifest());
        assertEquals("/v2/team/app/manifests/1.0", head.path());
        assertEquals("Bearer abc", head.authorization().orElseThrow());
        assertEquals("Bearer abc", head.header("AUTHORIZATION").orElseThrow());
        assertEquals("a+b", registry.requests().get(1).parameter("last").orElseThrow());
        assertEquals(1, registry.count(RecordedRequest::isGet));
        registry.clear();
        assertEquals(0, registry.requests().size());
    }

    @Test
    void servesOverTlsToWhomTrustsItsCertificate() throws IOException, InterruptedException {
        try (InProcessRegistry secure = InProcessRegistry.start(LoopbackCertificate.server())) {
            String digest = secure.pushImage(REPOSITORY, "1.0", "first");
            URI uri = URI.create(secure.origin() + "/v2/team/app/manifests/1.0");
            assertEquals("https", uri.getScheme());
            HttpRequest request = HttpRequest.newBuilder(uri).build();

            HttpClient trusting = HttpClient.newBuilder()
                    .sslContext(LoopbackCertificate.client())
                    .build();
            HttpResponse<byte[]> response = trusting.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(digest, Sha256.digest(response.body()));
            assertEquals(digest, header(response, "Docker-Content-Digest"));

            HttpClient other = HttpClient.newHttpClient();
            assertThrows(
                    SSLHandshakeException.class, () -> other.send(request, HttpResponse.BodyHandlers.discarding()));
        }
    }
}
