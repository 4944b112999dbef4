package io.jenkins.plugins.imageupdate.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends a request, reads the whole answer under caps and a deadline, follows redirects by hand, and cools a host down that says so.
 * No thread waits for an answer.
 */
public final class HttpTransport {
    /** Registries refuse manifests of more than 4 MiB (distribution-spec, "Pushing Manifests"), so none needs more. */
    static final int MAX_BODY = 4 * 1024 * 1024;

    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClients clients;
    private final Executor executor;
    private final Clock clock;
    private final Retries retries;

    /** Whoever names images names hosts, without end. */
    private static final int MAX_HOSTS = 10_000;

    /** By origin. */
    private final Cache<String, HostGate> gates = hosts();

    /** By client, which keeps its connections while it is used, and origin. */
    private final Cache<HttpClient, Cache<String, FirstContact>> contacts =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    private final Quotas quotas;
    private final AddressGuard guard;

    /**
     * @param executor runs what continues after an answer
     */
    public HttpTransport(HttpClients clients, Executor executor, Clock clock) {
        this(clients, executor, clock, Retries.on(executor));
    }

    public HttpTransport(HttpClients clients, Executor executor, Clock clock, Retries retries) {
        this.clients = clients;
        this.executor = executor;
        this.clock = clock;
        this.retries = retries;
        this.quotas = new Quotas(clock);
        this.guard = new AddressGuard(clock, executor);
    }

    public Clock clock() {
        return clock;
    }

    public Executor executor() {
        return executor;
    }

    /** What the registry last said of its rate limit; null when it never did, or when that is over. */
    @CheckForNull
    public HeardQuota quota(String host) {
        return quotas.of(host);
    }

    /**
     * A GET or HEAD; fails with a {@link RegistryException} when there is no answer.
     *
     * @param headers an {@code Authorization} among them goes to this URI's origin only
     * @param deadline when to give up, repetitions and redirects included
     */
    public CompletableFuture<Answer> send(
            RegistryEndpoint endpoint, String method, URI uri, Map<String, String> headers, Instant deadline) {
        return send(endpoint, method, uri, headers, deadline, MAX_REDIRECTS);
    }

    private CompletableFuture<Answer> send(
            RegistryEndpoint endpoint,
            String method,
            URI uri,
            Map<String, String> headers,
            Instant deadline,
            int redirects) {
        HostGate gate = gate(uri);
        Supplier<CompletableFuture<Answer>> attempt = () -> {
            RegistryException cooling = gate.cooling();
            return cooling == null
                    ? guard.check(endpoint, uri)
                            .thenCompose(harmless -> sharingConnection(
                                    endpoint,
                                    uri,
                                    () -> exchange(
                                            endpoint,
                                            method,
                                            uri,
                                            headers,
                                            HttpRequest.BodyPublishers.noBody(),
                                            deadline)))
                    : CompletableFuture.failedFuture(cooling);
        };
        Supplier<Duration> left = () -> Duration.between(clock.instant(), deadline);
        return retries.run(attempt, left).thenCompose(answer -> {
            cool(gate, answer);
            quotas.note(endpoint, answer);
            if (!REDIRECTS.contains(answer.status())) {
                return CompletableFuture.completedFuture(answer);
            }
            return follow(endpoint, method, answer, headers, deadline, redirects);
        });
    }

    /** The same result, or a failure once the deadline is there. */
    <T> CompletableFuture<T> until(Instant deadline, CompletableFuture<T> result) {
        long millis = Math.max(0, clock.instant().until(deadline, ChronoUnit.MILLIS));
        CompletableFuture<T> timed = result.copy().orTimeout(millis, TimeUnit.MILLISECONDS);
        // At the deadline what follows is not for the JDK's one timer thread; before it, it is on a thread of its own
        // already.
        return timed.handle((value, thrown) -> thrown == null || result.isDone()
                        ? CompletableFuture.completedFuture(diagnosed(value, thrown))
                        : CompletableFuture.supplyAsync(() -> diagnosed(value, thrown), executor))
                .thenCompose(Function.identity());
    }

    private static <T> T diagnosed(@CheckForNull T value, @CheckForNull Throwable thrown) {
        if (thrown != null) {
            throw new CompletionException(Diagnosis.of(thrown));
        }
        return value;
    }

    /**
     * One exchange as it is, never repeated and never redirected: for what must reach this address or none, such as a signed assertion
     * or a metadata server's token.
     *
     * @param body null for none
     */
    public CompletableFuture<Answer> once(
            RegistryEndpoint endpoint,
            String method,
            URI uri,
            Map<String, String> headers,
            @CheckForNull String body,
            Instant deadline) {
        HostGate gate = gate(uri);
        RegistryException cooling = gate.cooling();
        if (cooling != null) {
            return CompletableFuture.failedFuture(cooling);
        }
        HttpRequest.BodyPublisher content =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return exchange(endpoint, method, uri, headers, content, deadline).thenApply(answer -> {
            cool(gate, answer);
            return answer;
        });
    }

    AddressGuard guard() {
        return guard;
    }

    /**
     * Completes when this registry may name that address, fails with a {@link RegistryException} when not.
     *
     * @param what the kind of address, for the message
     */
    public CompletableFuture<?> reachable(RegistryEndpoint endpoint, URI target, String what) {
        return guard.reachable(endpoint, endpoint.resolve(""), target, what);
    }

    /** The line of checks for this address's origin. */
    HostGate gate(URI uri) {
        return gates.get(Origin.of(uri), origin -> new HostGate(clock, executor));
    }

    /** The hosts that are remembered, the much used ones before others. */
    private static <V> Cache<String, V> hosts() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_HOSTS)
                .executor(Runnable::run)
                .build();
    }

    /** How many hosts are remembered. */
    long remembered() {
        gates.cleanUp();
        return gates.estimatedSize();
    }

    /** Over plain http there is no HTTP/2 here, and so nothing to share. */
    private CompletableFuture<Answer> sharingConnection(
            RegistryEndpoint endpoint, URI uri, Supplier<CompletableFuture<Answer>> exchange) {
        return endpoint.plainHttp()
                ? exchange.get()
                : contacts.get(client(endpoint, uri), client -> hosts())
                        .get(Origin.of(uri), origin -> new FirstContact(clock, executor))
                        .run(exchange);
    }

    private CompletableFuture<Answer> exchange(
            RegistryEndpoint endpoint,
            String method,
            URI uri,
            Map<String, String> headers,
            HttpRequest.BodyPublisher body,
            Instant deadline) {
        long millis = clock.instant().until(deadline, ChronoUnit.MILLIS);
        if (millis <= 0) {
            return CompletableFuture.failedFuture(
                    new RegistryException(FailureKind.TIMEOUT, "no time was left for a request"));
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(method, body).setHeader("Accept-Encoding", "identity");
        headers.forEach(request::setHeader);
        if (endpoint.plainHttp()) {
            request.version(HttpClient.Version.HTTP_1_1);
        }
        AtomicBoolean answered = new AtomicBoolean();
        CompletableFuture<HttpResponse<byte[]>> sent = client(endpoint, uri).sendAsync(request.build(), info -> {
            answered.set(true);
            return new CappedBody(MAX_BODY);
        });
        return sent.copy()
                .orTimeout(millis, TimeUnit.MILLISECONDS)
                .whenComplete((response, thrown) -> sent.cancel(true))
                .handleAsync(
                        (response, thrown) -> {
                            if (thrown != null) {
                                RegistryException why = Diagnosis.of(thrown);
                                boolean passing = !answered.get() && Retries.lostConnection(thrown);
                                throw new CompletionException(passing ? why.asPassing() : why);
                            }
                            // None where a proxy refuses a tunnel.
                            byte[] content = Objects.requireNonNullElse(response.body(), new byte[0]);
                            return new Answer(uri, response.statusCode(), response.headers(), content);
                        },
                        executor);
    }

    private HttpClient client(RegistryEndpoint endpoint, URI uri) {
        return endpoint.has(uri) ? clients.of(endpoint) : clients.elsewhere(endpoint);
    }

    /** A redirect may lead to another host, a credential may not. */
    private CompletableFuture<Answer> follow(
            RegistryEndpoint endpoint,
            String method,
            Answer answer,
            Map<String, String> headers,
            Instant deadline,
            int redirects) {
        if (redirects == 0) {
            return CompletableFuture.failedFuture(
                    new RegistryException(FailureKind.NOT_A_REGISTRY, "more than " + MAX_REDIRECTS + " redirects"));
        }
        return guard.redirect(endpoint, answer.uri(), answer.header("Location"))
                .thenCompose(target -> send(
                        endpoint,
                        method,
                        target,
                        Origin.same(answer.uri(), target) ? headers : withoutAuthorization(headers),
                        deadline,
                        redirects - 1));
    }

    private static Map<String, String> withoutAuthorization(Map<String, String> headers) {
        Map<String, String> kept = new HashMap<>(headers);
        kept.keySet().removeIf(name -> name.equalsIgnoreCase("Authorization"));
        return kept;
    }

    private void cool(HostGate gate, Answer answer) {
        if (answer.status() == 429) {
            gate.coolDown(RetryAfter.orDefault(answer, clock));
            return;
        }
        Instant until = RetryAfter.of(answer, clock);
        if (answer.status() == 503 && until != null) {
            gate.coolDown(until);
        }
    }
}
