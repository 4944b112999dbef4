package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** What a job's builds saw of one image by the step, as it is kept on disk. */
final class StepDigests {
    private RecordedDigest lastCheck;
    private RecordedDigest lastSuccess;
    private int lastSuccessBuild;

    /** What a check is compared with. */
    @CheckForNull
    RecordedDigest of(Since since) {
        return since == Since.LAST_SUCCESS ? lastSuccess : lastCheck;
    }

    /** What a build last saw. */
    @CheckForNull
    RecordedDigest lastCheck() {
        return lastCheck;
    }

    /** @return whether this says anything new */
    boolean setLastCheck(RecordedDigest digest) {
        boolean news = !digest.equals(lastCheck);
        lastCheck = digest;
        return news;
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
