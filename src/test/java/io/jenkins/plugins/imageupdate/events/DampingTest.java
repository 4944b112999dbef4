package io.jenkins.plugins.imageupdate.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.TestClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How often checks are run, and how many requests are taken. */
class DampingTest {
    private final Deque<CompletableFuture<Void>> pauses = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();
    private final Damping<String> damping = new Damping<>(Duration.ofSeconds(5), length -> {
        pauses.add(new CompletableFuture<>());
        return pauses.getLast();
    });

    private void run(String key, String task) {
        damping.run(key, () -> ran.add(task));
    }

    @Test
    void theFirstIsRunAtOnceAndTheLastOfAFloodAtTheEndOfTheInterval() {
        for (int i = 1; i <= 10_000; i++) {
            run("a", "a" + i);
        }
        assertEquals(List.of("a1"), ran);
        pauses.remove().complete(null);
        assertEquals(List.of("a1", "a10000"), ran);
        run("a", "later");
        pauses.remove().complete(null);
        assertEquals(List.of("a1", "a10000", "later"), ran);
        pauses.remove().complete(null);
        assertEquals(3, ran.size());
        assertEquals(0, damping.size());
        run("a", "again");
        assertEquals("again", ran.get(3));
    }

    @Test
    void oneKeyDoesNotDelayAnother() {
        run("a", "a");
        run("b", "b");
        assertEquals(List.of("a", "b"), ran);
        assertEquals(2, damping.size());
    }

    @Test
    void anIntervalEndsAlsoWhenTheTaskFails() {
        try {
            damping.run("a", () -> {
                throw new IllegalStateException("x");
            });
        } catch (IllegalStateException e) {
            ran.add(e.getMessage());
        }
        pauses.remove().complete(null);
        assertEquals(0, damping.size());
    }

    @Test
    void aSourceMaySendManyRequestsAtOnceAndThenSomeASecond() {
        TestClock clock = new TestClock();
        RequestRate rate = new RequestRate(100, Duration.ofMillis(20), clock);
        for (int i = 0; i < 100; i++) {
            assertTrue(rate.take(), "request " + i);
        }
        assertFalse(rate.take());
        clock.advance(Duration.ofMillis(20));
        assertTrue(rate.take());
        assertFalse(rate.take());
        clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 100; i++) {
            assertTrue(rate.take(), "request " + i);
        }
        assertFalse(rate.take());
    }
}
