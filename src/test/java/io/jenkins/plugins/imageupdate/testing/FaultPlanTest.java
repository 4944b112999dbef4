package io.jenkins.plugins.imageupdate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private final InProcessRegistry registry = InProcessRegistry.start();
    private final String manifest = registry.origin() + "/v2/app/manifests/latest";
    private String digest;

    @BeforeEach
    void push() {
        digest = registry.pushImage("app", "latest", "first");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private HttpResponse<byte[]> send(String method) throws IOException {
        return PlainHttp.send(method, manifest, Map.of(), new byte[0]);
    }

    private CompletableFuture<HttpResponse<Void>> sendAsync(HttpClient client) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create(manifest)).build(), HttpResponse.BodyHandlers.discarding());
    }

    @Test
    void theNextHeadIsRateLimitedAndNoOther() throws IOException {
        registry.faults().next(RecordedRequest::isHead, Fault.rateLimited("3"));
        assertEquals(200, send("GET").statusCode());
        HttpResponse<byte[]> limited = send("HEAD");
        assertEquals(429, limited.statusCode());
        assertEquals("3", limited.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(200, send("HEAD").statusCode());
    }

    @Test
    void headIsNotFoundWhereGetIs() throws IOException {
        registry.faults().always(RecordedRequest::isHead, Fault.reply(Reply.of(404)));
        assertEquals(404, send("HEAD").statusCode());
        assertEquals(404, send("HEAD").statusCode());
        assertEquals(200, send("GET").statusCode());
        registry.faults().clear();
        assertEquals(200, send("HEAD").statusCode());
    }

    @Test
    void headersAreLeftOutAndReplaced() throws IOException {
        String other = "sha256:" + "0".repeat(64);
        registry.faults().next(request -> true, Fault.without("docker-content-digest"));
        registry.faults().next(request -> true, Fault.with("Docker-Content-Digest", other));
        assertFalse(send("HEAD").headers().firstValue("Docker-Content-Digest").isPresent());
        HttpResponse<byte[]> wrong = send("GET");
        assertEquals(other, wrong.headers().firstValue("Docker-Content-Digest").orElseThrow());
        assertEquals(digest, Sha256.digest(wrong.body()));
    }

    @Test
    void theEdgeAnswersInHtml() throws IOException {
        registry.faults().next(request -> true, Fault.edgeBlocked());
        HttpResponse<byte[]> blocked = send("GET");
        assertEquals(403, blocked.statusCode());
        assertTrue(blocked.headers().firstValue("Content-Type").orElseThrow().startsWith("text/html"));
        assertFalse(
                blocked.headers().firstValue("Docker-Distribution-Api-Version").isPresent());
        assertTrue(new String(blocked.body(), StandardCharsets.UTF_8).contains("/v2/app/manifests/latest"));
    }

    @Test
    void aHookDecidesForEveryRequest() throws IOException {
        registry.faults()
                .decide(request -> request.isGet() ? Optional.of(Fault.redirect("/elsewhere")) : Optional.empty());
        assertEquals(307, send("GET").statusCode());
        assertEquals(200, send("HEAD").statusCode());
    }

    @Test
    void disconnects() {
        registry.faults().always(request -> true, Fault.disconnect());
        assertThrows(IOException.class, () -> send("GET"));
    }

    @Test
    void holdsAnswersUntilTheLatchOpens() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        registry.faults().next(5, request -> true, Fault.heldUntil(latch));
        HttpClient client = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<Void>>> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            held.add(sendAsync(client));
        }
        assertTrue(registry.awaitRequests(RecordedRequest::isManifest, 5, Duration.ofSeconds(20)));
        assertEquals(5, registry.mostInFlight());
        assertEquals(200, send("GET").statusCode());
        assertTrue(held.stream().noneMatch(CompletableFuture::isDone));

        latch.countDown();
        for (CompletableFuture<HttpResponse<Void>> each : held) {
            assertEquals(200, each.get(20, TimeUnit.SECONDS).statusCode());
        }
        assertFalse(registry.awaitRequests(request -> true, 7, Duration.ofMillis(1)));
    }

    @Test
    void closingEndsWhatIsHeld() throws Exception {
        registry.faults().next(request -> true, Fault.heldUntil(new CountDownLatch(1)));
        CompletableFuture<HttpResponse<Void>> held = sendAsync(HttpClient.newHttpClient());
        assertTrue(registry.awaitRequests(request -> true, 1, Duration.ofSeconds(20)));
        registry.close();
        assertThrows(ExecutionException.class, () -> held.get(20, TimeUnit.SECONDS));
    }

    @Test
    void delaysAHundredAtOnceByOneRoundTrip() throws Exception {
        Duration roundTrip = Duration.ofMillis(200);
        HttpClient client = HttpClient.newHttpClient();
        sendAsync(client).get(20, TimeUnit.SECONDS);
        registry.clear();
        registry.delay(roundTrip);
        long start = System.nanoTime();
        List<CompletableFuture<HttpResponse<Void>>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(sendAsync(client));
        }
        for (CompletableFuture<HttpResponse<Void>> each : all) {
            assertEquals(200, each.get(20, TimeUnit.SECONDS).statusCode());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertEquals(100, registry.requests().size());
        assertTrue(took.compareTo(roundTrip) >= 0, () -> "too fast: " + took);
        assertTrue(took.compareTo(roundTrip.multipliedBy(50)) < 0, () -> "one after the other: " + took);
    }
}
