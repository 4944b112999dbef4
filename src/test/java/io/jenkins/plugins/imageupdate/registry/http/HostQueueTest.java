package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class HostQueueTest extends HostQueueScene {
    private final Instant start = clock.instant();

    @Test
    void boundsWhatIsUnderWay() {
        List<CompletableFuture<String>> results = List.of(send(2), send(2), send(2), send(2));
        assertEquals(2, sent.size());
        answer(1, "second");
        assertEquals("second", results.get(1).join());
        assertEquals(3, sent.size());
        answer(0, "first");
        answer(2, "third");
        answer(3, "fourth");
        assertEquals(
                List.of("first", "second", "third", "fourth"),
                results.stream().map(CompletableFuture::join).toList());
    }

    @Test
    void failuresFreeTheirPlaceToo() {
        CompletableFuture<String> failed = send(1);
        CompletableFuture<String> refused = gate.run(1, () -> {
            throw new IllegalStateException("no such host");
        });
        CompletableFuture<String> absent = gate.run(1, () -> null);
        CompletableFuture<String> last = send(1);
        sent.get(0).completeExceptionally(new java.io.IOException("reset"));
        runTasks();
        assertInstanceOf(java.io.IOException.class, failure(failed));
        assertInstanceOf(IllegalStateException.class, failure(refused));
        assertInstanceOf(NullPointerException.class, failure(absent));
        answer(1, "served");
        assertEquals("served", last.join());
    }

    @Test
    void aHigherLimitLetsTheLineMoveInOrder() {
        List<CompletableFuture<String>> waiting = List.of(send(1), send(1), send(1));
        assertEquals(1, sent.size());
        send(3);
        runTasks();
        assertEquals(3, sent.size());
        answer(1, "earlier caller");
        assertEquals("earlier caller", waiting.get(1).join());
        assertEquals(4, sent.size());
    }

    @Test
    void aLowerLimitHoldsTheLineBack() {
        send(2);
        send(2);
        send(1);
        answer(0, "");
        assertEquals(2, sent.size(), "one is still under way");
        answer(1, "");
        assertEquals(3, sent.size());
    }

    @Test
    void coolingDownFailsTheLineAtOnce() {
        CompletableFuture<String> underWay = send(1);
        CompletableFuture<String> waiting = send(1);
        Instant until = start.plusSeconds(60);
        gate.coolDown(until);
        assertRateLimited(waiting, until);
        assertRateLimited(send(1), until);
        assertFalse(underWay.isDone(), "what was sent may still be answered");
        answer(0, "answered");
        assertEquals("answered", underWay.join());
        assertRateLimited(send(1), until);
        clock.advance(Duration.between(start, until));
        send(1);
        assertEquals(2, sent.size());
    }

    @Test
    void theLongerCoolDownCounts() {
        gate.coolDown(start.plusSeconds(60));
        gate.coolDown(start.plusSeconds(10));
        assertRateLimited(send(1), start.plusSeconds(60));
        clock.advance(Duration.ofSeconds(59));
        assertRateLimited(send(1), start.plusSeconds(60));
    }

    @Test
    void aCoolDownInThePastIsNone() {
        send(1);
        CompletableFuture<String> waiting = send(1);
        gate.coolDown(start);
        assertFalse(waiting.isDone());
    }

    @Test
    void anAnswerThatCoolsDownStopsTheNextRequest() {
        Instant until = start.plusSeconds(60);
        CompletableFuture<Void> cooled = send(1).thenAccept(answer -> gate.coolDown(until));
        CompletableFuture<String> next = send(1);
        answer(0, "429");
        cooled.join();
        assertRateLimited(next, until);
        assertEquals(1, sent.size());
    }

    private static void assertRateLimited(CompletableFuture<String> result, Instant until) {
        RegistryException thrown = assertInstanceOf(RegistryException.class, failure(result));
        assertEquals(FailureKind.RATE_LIMITED, thrown.kind());
        assertEquals(until, thrown.retryAt());
    }

    private static Throwable failure(CompletableFuture<String> result) {
        assertTrue(result.isDone());
        return assertThrows(CompletionException.class, result::join).getCause();
    }
}
