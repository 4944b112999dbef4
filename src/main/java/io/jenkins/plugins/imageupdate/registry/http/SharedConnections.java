package io.jenkins.plugins.imageupdate.registry.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jenkins.plugins.imageupdate.registry.Origin;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Makes the requests of one client to one origin share a connection by HTTP/2; see {@link FirstRequest}. */
final class SharedConnections {
    private static final int MAX_ORIGINS = 10_000;

    private final Clock clock;
    private final Executor executor;

    /** By client and origin. A client is forgotten when it is used no more. */
    private final Cache<HttpClient, Cache<String, FirstRequest>> clients =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    SharedConnections(Clock clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    <T> CompletableFuture<T> run(HttpClient client, URI uri, Supplier<CompletableFuture<T>> exchange) {
        return clients.get(client, unknown -> origins())
                .get(Origin.of(uri), origin -> new FirstRequest(clock, executor))
                .run(exchange);
    }

    private static Cache<String, FirstRequest> origins() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_ORIGINS)
                .executor(Runnable::run)
                .build();
    }
}
