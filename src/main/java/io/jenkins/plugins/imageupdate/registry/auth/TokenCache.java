package io.jenkins.plugins.imageupdate.registry.auth;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Scheduler;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tokens until they expire, in memory only; whoever asks while one is being fetched waits for that one.
 *
 * @param <K> what tokens are good for; it names a login by {@link Authentication#fingerprint}, so that nobody gets another's
 */
final class TokenCache<K> {
    private static final int MAX_TOKENS = 20_000;

    /** @param reused whether the token was there before */
    record Cached(Token token, boolean reused) {}

    /** One of both is null. A failure is a value here, since Caffeine logs a failed future with its whole stack, every time. */
    private record Fetched(
            @CheckForNull Token token, @CheckForNull Throwable failure) {
        boolean is(Predicate<String> value) {
            return token != null && value.test(token.value());
        }

        /** Of the login, not of the moment. */
        boolean refused() {
            return RegistryException.unwrap(failure) instanceof RegistryException known
                    && known.kind() == FailureKind.CREDENTIAL_REJECTED;
        }
    }

    private final AsyncCache<K, Fetched> tokens;
    private final Duration refusals;

    /** @param refusals how long a login that was refused is not tried again; zero where a refusal may be about more than the login */
    TokenCache(Clock clock, Duration refusals) {
        this.refusals = refusals;
        Instant start = clock.instant();
        tokens = Caffeine.newBuilder()
                .maximumSize(MAX_TOKENS)
                .executor(Runnable::run)
                // At its end a token leaves the memory by itself, and not when the next one is asked for.
                .scheduler(Scheduler.systemScheduler())
                .ticker(() -> Duration.between(start, clock.instant()).toNanos())
                .expireAfter(new UntilUnusable<K>(clock, refusals))
                .buildAsync();
    }

    /** @param fetch called only when there is no usable token nor a fetch under way */
    CompletableFuture<Cached> get(K key, Supplier<CompletableFuture<Token>> fetch) {
        AtomicBoolean fetched = new AtomicBoolean();
        CompletableFuture<Fetched> fetching = tokens.get(key, (missing, executor) -> {
            fetched.set(true);
            return fetch.get().handle(Fetched::new);
        });
        return fetching.thenApply(found -> {
            if (found.token() == null) {
                if (refusals.isZero() || !found.refused()) {
                    // Before anybody hears of the failure, so that whoever asks again after it does not get it again.
                    tokens.asMap().remove(key, fetching);
                }
                throw new CompletionException(RegistryException.unwrap(found.failure()));
            }
            return new Cached(found.token(), !fetched.get());
        });
    }

    /** Forgets the token that was refused, unless it has been replaced meanwhile. Waits for nothing. */
    void forget(K key, Predicate<String> refused) {
        CompletableFuture<Fetched> kept = tokens.asMap().get(key);
        if (kept != null && kept.isDone() && kept.join().is(refused)) {
            tokens.asMap().remove(key, kept);
        }
    }

    private record UntilUnusable<K>(Clock clock, Duration refusals) implements Expiry<K, Fetched> {
        @Override
        public long expireAfterCreate(K key, Fetched fetched, long now) {
            Token token = fetched.token();
            if (token == null) {
                return fetched.refused() ? refusals.toNanos() : 0;
            }
            Duration usable = Duration.between(clock.instant(), token.usableUntil());
            return Math.max(0, TimeUnit.MILLISECONDS.toNanos(usable.toMillis()));
        }

        @Override
        public long expireAfterUpdate(K key, Fetched fetched, long now, long left) {
            return expireAfterCreate(key, fetched, now);
        }

        @Override
        public long expireAfterRead(K key, Fetched fetched, long now, long left) {
            return left;
        }
    }
}
