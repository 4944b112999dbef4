package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Lets a bounded number of checks of one host be under way, the rest wait in line; and nobody while the host cools down. */
final class HostGate {
    private final Clock clock;
    private final Executor executor;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int running;
    private Instant coolUntil = Instant.MIN;

    HostGate(Clock clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    /**
     * Runs the check when it is its turn; what it sends meanwhile asks {@link #cooling} itself.
     *
     * @param parallel how many may be under way at once; the newest caller's number counts
     */
    <T> CompletableFuture<T> run(int parallel, Supplier<CompletableFuture<T>> request) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable start = () -> start(parallel, request, result);
        synchronized (this) {
            if (running >= parallel) {
                waiting.add(start);
                return result;
            }
            running++;
        }
        start.run();
        return result;
    }

    /** From now until then every check fails at once as {@link FailureKind#RATE_LIMITED}, those in line included. */
    synchronized void coolDown(Instant until) {
        if (until.isAfter(coolUntil)) {
            coolUntil = until;
        }
    }

    /** The failure of a request that would be sent now, null while the host may be asked. */
    @CheckForNull
    synchronized RegistryException cooling() {
        return clock.instant().isBefore(coolUntil)
                ? new RegistryException(
                        FailureKind.RATE_LIMITED, "not asked: the registry wants no requests before then", coolUntil)
                : null;
    }

    private <T> void start(int parallel, Supplier<CompletableFuture<T>> request, CompletableFuture<T> result) {
        RegistryException cooling = cooling();
        if (cooling != null) {
            release(parallel);
            result.completeExceptionally(cooling);
            return;
        }
        CompletableFuture<T> sent;
        try {
            sent = request.get();
        } catch (RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        sent.whenComplete((value, thrown) -> {
            release(parallel);
            if (thrown == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(thrown);
            }
        });
    }

    private void release(int parallel) {
        Runnable next = null;
        synchronized (this) {
            running--;
            if (running < parallel) {
                next = waiting.poll();
                if (next != null) {
                    running++;
                }
            }
        }
        if (next != null) {
            // On a thread of its own: a long line must not become a deep stack.
            executor.execute(next);
        }
    }
}
