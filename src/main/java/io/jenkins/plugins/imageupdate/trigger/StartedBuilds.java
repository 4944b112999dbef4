package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/** Writes into the ledger that a build has started, which makes what was pending the baseline; and what a successful one saw. */
@Extension
public final class StartedBuilds extends RunListener<Run<?, ?>> {
    @Override
    public void onStarted(Run<?, ?> run, TaskListener listener) {
        List<ImageUpdate> updates = ImageUpdateCause.all(run.getCauses());
        if (updates.isEmpty()) {
            return;
        }
        UpdateLedgers.record(run.getParent(), ledger -> {
            ledger.started(updates, run.getNumber(), Instant.now());
            return null;
        });
        ImageUpdateTrigger trigger = ParameterizedJobMixIn.getTrigger(run.getParent(), ImageUpdateTrigger.class);
        if (trigger != null && !trigger.getDownstreamJobs().isEmpty()) {
            new DownstreamJobs(run, listener, Jenkins.getAuthentication2())
                    .start(trigger.getDownstreamJobs(), ImageUpdateCause.updatesOf(run));
        }
    }

    @Override
    public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
        CheckedImages checked = run.getAction(CheckedImages.class);
        Result result = run.getResult();
        if (checked != null && result != null && result.isBetterOrEqualTo(Result.UNSTABLE)) {
            UpdateLedgers.record(run.getParent(), ledger -> {
                ledger.succeeded(checked.updates(), run.getNumber());
                return null;
            });
        }
    }
}
