package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.FaultySocketServer;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.SocketScript;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pauses are recorded and not waited for. Each is half of its limit, since the random number is fixed. */
class RetriesTest {
    private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final HttpTransport transport = new HttpTransport(
            endpoint -> Clients.HTTP, ForkJoinPool.commonPool(), Clock.systemUTC(), new Retries(() -> 0.5, length -> {
                pauses.add(length);
                return CompletableFuture.completedFuture(null);
            }));

    private CompletableFuture<Response> get(String origin, Duration timeout) {
        return transport.send(Request.get(
                Clients.plain(URI.create(origin).getAuthority()),
                URI.create(origin + "/v2/"),
                Map.of(),
                Instant.now().plus(timeout)));
    }

    private CompletableFuture<Response> get(String origin) {
        return get(origin, Duration.ofSeconds(20));
    }

    private static Fault status(int status) {
        return Fault.reply(Reply.error(status, "UNAVAILABLE", "passing"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 421, 425, 502, 503, 504, 520, 524})
    void aGatewaysFaultIsOverAfterAPause(int status) {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.faults().next(2, request -> true, status(status));
            assertEquals(200, get(registry.origin()).join().status());
            assertEquals(3, registry.requests().size());
            assertEquals(List.of(Duration.ofMillis(125), Duration.ofMillis(250)), pauses);
        }
    }

    @Test
    void afterTwoRepetitionsTheFaultIsBelieved() {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.faults().always(request -> true, status(503));
            assertEquals(503, get(registry.origin()).join().status());
            assertEquals(3, registry.requests().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 500, 501, 505})
    void otherAnswersAreBelievedAtOnce(int status) {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.faults().always(request -> true, status(status));
            assertEquals(status, get(registry.origin()).join().status());
            assertEquals(1, registry.requests().size());
            assertEquals(List.of(), pauses);
        }
    }

    @Test
    void aRegistryThatNamesATimeIsNotAskedBefore() {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            registry.faults()
                    .always(
                            request -> true,
                            Fault.reply(Reply.error(503, "UNAVAILABLE", "later").with("Retry-After", "1")));
            assertEquals(503, get(registry.origin()).join().status());
            assertEquals(1, registry.requests().size());
        }
    }

    @Test
    void noPauseOutlastsTheDeadline() {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            Retries late = new Retries(() -> 0.5, length -> {
                throw new AssertionError("a pause of " + length);
            });
            CompletableFuture<Response> unavailable = get(registry.origin() + "/none");
            Response answer = new Response(
                    URI.create(registry.origin()), 503, unavailable.join().headers(), new byte[0]);
            assertEquals(
                    503,
                    late.run(times -> CompletableFuture.completedFuture(answer), () -> Duration.ofMillis(125))
                            .join()
                            .status());
        }
    }

    @Test
    void aHostThatCoolsDownMeanwhileIsNotAskedAgain() {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            URI uri = URI.create(registry.origin() + "/v2/");
            registry.faults().always(request -> true, (request, regular) -> {
                transport.limits().host(uri).coolDown(Instant.now().plusSeconds(60));
                return Reply.of(503);
            });
            assertEquals(
                    FailureKind.RATE_LIMITED,
                    Clients.failure(get(registry.origin())).kind());
            assertEquals(1, registry.requests().size());
        }
    }

    @Test
    void aConnectionLostBeforeTheAnswerIsMadeAgain() {
        try (FaultySocketServer server = FaultySocketServer.start(
                SocketScript.resetAfter(0, "application/json", JSON),
                SocketScript.resetAfter(0, "application/json", JSON),
                SocketScript.answers("application/json", JSON))) {
            assertEquals(200, get(server.origin()).join().status());
            assertEquals(3, server.connections());
        }
    }

    @Test
    void anAnswerThatBreaksOffIsAskedForAgain() {
        try (FaultySocketServer server = FaultySocketServer.start(
                SocketScript.shortBody("application/json", 500, JSON),
                SocketScript.answers("application/json", JSON))) {
            assertEquals(200, get(server.origin()).join().status());
            assertEquals(2, server.connections());
        }
    }

    @Test
    void whatDoesNotSpeakHttpIsNotAskedAgain() {
        try (FaultySocketServer server = FaultySocketServer.start(SocketScript.garbageStatusLine())) {
            assertEquals(
                    FailureKind.NOT_A_REGISTRY,
                    Clients.failure(get(server.origin())).kind());
            assertEquals(1, server.connections());
        }
    }

    @Test
    void aRefusedConnectionIsTriedAgain() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        RegistryException failure = Clients.failure(get("http://127.0.0.1:" + free));
        assertEquals(FailureKind.UNREACHABLE, failure.kind());
        assertEquals(2, pauses.size());
    }

    @Test
    void anUntrustedCertificateAnUnknownNameAndAnEndedDeadlineAreFinal() {
        try (InProcessRegistry registry = InProcessRegistry.start(LoopbackCertificate.server());
                FaultySocketServer silent = FaultySocketServer.start(SocketScript.neverAnswers())) {
            assertEquals(
                    FailureKind.TLS, Clients.failure(get(registry.origin())).kind());
            assertEquals(
                    FailureKind.UNREACHABLE,
                    Clients.failure(get("http://unknown.invalid")).kind());
            assertEquals(
                    FailureKind.TIMEOUT,
                    Clients.failure(get(silent.origin(), Duration.ofMillis(300)))
                            .kind());
            assertEquals(List.of(), pauses);
        }
    }

    @Test
    void onlyLostConnectionsCount() {
        assertTrue(Retries.lostConnection(new IOException("Connection reset by peer")));
        assertTrue(Retries.lostConnection(new IOException("header parser", new EOFException())));
        assertTrue(Retries.lostConnection(new IOException("/127.0.0.1:443: GOAWAY received")));
        assertTrue(Retries.lostConnection(new IOException("Received RST_STREAM: Stream not processed")));
        assertTrue(Retries.lostConnection(new SSLException("x", new SocketException())));
        assertTrue(Retries.lostConnection(new SSLHandshakeException("Remote host terminated the handshake")));
        assertFalse(Retries.lostConnection(new SSLHandshakeException("no cipher suites in common")));
        assertFalse(Retries.lostConnection(new IOException("x", new CertificateException("expired"))));
        assertFalse(Retries.lostConnection(new HttpTimeoutException("late")));
    }

    @Test
    void theTimerHoldsNoThreadOfTheExecutor() {
        Retries retries = Retries.on(command -> {
            throw new AssertionError("run before its time");
        });
        assertThrows(
                TimeoutException.class,
                () -> retries.run(
                                times -> CompletableFuture.failedFuture(
                                        new RegistryException(FailureKind.UNREACHABLE, "reset").worthRepeating(1)),
                                () -> Duration.ofDays(1))
                        .get(0, TimeUnit.NANOSECONDS));
    }
}
