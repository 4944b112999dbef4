package io.jenkins.plugins.imageupdate.registry.http;

import io.jenkins.plugins.imageupdate.testing.TestClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A queue whose requests are answered, and whose tasks run, when a test says so. */
abstract class HostQueueScene {
    final Deque<Runnable> tasks = new ArrayDeque<>();
    final List<CompletableFuture<String>> sent = new ArrayList<>();
    final TestClock clock = new TestClock();
    final HostQueue gate = new HostQueue(clock, tasks::add);

    CompletableFuture<String> send(int parallel) {
        return gate.run(parallel, this::request);
    }

    CompletableFuture<String> request() {
        sent.add(new CompletableFuture<>());
        return sent.get(sent.size() - 1);
    }

    void answer(int request, String answer) {
        sent.get(request).complete(answer);
        runTasks();
    }

    void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
