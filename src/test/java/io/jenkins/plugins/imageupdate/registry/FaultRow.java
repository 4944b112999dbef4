package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.Sighting;

/**
 * One row of the fault matrix.
 *
 * @param seen what the registry does, in a user's words
 * @param kind what the check ends in, null if it succeeds anyway
 * @param says words of the message besides those of its kind, empty for none in particular
 */
record FaultRow(String seen, @CheckForNull FailureKind kind, String says, Play play) {
    /** Brings the fault about and checks. */
    @FunctionalInterface
    interface Play {
        Sighting on(FaultScene scene) throws Exception;
    }

    static FaultRow fails(String seen, FailureKind kind, Play play) {
        return fails(seen, kind, "", play);
    }

    static FaultRow fails(String seen, FailureKind kind, String says, Play play) {
        return new FaultRow(seen, kind, says, play);
    }

    static FaultRow succeeds(String seen, Play play) {
        return new FaultRow(seen, null, "", play);
    }

    /** The row as a line of a Markdown table. */
    String markdown() {
        return kind == null
                ? "| " + seen + " | none | the digest is had by GET | nothing |"
                : "| " + seen + " | `" + kind + "` | " + kind.meaning()
                        + (says.isEmpty() ? "" : " (\"… " + says + " …\")") + " | " + kind.wayOut() + " |";
    }

    @Override
    public String toString() {
        return seen;
    }
}
