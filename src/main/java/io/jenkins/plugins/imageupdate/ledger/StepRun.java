package io.jenkins.plugins.imageupdate.ledger;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Identifies one run of the step.
 *
 * @param build number of the build
 * @param node id of the step's node in its Pipeline, which is the same if the check runs again after a restart; null if a
 *     restart ends the build
 */
public record StepRun(int build, @CheckForNull String node) {
    /** The run as text for the ledger; null if a restart ends the build. */
    @CheckForNull
    String key() {
        return node == null ? null : build + "#" + node;
    }
}
