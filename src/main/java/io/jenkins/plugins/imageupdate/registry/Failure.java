package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * One failed check, ready to be shown.
 *
 * @param kind why
 * @param image the image as {@link ImageReference#toString()} writes it, or the text that did not parse
 * @param credentialsId id of the credential that was chosen, null if none was
 * @param detail what the registry said in its own JSON words, or why the connection failed; one printable line, empty if there is
 *     nothing to say
 * @param retryAt earliest time at which asking again makes sense, null if unknown
 */
public record Failure(
        FailureKind kind,
        String image,
        @CheckForNull String credentialsId,
        String detail,
        @CheckForNull Instant retryAt) {

    public Failure {
        Objects.requireNonNull(kind);
        image = Printable.of(image);
        credentialsId = credentialsId == null ? null : Printable.of(credentialsId);
        detail = Printable.of(detail);
    }

    /** One line: image, kind, meaning, what was said, which credential, and the way out. */
    public String message() {
        StringBuilder out =
                new StringBuilder(image).append(": ").append(kind).append(": ").append(kind.meaning());
        if (retryAt != null) {
            out.append(" (until ")
                    .append(retryAt.truncatedTo(ChronoUnit.SECONDS))
                    .append(')');
        }
        if (!detail.isEmpty()) {
            out.append(" [").append(detail).append(']');
        }
        out.append("; ")
                .append(credentialsId == null ? "no credential was used" : "credential '" + credentialsId + "'")
                .append(". Way out: ");
        return out.append(kind.wayOut()).append('.').toString();
    }
}
