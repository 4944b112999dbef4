package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes into the ledger that a build has started, which makes what was pending the baseline; and what a successful one saw. */
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
            // A build that the ledger has as started must be there after a crash.
            run.save();
            List<Job<?, ?>> jobs = downstream.find(DownstreamJobs.named(run.getParent()));
            downstream.start(jobs, ImageUpdateCause.updatesOf(run), ledger -> {
                ledger.started(ImageUpdateCause.all(causes), run.getNumber(), Instant.now());
            });
        } catch (IOException e) {
            LOGGER.log(
                    Level.SEVERE, e, () -> "the start of " + run + " cannot be recorded; the next check tries again");
            listener.getLogger().println(Messages.StartedBuilds_NotRecorded(e.getMessage()));
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
        Result result = run.getResult();
        boolean succeeded = result != null && result.isBetterOrEqualTo(Result.UNSTABLE);
        Set<String> watched = new HashSet<>(ImageUpdateTrigger.watchedBy(run.getParent()));
        checked.updates().stream().map(ImageUpdate::id).forEach(watched::add);
        LedgerStore.record(run.getParent(), ledger -> {
            if (succeeded) {
                ledger.succeeded(checked.updates(), run.getNumber());
            }
            ledger.watching(watched, Instant.now());
            return Map.of();
        });
    }
}
