package io.jenkins.plugins.imageupdate.registry.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Sends a request once more if nothing is heard of it. The first answer counts, so that a slow server is still waited for. */
final class LostRequests {
    private LostRequests() {}

    /**
     * The first outcome, on the executor; a {@link TimeoutException} if there is none in time. The other request is cancelled.
     *
     * @param request sends it; is told whether that is done again
     * @param silence how long to wait for an outcome before the request is sent again; at most a third of the time that is left
     * @param left until the deadline
     */
    static <T> CompletableFuture<T> repeat(
            Function<Boolean, CompletableFuture<T>> request, Duration silence, Duration left, Executor executor) {
        Duration third = left.dividedBy(3);
        boolean repeatable = silence.compareTo(left) < 0;
        Duration patience = !repeatable ? left : silence.compareTo(third) < 0 ? silence : third;
        CompletableFuture<T> first = request.apply(false);
        return within(patience, first)
                .handleAsync(
                        (value, thrown) -> {
                            if (!repeatable || !(thrown instanceof TimeoutException)) {
                                first.cancel(true);
                                return ended(value, thrown);
                            }
                            CompletableFuture<T> second = request.apply(true);
                            return within(left.minus(patience), either(first, second))
                                    .whenCompleteAsync(
                                            (late, failed) -> {
                                                first.cancel(true);
                                                second.cancel(true);
                                            },
                                            executor);
                        },
                        executor)
                .thenCompose(Function.identity());
    }

    /** Does not end the future itself, which the JDK's client still has to complete. */
    private static <T> CompletableFuture<T> within(Duration time, CompletableFuture<T> future) {
        return future.copy().orTimeout(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The outcome of the one that ends first. */
    private static <T> CompletableFuture<T> either(CompletableFuture<T> one, CompletableFuture<T> other) {
        return one.applyToEither(other, Function.identity());
    }

    private static <T> CompletableFuture<T> ended(@CheckForNull T value, @CheckForNull Throwable thrown) {
        return thrown == null ? CompletableFuture.completedFuture(value) : CompletableFuture.failedFuture(thrown);
    }
}
