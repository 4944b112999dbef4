package io.jenkins.plugins.imageupdate.registry.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Origin;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps a login that a server rejects from being tried for each image: registries lock accounts after a few failures. A login that was
 * not accepted lately is tried once at a time. After a few rejections in a row it is not tried for a while. A replaced credential is
 * another login, which is tried at once.
 */
final class SignIns {
    static final int MAX_REJECTIONS = 3;

    /** What an attempt says of the login. */
    enum Verdict {
        ACCEPTED,
        REJECTED,
        /** Nothing: the server was not reached, or its refusal may have another reason. */
        NONE
    }

    private static final Duration ACCEPTED_FOR = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 3;
    private static final int MAX_LOGINS = 10_000;

    /** How a login fared at one server. Guarded by itself. */
    private static final class State {
        private int rejections;
        private Instant acceptedUntil = Instant.MIN;
        private Instant pausedUntil = Instant.MIN;

        /** Complete when the attempt that goes ahead has ended, null while there is none. */
        @CheckForNull
        private CompletableFuture<Void> ahead;
    }

    private final Clock clock;
    private final Executor executor;

    /** By origin and login. */
    private final Cache<List<String>, State> states = Caffeine.newBuilder()
            .maximumSize(MAX_LOGINS)
            .executor(Runnable::run)
            .build();

    SignIns(Clock clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    /**
     * Makes an attempt when it is its turn. Fails as {@link FailureKind#CREDENTIAL_REJECTED} while the login is not tried.
     *
     * @param login see {@link io.jenkins.plugins.imageupdate.registry.http.Request#login}; an empty one is never rejected
     * @param verdict what an outcome, a value or a failure, says of the login
     */
    <T> CompletableFuture<T> attempt(
            URI server,
            String login,
            Supplier<CompletableFuture<T>> attempt,
            BiFunction<T, Throwable, Verdict> verdict) {
        if (login.isEmpty()) {
            return attempt.get();
        }
        State state = states.get(List.of(Origin.of(server), login), unknown -> new State());
        CompletableFuture<Void> ahead;
        CompletableFuture<Void> mine = null;
        synchronized (state) {
            Instant now = clock.instant();
            if (now.isBefore(state.pausedUntil)) {
                return CompletableFuture.failedFuture(paused(state));
            }
            ahead = now.isBefore(state.acceptedUntil) ? null : state.ahead;
            if (ahead == null && !now.isBefore(state.acceptedUntil)) {
                mine = new CompletableFuture<>();
                state.ahead = mine;
            }
        }
        if (ahead != null) {
            return ahead.copy()
                    .thenApplyAsync(Function.identity(), executor)
                    .thenCompose(over -> attempt(server, login, attempt, verdict));
        }
        CompletableFuture<Void> own = mine;
        CompletableFuture<T> outcome;
        try {
            outcome = attempt.get();
        } catch (RuntimeException | Error e) {
            outcome = CompletableFuture.failedFuture(e);
        }
        return outcome.whenComplete((value, thrown) -> ended(state, verdict.apply(value, thrown), own));
    }

    private void ended(State state, Verdict verdict, @CheckForNull CompletableFuture<Void> own) {
        synchronized (state) {
            Instant now = clock.instant();
            if (verdict == Verdict.REJECTED) {
                state.acceptedUntil = Instant.MIN;
                state.rejections++;
                if (state.rejections >= MAX_REJECTIONS) {
                    int doublings = Math.min(state.rejections - MAX_REJECTIONS, MAX_DOUBLINGS);
                    state.pausedUntil = now.plus(FIRST_PAUSE.multipliedBy(1L << doublings));
                }
            } else if (verdict == Verdict.ACCEPTED) {
                state.rejections = 0;
                state.acceptedUntil = now.plus(ACCEPTED_FOR);
            }
            if (own != null) {
                state.ahead = null;
            }
        }
        if (own != null) {
            own.complete(null);
        }
    }

    private static RegistryException paused(State state) {
        return new RegistryException(
                FailureKind.CREDENTIAL_REJECTED,
                "not tried: it was rejected " + state.rejections + " times in a row, and more attempts could lock the"
                        + " account; a replaced credential is tried at once",
                state.pausedUntil);
    }
}
