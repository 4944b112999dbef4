package io.jenkins.plugins.imageupdate.watch.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What a policy says of one tag.
 *
 * @param rank what it is compared by, null where it does not count
 * @param reason why it does not, in words that a number of tags can stand behind
 */
record Verdict<R>(@CheckForNull R rank, String reason) {
    static <R> Verdict<R> ranked(R rank) {
        return new Verdict<>(rank, "");
    }

    static <R> Verdict<R> not(String reason) {
        return new Verdict<>(null, reason);
    }
}
