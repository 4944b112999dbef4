package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.tags.version.Commit;
import io.jenkins.plugins.imageupdate.tags.version.Shape;

/**
 * What a policy says of one tag.
 *
 * @param rank what it is compared by, null where it does not count
 * @param series only tags of one are compared
 * @param reason why it does not count, in words that a number of tags can stand behind
 */
record Verdict<R>(@CheckForNull R rank, Series series, String reason) {
    static <R> Verdict<R> ranked(R rank) {
        return ranked(rank, Series.PLAIN);
    }

    static <R> Verdict<R> ranked(R rank, Series series) {
        return new Verdict<>(rank, series, "");
    }

    static <R> Verdict<R> not(String reason) {
        return new Verdict<>(null, Series.PLAIN, reason);
    }

    /** The reason that it has another variant. */
    static String variant(String variant) {
        return variant.isEmpty()
                ? "without a variant"
                : "variant "
                        + variant.replace(Shape.NUMBER, "<number>").replace(String.valueOf(Commit.MARK), "<commit>");
    }
}
