package io.jenkins.plugins.imageupdate.agents;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Run;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.job.BuildImagesAction;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The images that builds have recorded. */
final class RecordedImages {
    private static final int THREADS = 8;

    private RecordedImages() {}

    static Map<String, String> of(Run<?, ?> run) {
        BuildImagesAction action = run.getAction(BuildImagesAction.class);
        return action == null ? Map.of() : action.uses().images();
    }

    /** Waits until all records so far are made: the threads of checks have nothing else to do when each of them waits for the others. */
    static void settled() throws InterruptedException {
        CountDownLatch idle = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            Background.get().offer(() -> {
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
