package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.job.Builds;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.LedgerRebuilder;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Rebuilds a lost ledger from what the job was built for, and from what its builds checked by the step. */
@Extension
public final class LedgerFromBuilds implements LedgerRebuilder {
    /** How many builds are read. */
    private static final int MOST_BUILDS = 100;

    @Override
    @CheckForNull
    public JobLedger rebuild(Job<?, ?> job) {
        JobLedger ledger = JobLedger.recovered();
        AtomicBoolean used = new AtomicBoolean();
        Builds.newestFirst(job)
                .limit(MOST_BUILDS)
                // The start of such a build is about to be recorded. If a file is missing then, there never was one.
                .filter(run -> !ImageUpdateQueueListener.get().contains(run.getQueueId()))
                .forEach(run -> {
                    if (add(run, ledger)) {
                        used.set(true);
                    }
                });
        return used.get() ? ledger : null;
    }

    /** @return whether the build has to do with images of its own job */
    private static boolean add(Run<?, ?> run, JobLedger ledger) {
        Instant at = Instant.ofEpochMilli(run.getStartTimeInMillis());
        CheckedImagesAction checked = run.getAction(CheckedImagesAction.class);
        if (checked != null) {
            List<CheckResult> updates = checked.results();
            for (int i = updates.size() - 1; i >= 0; i--) {
                ledger.recovery().ofBuild(updates.get(i), run.getNumber(), true, Builds.succeeded(run), at);
            }
        }
        for (CheckResult update : ImageUpdateCause.updatesOf(run)) {
            ledger.recovery().ofBuild(update, run.getNumber(), false, false, at);
        }
        return checked != null
                || ImageUpdateCause.of(run.getCauses()).stream().anyMatch(cause -> cause.upstream() == null);
    }
}
