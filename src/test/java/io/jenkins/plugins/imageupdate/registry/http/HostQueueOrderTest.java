package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The order of a {@link HostQueue} with cancelled callers, and with very many callers. */
class HostQueueOrderTest extends HostQueueScene {
    @Test
    void aCancelledRequestIsNeverSent() {
        send(1);
        CompletableFuture<String> late = send(1);
        CompletableFuture<String> last = send(1);
        late.cancel(true);
        answer(0, "");
        assertEquals(2, sent.size());
        answer(1, "last");
        assertEquals("last", last.join());
    }

    @Test
    void aRequestThatIsCancelledBeforeItRunsFreesItsPlace() {
        send(1);
        CompletableFuture<String> late = send(1);
        sent.get(0).complete("");
        late.cancel(true);
        runTasks();
        assertEquals(1, sent.size());
        send(1);
        assertEquals(2, sent.size());
    }

    @Test
    void aStoppedExecutorFailsTheLine() {
        RejectedExecutionException stopped = new RejectedExecutionException("stopped");
        HostQueue stopping = new HostQueue(Clock.systemUTC(), task -> {
            throw stopped;
        });
        CompletableFuture<String> underWay = stopping.run(1, this::request);
        CompletableFuture<String> waiting = stopping.run(1, this::request);
        sent.get(0).complete("answered");
        assertEquals("answered", underWay.join());
        assertSame(
                stopped, assertThrows(CompletionException.class, waiting::join).getCause());
    }

    @Test
    void aLongQueueDoesNotOverflowTheStack() {
        Supplier<CompletableFuture<String>> immediate = () -> CompletableFuture.completedFuture("");
        CompletableFuture<String> first = send(1);
        List<CompletableFuture<String>> line = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            line.add(gate.run(1, immediate));
        }
        answer(0, "");
        assertTrue(first.isDone() && line.stream().allMatch(CompletableFuture::isDone));
    }
}
