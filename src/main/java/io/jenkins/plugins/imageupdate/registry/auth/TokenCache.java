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
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
     * A token or a failure, or neither: then it is not here, and has to be fetched. A failure is a value here, since Caffeine logs a failed
     * future with its whole stack.
     *
     * @param kept how long a failure is kept
     */
    private record Fetched(
            @CheckForNull Token token, @CheckForNull Throwable failure, Duration kept) {
        static final Fetched NOTHING = new Fetched(null, null, Duration.ZERO);

        static Fetched of(@CheckForNull Token token, @CheckForNull Throwable failure, Duration refusals) {
            boolean rejected = RegistryException.unwrap(failure) instanceof RegistryException known
                    && known.kind() == FailureKind.CREDENTIAL_REJECTED;
            return new Fetched(token, failure, rejected ? refusals : Duration.ZERO);
        }

        long bytes() {
            return OVERHEAD + (token == null ? 0 : token.value().length() / token.repositories());
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
        CompletableFuture<Fetched> there = tokens.getIfPresent(key);
        CompletableFuture<Fetched> mine = there == null ? new CompletableFuture<>() : null;
        if (mine != null) {
            there = tokens.asMap().putIfAbsent(key, mine);
        }
        if (there != null) {
            return given(key, there, there, true, () -> get(key, refusals, fetch));
        }
        CompletableFuture<Fetched> kept = new CompletableFuture<>();
        begun(fetch).whenComplete((token, thrown) -> {
            Fetched fetched = Fetched.of(token, thrown, refusals);
            complete(mine, fetched);
            // Now the cache knows when the token ends.
            kept.complete(fetched);
        });
        return given(key, mine, kept, false, () -> get(key, refusals, fetch));
    }

    /** A shared token that did not come is fetched. */
    private CompletableFuture<Cached> given(
            K key,
            CompletableFuture<Fetched> fetching,
            CompletableFuture<Fetched> fetched,
            boolean reused,
            Supplier<CompletableFuture<Cached>> again) {
        return fetched.thenCompose(found -> {
            boolean keep = found.token() == null ? !found.kept().isZero() : reused || bytes.get() <= maxBytes;
            if (!keep) {
                // Before callers see a failure, so that a new request after it does not get it again.
                tokens.asMap().remove(key, fetching);
            }
            if (found.failure() != null) {
                return CompletableFuture.failedFuture(RegistryException.unwrap(found.failure()));
            }
            return found.token() == null
                    ? again.get()
                    : CompletableFuture.completedFuture(new Cached(found.token(), reused));
        });
    }

    private static CompletableFuture<Token> begun(Supplier<CompletableFuture<Token>> fetch) {
        try {
            return fetch.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void complete(CompletableFuture<Fetched> future, Fetched fetched) {
        bytes.addAndGet(fetched.bytes());
        future.complete(fetched);
    }

    /** Whether there is a token or it is under way. */
    boolean has(K key) {
        return tokens.asMap().containsKey(key);
    }

    /**
     * Gives a token to several keys. One that has a token keeps it. If the token does not come, each key fetches its own when it is asked
     * for.
     */
    void share(Collection<K> keys, CompletableFuture<Token> token) {
        for (K key : keys) {
            CompletableFuture<Fetched> mine = new CompletableFuture<>();
            if (tokens.asMap().putIfAbsent(key, mine) == null) {
                token.whenComplete((value, thrown) -> complete(
                        mine,
                        thrown == null && bytes.get() <= maxBytes
                                ? new Fetched(value, null, Duration.ZERO)
                                : Fetched.NOTHING));
            }
        }
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
