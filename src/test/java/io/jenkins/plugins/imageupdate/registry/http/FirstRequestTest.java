package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which requests go ahead, and which wait for them. */
class FirstRequestTest {
    private final TestClock clock = new TestClock();
    private final List<CompletableFuture<String>> sent = new ArrayList<>();
    private final FirstRequest contact = new FirstRequest(clock, Runnable::run);

    private synchronized CompletableFuture<String> send() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        sent.add(answer);
        return answer;
    }

    private CompletableFuture<String> run() {
        return contact.run(this::send);
    }

    private synchronized int sent() {
        return sent.size();
    }

    @Test
    void theFirstGoesAloneAndTheOthersFollowItsAnswer() {
        CompletableFuture<String> first = run();
        CompletableFuture<String> second = run();
        CompletableFuture<String> third = run();
        assertEquals(1, sent());
        sent.get(0).complete("one");
        assertEquals("one", first.join());
        assertEquals(3, sent());
        sent.get(1).complete("two");
        sent.get(2).complete("three");
        assertTrue(second.isDone() && third.isDone());
    }

    @Test
    void afterTheFirstAnswerNoRequestWaits() {
        run();
        sent.get(0).complete("one");
        run();
        run();
        assertEquals(3, sent());
    }

    @Test
    void afterAPauseOneGoesAheadAgain() {
        run();
        sent.get(0).complete("one");
        clock.advance(Duration.ofSeconds(29));
        run();
        clock.advance(Duration.ofSeconds(29));
        run();
        assertEquals(3, sent(), "every request counts as heard of");
        clock.advance(Duration.ofSeconds(30));
        run();
        run();
        assertEquals(4, sent());
    }

    @Test
    void aFailureLetsTheOthersGo() {
        CompletableFuture<String> first = run();
        CompletableFuture<String> second = run();
        sent.get(0).completeExceptionally(new IllegalStateException("refused"));
        assertThrows(CompletionException.class, first::join);
        assertEquals(2, sent());
        assertFalse(second.isDone());
        run();
        run();
        assertEquals(3, sent(), "nothing has been heard yet, so one goes ahead again");
    }

    @Test
    void whatCannotBeSentIsAFailureToo() {
        CompletableFuture<String> first = contact.run(() -> {
            throw new IllegalArgumentException("no such method");
        });
        assertThrows(CompletionException.class, first::join);
        run();
        assertEquals(1, sent());
    }

    @Test
    void waitingForTheFirstAnswerHasATimeLimit() throws Exception {
        run();
        CompletableFuture<String> second = contact.run(() -> CompletableFuture.completedFuture("went anyway"));
        assertEquals("went anyway", second.get(30, TimeUnit.SECONDS));
        assertFalse(sent.get(0).isDone());
    }
}
