package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** What a job's builds saw of one image by the step, as it is kept on disk. */
final class StepDigests {
    private RecordedDigest lastCheck;

    /** What that took the place of, and {@link StepRun#key} of who saw it: Jenkins may end before its Pipeline knows. */
    private RecordedDigest beforeLastCheck;

    private String lastCheckBy;
    private RecordedDigest lastSuccess;
    private int lastSuccessBuild;

    /** What a check is compared with. */
    @CheckForNull
    RecordedDigest of(Since since, StepRun by) {
        if (since == Since.LAST_SUCCESS) {
            return lastSuccess;
        }
        return checkedBy(by) ? beforeLastCheck : lastCheck;
    }

    private boolean checkedBy(StepRun by) {
        return lastCheckBy != null && lastCheckBy.equals(by.key());
    }

    /** What a build last saw. */
    @CheckForNull
    RecordedDigest lastCheck() {
        return lastCheck;
    }

    /** @return whether this says anything new */
    boolean setLastCheck(RecordedDigest digest, StepRun by) {
        if (digest.equals(lastCheck)) {
            return false;
        }
        if (!checkedBy(by)) {
            beforeLastCheck = lastCheck;
            lastCheckBy = by.key();
        }
        lastCheck = digest;
        return true;
    }

    /** As {@link UpdateLedger#verify}. */
    void verify() {
        for (RecordedDigest digest : new RecordedDigest[] {lastCheck, beforeLastCheck, lastSuccess}) {
            if (digest != null) {
                digest.verify();
            }
        }
    }

    /** What the last successful build saw. */
    @CheckForNull
    RecordedDigest lastSuccess() {
        return lastSuccess;
    }

    /** Builds may end in another order than they began: the later one counts. @return whether this says anything new */
    boolean setLastSuccess(RecordedDigest digest, int build) {
        if (build < lastSuccessBuild || build == lastSuccessBuild && digest.equals(lastSuccess)) {
            return false;
        }
        lastSuccess = digest;
        lastSuccessBuild = build;
        return true;
    }
}
