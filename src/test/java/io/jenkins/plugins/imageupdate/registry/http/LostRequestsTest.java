package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Requests that the JDK's client forgets: neither an answer nor a failure comes. */
class LostRequestsTest {
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<CompletableFuture<String>> sent = new CopyOnWriteArrayList<>();

    /** @param outcome what becomes of a request, by its number */
    private CompletableFuture<String> repeat(
            Duration silence, Duration left, IntFunction<CompletableFuture<String>> outcome) {
        return LostRequests.repeat(
                again -> {
                    assertEquals(!sent.isEmpty(), again);
                    CompletableFuture<String> request = outcome.apply(sent.size());
                    sent.add(request);
                    return request;
                },
                silence,
                left,
                ForkJoinPool.commonPool());
    }

    private static CompletableFuture<String> lost() {
        return new CompletableFuture<>();
    }

    @Test
    void aLostRequestIsSentOnceMore() {
        assertEquals(
                "answer",
                repeat(AT_ONCE, LONG, i -> i == 0 ? lost() : CompletableFuture.completedFuture("answer"))
                        .join());
        assertEquals(2, sent.size());
        assertTrue(sent.get(0).isCancelled());
    }

    @Test
    void theAnswerOfASlowServerCountsAlthoughTheRequestWasSentAgain() {
        CompletableFuture<String> slow = lost();
        assertEquals(
                "late",
                repeat(AT_ONCE, LONG, i -> {
                            if (i == 0) {
                                return slow;
                            }
                            slow.complete("late");
                            return lost();
                        })
                        .join());
        assertTrue(sent.get(1).isCancelled());
    }

    @Test
    void anAnswerInTimeIsTheOnlyOne() {
        assertEquals(
                "answer",
                repeat(LONG, LONG.multipliedBy(4), i -> CompletableFuture.completedFuture("answer"))
                        .join());
        assertEquals(1, sent.size());
    }

    @Test
    void aFailureIsNotALostRequest() {
        CompletionException thrown = assertThrows(
                CompletionException.class,
                repeat(LONG, LONG.multipliedBy(4), i -> CompletableFuture.failedFuture(new IOException("reset")))
                        ::join);
        assertInstanceOf(IOException.class, thrown.getCause());
        assertEquals(1, sent.size());
    }

    @Test
    void whatMustNotBeRepeatedIsNot() {
        CompletionException thrown = assertThrows(CompletionException.class, repeat(LONG, AT_ONCE, i -> lost())::join);
        assertInstanceOf(TimeoutException.class, thrown.getCause());
        assertEquals(1, sent.size());
    }

    @Test
    void atTheDeadlineBothAreCancelled() {
        CompletionException thrown =
                assertThrows(CompletionException.class, repeat(AT_ONCE, AT_ONCE.multipliedBy(9), i -> lost())::join);
        assertInstanceOf(TimeoutException.class, thrown.getCause());
        assertEquals(2, sent.size());
        assertTrue(sent.stream().allMatch(CompletableFuture::isCancelled));
    }
}
