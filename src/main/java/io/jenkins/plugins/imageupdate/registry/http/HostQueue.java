package io.jenkins.plugins.imageupdate.registry.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Limits concurrent checks of one host, or of all hosts; rejects all of them during back-off. */
final class HostQueue {
    private record Turn<T>(String login, Supplier<CompletableFuture<T>> check, CompletableFuture<T> result) {
        void fail(Throwable reason) {
            result.completeExceptionally(reason);
        }

        CompletableFuture<T> run() {
            try {
                return Objects.requireNonNull(check.get());
            } catch (RuntimeException | Error e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    private static final String ALL = "*";

    private final Clock clock;
    private final Executor executor;
    private final Deque<Turn<?>> waiting = new ArrayDeque<>();
    private int allowed;
    private int running;

    /** By login. */
    private final Map<String, Instant> coolUntil = new HashMap<>();

    HostQueue(Clock clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    Executor executor() {
        return executor;
    }

    /** As the other one, for checks of which no login is known. */
    <T> CompletableFuture<T> run(int parallel, Supplier<CompletableFuture<T>> check) {
        return run(parallel, "", check);
    }

    /**
     * Runs the check when it is its turn; its requests ask {@link #cooling} themselves. A caller that stops waiting, at its deadline
     * for example, completes or cancels the future: a check that still waits then is never started.
     *
     * @param parallel how many may run at once; the newest caller's number counts
     * @param login of the check; registries count the requests of each login
     */
    <T> CompletableFuture<T> run(int parallel, String login, Supplier<CompletableFuture<T>> check) {
        Turn<T> turn = new Turn<>(login, check, new CompletableFuture<>());
        RegistryException cooling;
        boolean free;
        synchronized (this) {
            allowed = parallel;
            cooling = cooling(login);
            free = cooling == null && waiting.isEmpty() && running < allowed;
            if (free) {
                running++;
            } else if (cooling == null) {
                waiting.add(turn);
            }
        }
        if (cooling != null) {
            turn.fail(cooling);
        } else if (free) {
            start(turn);
        } else {
            advance();
        }
        return turn.result();
    }

    /** From now until then every check fails at once as {@link FailureKind#RATE_LIMITED}, those that wait included. */
    void coolDown(Instant until) {
        coolDown(ALL, until);
    }

    /** As the other one, for the checks of one login. */
    void coolDown(String login, Instant until) {
        List<Turn<?>> refused;
        RegistryException cooling;
        synchronized (this) {
            Instant now = clock.instant();
            coolUntil.values().removeIf(end -> !now.isBefore(end));
            coolUntil.merge(login, until, (one, other) -> one.isAfter(other) ? one : other);
            cooling = cooling(login);
            if (cooling == null) {
                return;
            }
            refused = waiting.stream()
                    .filter(turn -> login.equals(ALL) || turn.login().equals(login))
                    .toList();
            waiting.removeAll(refused);
        }
        refused.forEach(turn -> turn.fail(cooling));
    }

    /** The failure of a request of any login that would be sent now, null while the host may be asked. */
    @CheckForNull
    RegistryException cooling() {
        return cooling(ALL);
    }

    /** The failure of a request that would be sent now, null while the host may be asked. */
    @CheckForNull
    synchronized RegistryException cooling(String login) {
        Instant ofAll = coolUntil.getOrDefault(ALL, Instant.MIN);
        Instant own = coolUntil.getOrDefault(login, Instant.MIN);
        Instant until = own.isAfter(ofAll) ? own : ofAll;
        return clock.instant().isBefore(until)
                ? new RegistryException(
                        FailureKind.RATE_LIMITED, "not asked: the registry wants no requests before then", until)
                : null;
    }

    private <T> void start(Turn<T> turn) {
        RegistryException cooling = cooling(turn.login());
        if (cooling != null) {
            turn.fail(cooling);
        }
        if (turn.result().isDone()) {
            release();
            return;
        }
        turn.run().whenComplete((value, thrown) -> {
            // The result is passed on before the next check starts, since it may start a back-off.
            if (thrown == null) {
                turn.result().complete(value);
            } else {
                turn.fail(thrown);
            }
            release();
        });
    }

    private void release() {
        synchronized (this) {
            running--;
        }
        advance();
    }

    /** Starts the next in line on threads of their own: a long line must not become a deep stack. */
    private void advance() {
        for (Turn<?> turn = next(); turn != null; turn = next()) {
            Turn<?> started = turn;
            try {
                executor.execute(() -> start(started));
            } catch (RejectedExecutionException e) {
                synchronized (this) {
                    running--;
                }
                turn.fail(e);
            }
        }
    }

    /** Takes the next one that still waits out of the line, null while there is none or no place. */
    @CheckForNull
    private synchronized Turn<?> next() {
        while (running < allowed && !waiting.isEmpty()) {
            Turn<?> turn = waiting.remove();
            if (!turn.result().isDone()) {
                running++;
                return turn;
            }
        }
        return null;
    }
}
