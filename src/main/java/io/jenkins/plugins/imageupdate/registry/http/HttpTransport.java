package io.jenkins.plugins.imageupdate.registry.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends a request, reads the whole response within a size limit and a deadline, repeats what may be repeated and follows redirects
 * itself. No thread waits for a response.
 */
public final class HttpTransport {
    /** Registries refuse manifests of more than 4 MiB (distribution-spec, "Pushing Manifests"), so no response needs more. */
    static final int MAX_BODY = 4 * 1024 * 1024;

    private static final int MAX_REDIRECTS = 3;

    /** Repetitions of one request that a registry refuses as one too many. */
    private static final int MAX_WAITS = 4;

    /**
     * A request without an answer is sent once more after this time, by https and HTTP/1.1. The JDK's client may forget a request when its
     * HTTP/2 connection ends (seen with Java 17 and nginx, one in some thousand): no answer and no failure ever comes then.
     */
    static final Duration SILENCE = Duration.ofSeconds(10);

    /**
     * How often a request may share an HTTP/2 connection. When a server ends one, the JDK's client fails all requests on it, also those that
     * the server still answers (RFC 9113, section 6.8; seen with Java 17, not with Java 25). Where each connection ends after a few requests,
     * a request would fail again and again.
     */
    private static final int SHARED = 2;

    private static final Duration FOREVER = Duration.ofDays(1);

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClients clients;
    private final Executor executor;
    private final Clock clock;
    private final Retries retries;
    private final Limits limits;
    private final Quotas quotas;
    private final AddressRules addresses;
    private final SharedConnections connections;

    /** @param executor runs what follows a response */
    public HttpTransport(HttpClients clients, Executor executor, Clock clock) {
        this(clients, executor, clock, Retries.on(executor));
    }

    public HttpTransport(HttpClients clients, Executor executor, Clock clock, Retries retries) {
        this.clients = clients;
        this.executor = executor;
        this.clock = clock;
        this.retries = retries;
        limits = new Limits(clock, executor);
        quotas = new Quotas(clock);
        addresses = new AddressRules(limits, executor);
        connections = new SharedConnections(clock, executor);
    }

    public Clock clock() {
        return clock;
    }

    public Executor executor() {
        return executor;
    }

    public Limits limits() {
        return limits;
    }

    /** What the registry last said of its rate limit; null if it never did, or if that limit has been renewed since. */
    @CheckForNull
    public Quota quota(String host) {
        return quotas.of(host);
    }

    /** Sends a GET or HEAD. Fails with a {@link RegistryException} if no response comes. */
    public CompletableFuture<Response> send(Request request) {
        return send(request, MAX_REDIRECTS);
    }

    private CompletableFuture<Response> send(Request request, int redirects) {
        return send(request, redirects, MAX_WAITS);
    }

    /** @param waits how often the request may still be repeated after a pause that the registry wants */
    private CompletableFuture<Response> send(Request request, int redirects, int waits) {
        Supplier<Duration> left = () -> Duration.between(clock.instant(), request.deadline());
        return retries.run(times -> attempt(request, times >= SHARED), left).thenCompose(response -> {
            quotas.note(request.endpoint(), response);
            if (limits.note(request, response) && waits > 0) {
                return send(request, redirects, waits - 1);
            }
            return REDIRECTS.contains(response.status())
                    ? follow(request, response, redirects)
                    : CompletableFuture.completedFuture(response);
        });
    }

    private CompletableFuture<Response> attempt(Request request, boolean alone) {
        return inPlace(
                request,
                () -> addresses
                        .checkRequest(request.endpoint(), request.uri())
                        .thenCompose(allowed -> exchange(request, BodyPublishers.noBody(), SILENCE, alone)));
    }

    private CompletableFuture<Response> inPlace(Request request, Supplier<CompletableFuture<Response>> exchange) {
        Duration wait;
        try {
            wait = limits.place(request);
        } catch (RegistryException e) {
            return CompletableFuture.failedFuture(e.prefixed(request.role().prefix(request.uri())));
        }
        return wait.isZero() ? exchange.get() : retries.pause(wait).thenCompose(over -> exchange.get());
    }

    /**
     * Sends a request once, without repetition or redirect: for what must reach this address or none, such as a signed assertion or
     * a metadata server's token.
     *
     * @param body null for none
     */
    public CompletableFuture<Response> once(Request request, @CheckForNull String body) {
        BodyPublisher content = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        return inPlace(request, () -> exchange(request, content, FOREVER, false))
                .thenApply(response -> {
                    limits.note(request, response);
                    return response;
                });
    }

    /**
     * The same result, or a {@link RegistryException} once the deadline has passed.
     *
     * @param prefix words that name the host that is waited for, or empty; in front of that failure
     */
    public <T> CompletableFuture<T> until(Instant deadline, CompletableFuture<T> result, String prefix) {
        if (result.isDone()) {
            return result;
        }
        long millis = Math.max(0, clock.instant().until(deadline, ChronoUnit.MILLIS));
        CompletableFuture<T> timed = result.copy().orTimeout(millis, TimeUnit.MILLISECONDS);
        // After a timeout, what follows must leave the JDK's only timer thread. Otherwise it is on a thread of the
        // executor already.
        return timed.handle((value, thrown) -> thrown == null || result.isDone()
                        ? CompletableFuture.completedFuture(diagnosed(value, thrown, prefix))
                        : CompletableFuture.supplyAsync(() -> diagnosed(value, thrown, prefix), executor))
                .thenCompose(Function.identity());
    }

    private static <T> T diagnosed(@CheckForNull T value, @CheckForNull Throwable thrown, String prefix) {
        if (thrown != null) {
            RegistryException why = Diagnosis.of(thrown);
            // Other failures name their host themselves.
            boolean late = RegistryException.unwrap(thrown) instanceof TimeoutException;
            throw new CompletionException(late ? why.prefixed(prefix) : why);
        }
        return value;
    }

    /** Completes after this time, on the executor. */
    public CompletableFuture<Void> pause(Duration length) {
        return retries.pause(length);
    }

    /** Which addresses a registry may name. */
    public AddressRules addresses() {
        return addresses;
    }

    /**
     * Over plain http this client does not use HTTP/2, so it has no connection to share.
     *
     * @param silence after which the request is sent once more
     * @param alone by HTTP/1.1, so that no other request uses the connection meanwhile
     */
    private CompletableFuture<Response> exchange(Request request, BodyPublisher body, Duration silence, boolean alone) {
        HttpClient client = request.endpoint().has(request.uri())
                ? clients.of(request.endpoint())
                : clients.elsewhere(request.endpoint());
        boolean plain = request.endpoint().plainHttp();
        return plain || alone
                ? exchange(client, request, body, plain ? FOREVER : silence, true)
                : connections.run(client, request.uri(), () -> exchange(client, request, body, silence, false));
    }

    private CompletableFuture<Response> exchange(
            HttpClient client, Request request, BodyPublisher body, Duration silence, boolean alone) {
        Duration left = Duration.between(clock.instant(), request.deadline());
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.failedFuture(
                    new RegistryException(FailureKind.TIMEOUT, "no time was left for a request"));
        }
        return LostRequests.repeat(
                        again -> {
                            HttpRequest sent = httpRequest(request, body, alone || again);
                            return DirectExchange.send(handler -> client.sendAsync(sent, handler), MAX_BODY);
                        },
                        silence,
                        left,
                        executor)
                .handle((answer, thrown) -> {
                    if (thrown != null) {
                        RegistryException why =
                                Diagnosis.of(thrown).prefixed(request.role().prefix(request.uri()));
                        throw new CompletionException(why.worthRepeating(Retries.worth(thrown)));
                    }
                    return new Response(request.uri(), answer.status(), answer.headers(), answer.body());
                });
    }

    private static HttpRequest httpRequest(Request request, BodyPublisher body, boolean alone) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(request.method(), body)
                .setHeader("Accept-Encoding", "identity")
                .setHeader("User-Agent", UserAgent.VALUE);
        if (request.endpoint().has(request.uri())) {
            request.endpoint().headers().forEach(builder::setHeader);
        }
        request.headers().forEach(builder::setHeader);
        if (alone) {
            builder.version(HttpClient.Version.HTTP_1_1);
        }
        return builder.build();
    }

    /** A redirect may lead to another origin, the authorization does not go there. */
    private CompletableFuture<Response> follow(Request request, Response response, int redirects) {
        if (redirects == 0) {
            return CompletableFuture.failedFuture(
                    new RegistryException(FailureKind.NOT_A_REGISTRY, "more than " + MAX_REDIRECTS + " redirects"));
        }
        return addresses
                .checkRedirect(request.endpoint(), request.uri(), response.header("Location"))
                .thenCompose(target -> send(request.redirectedTo(target), redirects - 1));
    }
}
