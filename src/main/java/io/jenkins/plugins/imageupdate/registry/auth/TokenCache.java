package io.jenkins.plugins.imageupdate.registry.auth;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Tokens until they expire, in memory only; whoever asks while one is being fetched waits for that one. */
final class TokenCache {
    private static final int MAX_TOKENS = 20_000;

    /** @param login {@link Authentication#fingerprint}: tokens of one login are nobody else's */
    record Key(TokenRequest request, String login) {}

    /** @param reused whether the token was there before */
    record Cached(Token token, boolean reused) {}

    private final AsyncCache<Key, Token> tokens;

    TokenCache(Clock clock) {
        Instant start = clock.instant();
        tokens = Caffeine.newBuilder()
                .maximumSize(MAX_TOKENS)
                .executor(Runnable::run)
                .ticker(() -> Duration.between(start, clock.instant()).toNanos())
                .expireAfter(new UntilUnusable(clock))
                .buildAsync();
    }

    /** @param fetch called only when there is no usable token nor a fetch under way */
    CompletableFuture<Cached> get(Key key, Supplier<CompletableFuture<Token>> fetch) {
        AtomicBoolean fetched = new AtomicBoolean();
        return tokens.get(key, (missing, executor) -> {
                    fetched.set(true);
                    return fetch.get();
                })
                .thenApply(token -> new Cached(token, !fetched.get()));
    }

    /** Forgets the token that was refused, unless it has been replaced meanwhile. */
    void forget(Key key, String refused) {
        tokens.synchronous()
                .asMap()
                .computeIfPresent(key, (same, token) -> token.value().equals(refused) ? null : token);
    }

    private record UntilUnusable(Clock clock) implements Expiry<Key, Token> {
        @Override
        public long expireAfterCreate(Key key, Token token, long now) {
            return Math.max(0, TimeUnit.MILLISECONDS.toNanos(
                    Duration.between(clock.instant(), token.usableUntil()).toMillis()));
        }

        @Override
        public long expireAfterUpdate(Key key, Token token, long now, long left) {
            return expireAfterCreate(key, token, now);
        }

        @Override
        public long expireAfterRead(Key key, Token token, long now, long left) {
            return left;
        }
    }
}
