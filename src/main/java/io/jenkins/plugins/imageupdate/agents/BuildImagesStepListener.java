package io.jenkins.plugins.imageupdate.agents;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.job.Background;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.StepListener;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Sees in which images Pipelines run their steps, whatever plugin the steps are of. It works in the background, on the threads of checks, since
 * steps and clouds of other plugins may take long to be read. What they throw is recorded and logged, so it neither fails nor delays a build.
 */
@Extension
public final class BuildImagesStepListener implements StepListener {
    private static final Logger LOGGER = Logger.getLogger(BuildImagesStepListener.class.getName());

    @Override
    public void notifyOfNewStep(Step step, StepContext context) {
        try {
            Run<?, ?> run = StepImages.mayName(step) ? context.get(Run.class) : null;
            if (run != null) {
                Background.get().offer(() -> record(step, run));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            notSeen(step, e);
        }
    }

    private static void record(Step step, Run<?, ?> run) {
        try {
            try {
                StepImages.record(step, run);
            } catch (RuntimeException | Error e) {
                notSeen(step, e);
                StepImages.recordUnreadable(step, run, e);
            }
        } catch (IOException | RuntimeException | Error e) {
            notSeen(step, e);
        }
    }

    private static void notSeen(Step step, Throwable thrown) {
        LOGGER.log(Level.FINE, thrown, () -> "the images of " + step.getClass() + " are not known");
    }
}
