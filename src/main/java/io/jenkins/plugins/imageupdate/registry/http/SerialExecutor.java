package io.jenkins.plugins.imageupdate.registry.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Runs tasks one after the other on the threads of another executor, in the order in which they came. */
final class SerialExecutor implements Executor {
    private final Executor threads;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    SerialExecutor(Executor threads) {
        this.threads = threads;
    }

    @Override
    public synchronized void execute(Runnable task) {
        last = last.handleAsync(
                (done, thrown) -> {
                    task.run();
                    return null;
                },
                threads);
    }
}
