package io.jenkins.plugins.imageupdate.registry.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A request of the JDK's client whose answer is passed on by the thread that has read it.
 *
 * <p>{@code HttpClient.sendAsync} passes on each answer in the default executor of {@link CompletableFuture}. With one or two processors
 * that executor starts a thread for each task (up to Java 24). It does nothing for a future that is complete already, so the client's own
 * future is completed here just before the body is.
 */
final class DirectExchange implements BodyHandler<byte[]> {
    record Answer(int status, HttpHeaders headers, byte[] body) {}

    private final int maxBody;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    @CheckForNull
    private volatile CompletableFuture<HttpResponse<byte[]>> sent;

    private DirectExchange(int maxBody) {
        this.maxBody = maxBody;
    }

    /**
     * Sends a request. The future is completed on a thread of the client, on which nothing may take long; cancelling it ends the exchange.
     *
     * @param client sends it, as {@code HttpClient.sendAsync}
     * @param maxBody see {@link CappedBody}
     */
    static CompletableFuture<Answer> send(
            Function<BodyHandler<byte[]>, CompletableFuture<HttpResponse<byte[]>>> client, int maxBody) {
        DirectExchange exchange = new DirectExchange(maxBody);
        CompletableFuture<HttpResponse<byte[]>> sent = client.apply(exchange);
        exchange.sent = sent;
        sent.whenComplete(exchange::ended);
        exchange.answer.whenComplete((answer, thrown) -> {
            if (thrown != null) {
                sent.cancel(true);
            }
        });
        return exchange.answer;
    }

    @Override
    public BodySubscriber<byte[]> apply(ResponseInfo info) {
        CappedBody body = new CappedBody(maxBody, this::release);
        body.getBody().whenComplete((bytes, thrown) -> {
            if (thrown == null) {
                answer.complete(new Answer(info.statusCode(), info.headers(), bytes));
            } else {
                answer.completeExceptionally(thrown);
            }
        });
        return body;
    }

    private void release() {
        CompletableFuture<HttpResponse<byte[]>> ours = sent;
        if (ours != null) {
            ours.complete(null);
        }
    }

    /** @param response null after {@link #release}; has a null body if a proxy refuses a tunnel */
    private void ended(@CheckForNull HttpResponse<byte[]> response, @CheckForNull Throwable thrown) {
        if (thrown != null) {
            answer.completeExceptionally(thrown);
        } else if (response != null) {
            byte[] body = Objects.requireNonNullElse(response.body(), new byte[0]);
            answer.complete(new Answer(response.statusCode(), response.headers(), body));
        }
    }
}
