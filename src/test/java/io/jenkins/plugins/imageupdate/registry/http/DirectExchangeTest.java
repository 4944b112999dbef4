package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

/** The JDK's client is played here: what it calls, and in which order. */
class DirectExchangeTest {
    private static final HttpHeaders HEADERS =
            HttpHeaders.of(Map.of("Docker-Content-Digest", List.of("sha256:0")), (name, value) -> true);

    private final CompletableFuture<HttpResponse<byte[]>> own = new CompletableFuture<>();
    private HttpResponse.BodyHandler<byte[]> handler;

    private CompletableFuture<DirectExchange.Answer> send() {
        return DirectExchange.send(
                given -> {
                    handler = given;
                    return own;
                },
                10);
    }

    private record Info(int statusCode) implements HttpResponse.ResponseInfo {
        @Override
        public HttpHeaders headers() {
            return HEADERS;
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_2;
        }
    }

    private static final class NoDemand implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }

    /** @return whether the client's own future was complete when the body was */
    private List<Boolean> answer(int status, String... parts) {
        List<Boolean> complete = new ArrayList<>();
        HttpResponse.BodySubscriber<byte[]> body = handler.apply(new Info(status));
        body.getBody().whenComplete((bytes, thrown) -> complete.add(own.isDone()));
        body.onSubscribe(new NoDemand());
        for (String part : parts) {
            body.onNext(List.of(ByteBuffer.wrap(part.getBytes(StandardCharsets.US_ASCII))));
        }
        body.onComplete();
        return complete;
    }

    @Test
    void theClientsOwnFutureIsCompleteBeforeTheBodyIsSoThatNoThreadIsStartedForIt() {
        CompletableFuture<DirectExchange.Answer> answer = send();
        assertEquals(List.of(true), answer(200, "ab", "c"));
        assertEquals(200, answer.join().status());
        assertEquals(HEADERS, answer.join().headers());
        assertEquals("abc", new String(answer.join().body(), StandardCharsets.US_ASCII));
    }

    @Test
    void anEmptyBodyAndARefusalAreAnswersToo() {
        CompletableFuture<DirectExchange.Answer> answer = send();
        answer(404);
        assertEquals(404, answer.join().status());
        assertEquals(0, answer.join().body().length);
    }

    @Test
    void aBodyPastTheCapIsAFailure() {
        CompletableFuture<DirectExchange.Answer> answer = send();
        answer(200, "12345678901");
        assertThrows(CompletionException.class, answer::join);
    }

    @Test
    void aFailureOfTheClientIsPassedOn() {
        CompletableFuture<DirectExchange.Answer> answer = send();
        own.completeExceptionally(new IOException("reset"));
        assertInstanceOf(
                IOException.class,
                assertThrows(CompletionException.class, answer::join).getCause());
    }

    @Test
    void cancellingEndsTheExchange() {
        send().cancel(true);
        assertTrue(own.isCancelled());
    }

    private record Tunnel(int statusCode) implements HttpResponse<byte[]> {
        @Override
        public HttpRequest request() {
            return null;
        }

        @Override
        public Optional<HttpResponse<byte[]>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return HEADERS;
        }

        @Override
        public byte[] body() {
            return null;
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return null;
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    @Test
    void aProxyThatRefusesATunnelIsAnAnswerWithoutBody() {
        CompletableFuture<DirectExchange.Answer> answer = send();
        own.complete(new Tunnel(407));
        assertEquals(407, answer.join().status());
        assertEquals(0, answer.join().body().length);
    }
}
