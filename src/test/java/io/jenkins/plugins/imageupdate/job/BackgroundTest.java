package io.jenkins.plugins.imageupdate.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.security.ACL;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class BackgroundTest {
    @Test
    void runsTasksAsJenkinsItself(JenkinsRule jenkins) throws Exception {
        CompletableFuture<Object> user = new CompletableFuture<>();
        Background.get().execute(() -> user.complete(Jenkins.getAuthentication2()));
        assertEquals(ACL.SYSTEM2, user.get(60, TimeUnit.SECONDS));
    }

    @Test
    void recordsInLineAtTheEndAreMadeAlsoIfAChecksThreadsWaitForAVault(JenkinsRule jenkins) throws Exception {
        Background ending = new Background();
        CountDownLatch vault = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(10);
        CountDownLatch first = new CountDownLatch(1);
        Runnable slow = () -> {
            busy.countDown();
            await(vault);
        };
        for (int i = 0; i < 8; i++) {
            ending.execute(slow);
        }
        for (int i = 0; i < 2; i++) {
            assertTrue(ending.record(() -> {
                busy.countDown();
                await(first);
            }));
        }
        assertTrue(busy.await(60, TimeUnit.SECONDS));
        AtomicInteger recorded = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            assertTrue(ending.record(recorded::incrementAndGet));
        }
        Thread end = new Thread(() -> {
            try {
                ending.end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        end.start();
        while (ending.record(() -> {})) {
            Thread.onSpinWait();
        }
        first.countDown();
        vault.countDown();
        end.join();
        assertTrue(recorded.get() >= 100, () -> recorded + " of 100");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void runsNoTaskAfterItsEnd(JenkinsRule jenkins) throws Exception {
        Background ended = new Background();
        ended.end();
        assertTrue(ended.ended());
        Runnable never = () -> {
            throw new AssertionError("run after the end");
        };
        assertFalse(ended.offer(never));
        assertFalse(ended.record(never));
        assertThrows(RejectedExecutionException.class, () -> ended.execute(never));
    }
}
