package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.job.Builds;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.JobWatch;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Records in the ledger that a build has started, so that its pending updates become the baseline; and what a successful build saw by
 * the step.
 */
@Extension
public final class ImageUpdateRunListener extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(ImageUpdateRunListener.class.getName());

    @Override
    public void onStarted(Run<?, ?> run, TaskListener listener) {
        List<ImageUpdateCause> causes = ImageUpdateCause.of(run.getCauses());
        if (causes.isEmpty()) {
            return;
        }
        DownstreamJobs downstream = DownstreamJobs.ofTrigger(run, listener);
        try {
            // A build that the ledger knows as started must exist after a crash.
            run.save();
            List<Job<?, ?>> jobs = downstream.find(DownstreamJobs.named(run.getParent()));
            downstream.start(
                    jobs,
                    ImageUpdateCause.updatesOf(run),
                    ledger -> ledger.started(ImageUpdateCause.all(causes), run.getNumber(), Instant.now()));
        } catch (IOException e) {
            LOGGER.log(
                    Level.SEVERE, e, () -> "the start of " + run + " cannot be recorded; the next check tries again");
            listener.getLogger().println(Messages.ImageUpdateRunListener_NotRecorded(e.getMessage()));
        } finally {
            ImageUpdateQueueListener.get().started(run.getQueueId());
        }
        DownstreamJobs.answered(run.getParent(), causes);
    }

    @Override
    public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
        CheckedImagesAction checked = run.getAction(CheckedImagesAction.class);
        if (checked == null) {
            return;
        }
        boolean succeeded = Builds.succeeded(run);
        Set<WatchedImage> watched = new HashSet<>(JobWatch.of(run.getParent()).all());
        watched.addAll(JobWatch.checkedBy(run).keySet());
        LedgerStore.record(run.getParent(), ledger -> {
            if (succeeded) {
                ledger.succeeded(checked.results(), run.getNumber());
            }
            ledger.watching(watched, Instant.now());
        });
        if (succeeded && run.getParent() instanceof Queue.Task) {
            try {
                PendingUpdates.withdrawSettled(run.getParent());
            } catch (IOException e) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "a queued build of " + run.getParent().getFullName() + " for updates that " + run
                                + " has built may run too");
            }
        }
    }

    @Override
    public void onDeleted(Run<?, ?> run) {
        if (ImageUpdateCause.of(run.getCauses()).isEmpty()) {
            return;
        }
        try {
            PendingUpdates.recordStarts(run.getParent());
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "the start of " + run
                            + ", which is being deleted, cannot be recorded; its updates may be built again");
        }
    }
}
