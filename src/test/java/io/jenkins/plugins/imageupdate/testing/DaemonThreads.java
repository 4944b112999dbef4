package io.jenkins.plugins.imageupdate.testing;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Threads of the test servers: named, never keeping the JVM alive, and gone when their server is closed. */
final class DaemonThreads {
    private static final long STOP_SECONDS = 10;

    private DaemonThreads() {}

    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Interrupts what still runs and waits for its end; a thread that does not end is a fault of the test server. */
    static void stop(ExecutorService... executors) {
        for (ExecutorService executor : executors) {
            executor.shutdownNow();
        }
        try {
            for (ExecutorService executor : executors) {
                if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("a test server's thread does not end");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
