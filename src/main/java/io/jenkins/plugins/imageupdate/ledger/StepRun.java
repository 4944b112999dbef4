package io.jenkins.plugins.imageupdate.ledger;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Which run of the step checks.
 *
 * @param build number of the build
 * @param node id of the step's node in its Pipeline, which is the same when the check is made again after a restart; null where a
 *     restart ends the build
 */
public record StepRun(int build, @CheckForNull String node) {
    /** As it is kept on disk; null where no run can be the same again. */
    @CheckForNull
    String key() {
        return node == null ? null : build + "#" + node;
    }
}
