package io.jenkins.plugins.imageupdate.agents;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Run;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.job.BuildImagesAction;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The images that builds have recorded. */
final class RecordedImages {
    private static final int CHECKING = 8;
    private static final int ASKING = 2;

    private RecordedImages() {}

    static Map<String, String> of(Run<?, ?> run) {
        BuildImagesAction action = run.getAction(BuildImagesAction.class);
        return action == null ? Map.of() : action.uses().images();
    }

    /** Waits until all records so far are made. */
    static void settled() throws InterruptedException {
        settled(CHECKING, Background.get()::offer);
        settled(ASKING, Background.get()::ask);
    }

    /** The threads have nothing else to do when each of them waits for the others. */
    private static void settled(int threads, Consumer<Runnable> executor) throws InterruptedException {
        CountDownLatch idle = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            executor.accept(() -> {
                idle.countDown();
                try {
                    idle.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertTrue(idle.await(1, TimeUnit.MINUTES));
    }
}
