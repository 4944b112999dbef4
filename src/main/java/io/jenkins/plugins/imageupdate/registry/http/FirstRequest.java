package io.jenkins.plugins.imageupdate.registry.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets one request of a client go ahead to an origin that was not asked for a while. The other requests then share its connection by
 * HTTP/2. Otherwise the JDK's client opens a connection for each of them, since it does not know yet that one is enough.
 */
final class FirstRequest {
    /** Servers keep an idle connection longer, as a rule: nginx does for 75 seconds, Google's front end for four minutes. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    /** Requests wait for the first one no longer than this: it may have met a slow server. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Clock clock;
    private final Executor executor;
    private Instant openUntil = Instant.MIN;

    /** Complete when the first request has ended, null while there is none. */
    @CheckForNull
    private CompletableFuture<Void> first;

    FirstRequest(Clock clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    /** Sends the request at once, or after the one that is ahead. */
    <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> request) {
        CompletableFuture<Void> ahead = null;
        CompletableFuture<Void> mine = null;
        synchronized (this) {
            Instant now = clock.instant();
            if (now.isBefore(openUntil)) {
                openUntil = now.plus(KEPT);
            } else if (first == null) {
                mine = new CompletableFuture<>();
                first = mine;
            } else {
                ahead = first;
            }
        }
        if (ahead != null) {
            return ahead.copy()
                    .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .thenApplyAsync(Function.identity(), executor)
                    .thenCompose(over -> request.get());
        }
        return mine == null ? request.get() : goAhead(mine, request);
    }

    private <T> CompletableFuture<T> goAhead(CompletableFuture<Void> mine, Supplier<CompletableFuture<T>> request) {
        CompletableFuture<T> sent;
        try {
            sent = request.get();
        } catch (RuntimeException | Error e) {
            sent = CompletableFuture.failedFuture(e);
        }
        return sent.whenComplete((value, thrown) -> ended(mine, thrown == null));
    }

    private void ended(CompletableFuture<Void> mine, boolean answered) {
        synchronized (this) {
            first = null;
            openUntil = answered ? clock.instant().plus(KEPT) : Instant.MIN;
        }
        mine.complete(null);
    }
}
