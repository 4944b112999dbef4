package io.jenkins.plugins.imageupdate.registry.auth;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Tokens until they expire, in memory only; whoever asks while one is being fetched waits for that one. */
final class TokenCache {
    private static final int MAX_TOKENS = 20_000;

    /**
     * @param registry the one that named the token server: another that names it too has not been found to be allowed to
     * @param login {@link Authentication#fingerprint}: tokens of one login are nobody else's
     */
    record Key(String registry, TokenRequest request, String login) {}

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
        CompletableFuture<Token> token = tokens.get(key, (missing, executor) -> {
            fetched.set(true);
            return fetch.get();
        });
        return token.handle((value, thrown) -> {
            if (thrown != null) {
                // Before anybody hears of the failure, so that whoever asks again after it does not get it again.
                tokens.asMap().remove(key, token);
                throw new CompletionException(RegistryException.unwrap(thrown));
            }
            return new Cached(value, !fetched.get());
        });
    }

    /** Forgets the token that was refused, unless it has been replaced meanwhile. Waits for nothing. */
    void forget(Key key, String refused) {
        CompletableFuture<Token> token = tokens.asMap().get(key);
        boolean there = token != null && token.isDone() && !token.isCompletedExceptionally();
        if (there && token.join().value().equals(refused)) {
            tokens.asMap().remove(key, token);
        }
    }

    private record UntilUnusable(Clock clock) implements Expiry<Key, Token> {
        @Override
        public long expireAfterCreate(Key key, Token token, long now) {
            return Math.max(
                    0,
                    TimeUnit.MILLISECONDS.toNanos(Duration.between(clock.instant(), token.usableUntil())
                            .toMillis()));
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
