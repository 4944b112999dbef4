package io.jenkins.plugins.imageupdate.check;

/** What a check says of an image, against what was recorded before. */
public enum CheckStatus {
    /** Seen for the first time: there is nothing to compare with. */
    NEW,
    /** The tag points at something else than recorded. */
    UPDATED,
    UNCHANGED,
    /** The tag is gone that was there before: an answer of the registry, no failure. */
    REMOVED,
    /** Nothing could be compared; nothing recorded changes by it. */
    FAILED
}
