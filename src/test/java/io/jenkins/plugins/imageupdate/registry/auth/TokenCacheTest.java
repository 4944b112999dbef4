package io.jenkins.plugins.imageupdate.registry.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.TestClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
    private static final int TOKENS = 1_000;
    private static final String VALUE = "t".repeat(2_000);

    private final TestClock clock = new TestClock();
    private final AtomicInteger fetched = new AtomicInteger();

    private void round(TokenCache<Integer> cache) {
        for (int i = 0; i < TOKENS; i++) {
            cache.get(i, () -> {
                        fetched.incrementAndGet();
                        return CompletableFuture.completedFuture(
                                new Token(VALUE, clock.instant().plus(Duration.ofMinutes(5))));
                    })
                    .join();
        }
    }

    private int fetchedInRound(TokenCache<Integer> cache) {
        fetched.set(0);
        round(cache);
        return fetched.get();
    }

    @Test
    void allTokensAreKeptForWhichThereIsRoom() {
        TokenCache<Integer> cache = new TokenCache<>(clock, 100_000_000);
        assertEquals(TOKENS, fetchedInRound(cache));
        assertEquals(0, fetchedInRound(cache));
        assertEquals(0, fetchedInRound(cache));
    }

    /** A cache that drops the oldest for the newest has no hit at all in a round that is larger than it. */
    @Test
    void aFullCacheKeepsWhatItHas() {
        TokenCache<Integer> cache = new TokenCache<>(clock, 600_000);
        assertEquals(TOKENS, fetchedInRound(cache));
        for (int round = 0; round < 5; round++) {
            int again = fetchedInRound(cache);
            assertTrue(again > 700 && again < 800, () -> again + " were fetched again");
        }
    }

    @Test
    void roomThatExpiredTokensLeaveIsUsedAgain() {
        TokenCache<Integer> cache = new TokenCache<>(clock, 2_000_000_000);
        for (int round = 0; round < 5; round++) {
            assertEquals(TOKENS, fetchedInRound(cache));
            clock.advance(Duration.ofMinutes(6));
        }
        TokenCache<Integer> small = new TokenCache<>(clock, 600_000);
        round(small);
        clock.advance(Duration.ofMinutes(6));
        round(small);
        int again = fetchedInRound(small);
        assertTrue(again > 700 && again < 800, () -> again + " were fetched again");
    }
}
