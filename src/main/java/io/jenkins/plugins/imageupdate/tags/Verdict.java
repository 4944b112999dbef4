package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What a policy says of one tag.
 *
 * @param rank what it is compared by, null where it does not count
 * @param series only tags of one are compared; empty for the plain one
 * @param reason why it does not count, in words that a number of tags can stand behind
 */
record Verdict<R>(@CheckForNull R rank, String series, String reason) {
    static <R> Verdict<R> ranked(R rank) {
        return ranked(rank, "");
    }

    static <R> Verdict<R> ranked(R rank, String series) {
        return new Verdict<>(rank, series, "");
    }

    static <R> Verdict<R> not(String reason) {
        return new Verdict<>(null, "", reason);
    }
}
