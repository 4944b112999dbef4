package io.jenkins.plugins.imageupdate.ledger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.TagSet;

/**
 * What the builds of a job saw of one image by the step.
 *
 * @param lastCheck what a build last saw
 * @param beforeLastCheck the value before {@code lastCheck}: Jenkins may stop before the Pipeline gets the result of its check
 * @param lastCheckBy {@link StepRun#key} of the check that saw {@code lastCheck}
 * @param lastSuccess what the last successful build saw
 * @param lastSuccessBuild number of that build
 */
public record StepSightings(
        @CheckForNull TagSet lastCheck,
        @CheckForNull TagSet beforeLastCheck,
        @CheckForNull String lastCheckBy,
        @CheckForNull TagSet lastSuccess,
        int lastSuccessBuild) {
    static final StepSightings NONE = new StepSightings(null, null, null, null, 0);

    /** Returns what a check is compared with; null if nothing was recorded. */
    @CheckForNull
    TagSet baseline(Since since, StepRun by) {
        if (since == Since.LAST_SUCCESS) {
            return lastSuccess;
        }
        return checkedBy(by) ? beforeLastCheck : lastCheck;
    }

    private boolean checkedBy(StepRun by) {
        return lastCheckBy != null && lastCheckBy.equals(by.key());
    }

    StepSightings withLastCheck(TagSet seen, StepRun by) {
        if (seen.equals(lastCheck)) {
            return this;
        }
        return checkedBy(by)
                ? new StepSightings(seen, beforeLastCheck, lastCheckBy, lastSuccess, lastSuccessBuild)
                : new StepSightings(seen, lastCheck, by.key(), lastSuccess, lastSuccessBuild);
    }

    /** Builds may end in a different order than they started. The build with the higher number counts. */
    StepSightings withLastSuccess(TagSet seen, int build) {
        return build < lastSuccessBuild
                ? this
                : new StepSightings(lastCheck, beforeLastCheck, lastCheckBy, seen, build);
    }

    /** Without the number of a build that the job does not have. */
    StepSightings renumbered(int nextBuild) {
        return lastSuccessBuild < nextBuild
                ? this
                : new StepSightings(lastCheck, beforeLastCheck, lastCheckBy, lastSuccess, 0);
    }
}
