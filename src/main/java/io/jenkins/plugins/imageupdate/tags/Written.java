package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.tags.version.Numbering;

/**
 * What the tag on the image tells of the choice.
 *
 * @param tag null for none
 * @param tells whether the tag names a series; otherwise the series is the usual one
 * @param series what it is compared with
 * @param rank what it is compared by, where the policy allows it; null where it does not, so that an older tag may be meant
 */
record Written<R>(
        @CheckForNull String tag,
        boolean tells,
        Series series,
        @CheckForNull R rank) {
    static <R> Written<R> none() {
        return withoutSeries(null, "");
    }

    /** For a tag that tells nothing, or none. */
    static <R> Written<R> withoutSeries(@CheckForNull String tag, String variant) {
        return new Written<>(tag, false, new Series(Numbering.PLAIN, variant), null);
    }

    /** The tag, fit for a message. */
    String shown() {
        return Printable.of(tag);
    }

    boolean is(String other) {
        return other.equals(tag);
    }
}
