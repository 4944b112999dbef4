package io.jenkins.plugins.imageupdate.check;

/** The status of an image, compared with the recorded digests. */
public enum CheckStatus {
    /** Seen for the first time: nothing is recorded to compare with. */
    NEW,
    /** The tag points at another digest than the recorded one. */
    UPDATED,
    UNCHANGED,
    /** What counts has not changed, or nothing counts yet: a newer digest is too young. */
    WAITING,
    /** The tag existed before and is gone. This is an answer of the registry, not a failure. */
    REMOVED,
    /** Nothing could be compared. The recorded digests stay as they are. */
    FAILED
}
