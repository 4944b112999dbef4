package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.Sighting;

/**
 * One row of the fault matrix.
 *
 * @param seen what the registry does, in a user's words
 * @param kind what the check ends in, null where it succeeds all the same
 */
record FaultRow(String seen, @CheckForNull FailureKind kind, Play play) {
    /** Brings the fault about and checks. */
    @FunctionalInterface
    interface Play {
        Sighting on(FaultScene scene) throws Exception;
    }

    static FaultRow fails(String seen, FailureKind kind, Play play) {
        return new FaultRow(seen, kind, play);
    }

    static FaultRow succeeds(String seen, Play play) {
        return new FaultRow(seen, null, play);
    }

    /** The row as a line of a Markdown table. */
    String markdown() {
        return kind == null
                ? "| " + seen + " | none | the digest is had by GET | nothing |"
                : "| " + seen + " | `" + kind + "` | " + kind.meaning() + " | " + kind.wayOut() + " |";
    }

    @Override
    public String toString() {
        return seen;
    }
}
