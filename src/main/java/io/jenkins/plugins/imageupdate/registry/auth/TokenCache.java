package io.jenkins.plugins.imageupdate.registry.auth;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Keeps tokens in memory until they expire. Requests for a token that is being fetched wait for that fetch.
 *
 * @param <K> what a token is good for; it names a login by {@link Authentication#fingerprint}, so that no login gets another's token
 */
public final class TokenCache<K> {
    /** An eighth of the heap: some 50 tokens of 2 KiB for each MiB of it. */
    private static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 8;

    /** Of the entry around a token. */
    private static final int OVERHEAD = 400;

    /** @param reused whether the token was there before */
    public record Cached(Token token, boolean reused) {}

    /**
     * Either token or failure is null. A failure is a value here, since Caffeine logs a failed future with its whole stack.
     *
     * @param kept how long a failure is kept
     */
    private record Fetched(
            @CheckForNull Token token, @CheckForNull Throwable failure, Duration kept) {
        static Fetched of(@CheckForNull Token token, @CheckForNull Throwable failure, Duration refusals) {
            boolean rejected = RegistryException.unwrap(failure) instanceof RegistryException known
                    && known.kind() == FailureKind.CREDENTIAL_REJECTED;
            return new Fetched(token, failure, rejected ? refusals : Duration.ZERO);
        }

        long bytes() {
            return OVERHEAD + (token == null ? 0 : token.value().length());
        }

        boolean is(Predicate<String> value) {
            return token != null && value.test(token.value());
        }
    }

    private final AsyncCache<K, Fetched> tokens;
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    TokenCache(Clock clock) {
        this(clock, MAX_BYTES);
    }

    /** @param maxBytes when the cache is that full, new tokens are used once and not kept: those that are kept serve on */
    TokenCache(Clock clock, long maxBytes) {
        this.maxBytes = maxBytes;
        Instant start = clock.instant();
        tokens = Caffeine.newBuilder()
                .executor(Runnable::run)
                // Removes a token at its end, instead of when the next one is asked for.
                .scheduler(Scheduler.systemScheduler())
                .ticker(() -> Duration.between(start, clock.instant()).toNanos())
                .expireAfter(new UntilUnusable<K>(clock))
                .removalListener((K key, Fetched removed, RemovalCause cause) -> {
                    if (removed != null) {
                        bytes.addAndGet(-removed.bytes());
                    }
                })
                .buildAsync();
    }

    CompletableFuture<Cached> get(K key, Supplier<CompletableFuture<Token>> fetch) {
        return get(key, Duration.ZERO, fetch);
    }

    /**
     * The token in the cache, or a new one.
     *
     * @param refusals how long a refused login is not tried again; zero if a refusal may be about more than the login
     * @param fetch called only if the cache has no usable token and no fetch is under way
     */
    CompletableFuture<Cached> get(K key, Duration refusals, Supplier<CompletableFuture<Token>> fetch) {
        AtomicBoolean fetched = new AtomicBoolean();
        CompletableFuture<Fetched> fetching = tokens.get(key, (missing, executor) -> {
            fetched.set(true);
            return fetch.get().handle((token, thrown) -> {
                Fetched result = Fetched.of(token, thrown, refusals);
                bytes.addAndGet(result.bytes());
                return result;
            });
        });
        return fetching.thenApply(found -> {
            if (found.token() == null) {
                if (found.kept().isZero()) {
                    // Before callers see the failure, so that a new request after it does not get it again.
                    tokens.asMap().remove(key, fetching);
                }
                throw new CompletionException(RegistryException.unwrap(found.failure()));
            }
            if (fetched.get() && bytes.get() > maxBytes) {
                tokens.asMap().remove(key, fetching);
            }
            return new Cached(found.token(), !fetched.get());
        });
    }

    /** Forgets the token that was refused, unless it has been replaced meanwhile. Does not wait. */
    void forget(K key, Predicate<String> refused) {
        CompletableFuture<Fetched> kept = tokens.asMap().get(key);
        if (kept != null && kept.isDone() && kept.join().is(refused)) {
            tokens.asMap().remove(key, kept);
        }
    }

    private record UntilUnusable<K>(Clock clock) implements Expiry<K, Fetched> {
        @Override
        public long expireAfterCreate(K key, Fetched fetched, long now) {
            Token token = fetched.token();
            if (token == null) {
                return fetched.kept().toNanos();
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
