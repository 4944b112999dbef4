package io.jenkins.plugins.imageupdate.tags;

import io.jenkins.plugins.imageupdate.tags.version.Numbering;

/**
 * What tags are compared with one another: those of one numbering and one variant.
 *
 * @param numbering as {@link Numbering} names it; empty for plain numbers
 * @param variant empty for none
 */
record Series(String numbering, String variant) {
    static final Series PLAIN = new Series(Numbering.PLAIN, "");
    static final Series OTHER_NUMBERS = new Series(Numbering.OTHER, "");

    /** Whether the plain series is the one that is meant where nothing tells. Of a numbering with commits it is often the older one. */
    boolean givesWayToPlain() {
        return !numbering.equals(Numbering.COMMITS);
    }

    /** Why tags of this one do not count where those of another do, in words that a number of tags can stand behind. */
    String against(Series other) {
        if (!variant.equals(other.variant())) {
            return Verdict.variant(variant);
        }
        return "another numbering" + (numbering.isEmpty() ? "" : ", " + numbering);
    }
}
