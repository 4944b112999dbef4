package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import io.jenkins.plugins.imageupdate.watch.UpdateLedger;
import java.time.Instant;
import java.util.List;

/** What a job's builds still say of its images when the ledger's file cannot be read, or is gone. */
final class LedgerFromBuilds {
    /** Each of them may have to be read from disk. */
    private static final int MOST_BUILDS = 100;

    private final UpdateLedger ledger = UpdateLedger.recovered();
    private int used;

    private LedgerFromBuilds() {}

    static UpdateLedger recover(Job<?, ?> job) {
        LedgerFromBuilds lost = new LedgerFromBuilds();
        lost.read(job);
        return lost.ledger;
    }

    /** For a job without a file: null if its builds never had to do with images either, so that none is missing. */
    @CheckForNull
    static UpdateLedger recoverMissing(Job<?, ?> job) {
        LedgerFromBuilds lost = new LedgerFromBuilds();
        lost.read(job);
        return lost.used == 0 ? null : lost.ledger;
    }

    private void read(Job<?, ?> job) {
        Run<?, ?> run = job.getLastBuild();
        for (int i = 0; i < MOST_BUILDS && run != null; i++, run = run.getPreviousBuild()) {
            read(run);
        }
    }

    private void read(Run<?, ?> run) {
        // One that is about to start has the ledger told of it, and a file that is missing then was never there.
        if (ImageUpdateQueueListener.get().contains(run.getQueueId())) {
            return;
        }
        Instant at = Instant.ofEpochMilli(run.getStartTimeInMillis());
        CheckedImagesAction checked = run.getAction(CheckedImagesAction.class);
        if (checked != null) {
            Result result = run.getResult();
            boolean succeeded = result != null && result.isBetterOrEqualTo(Result.UNSTABLE);
            List<ImageUpdate> updates = checked.updates();
            for (int i = updates.size() - 1; i >= 0; i--) {
                ledger.recovery().ofBuild(updates.get(i), run.getNumber(), true, succeeded, at);
            }
            used++;
        }
        for (ImageUpdateCause cause : ImageUpdateCause.of(run.getCauses())) {
            if (cause.upstream() == null) {
                used++;
            }
        }
        for (ImageUpdate update : ImageUpdateCause.updatesOf(run)) {
            ledger.recovery().ofBuild(update, run.getNumber(), false, false, at);
        }
    }
}
