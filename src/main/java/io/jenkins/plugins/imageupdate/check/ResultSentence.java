package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.util.List;
import java.util.stream.Collectors;

/** A result in one line, for logs. */
final class ResultSentence {
    private ResultSentence() {}

    /** {@code gcr.io/p/app:1.4.3: updated, 1.4.2 sha256:0a1b… → sha256:2c3d…, version 1.4.2 → 1.4.3}. */
    static String headline(CheckResult result) {
        String now = abbreviated(result.digest());
        String before = before(result);
        return switch (result.status()) {
            case NEW -> name(result) + ": first seen, " + now + others(result) + waiting("; ", result);
            case UPDATED ->
                name(result) + ": updated, " + before + " → " + now + change(result.change()) + others(result)
                        + pin(result) + waiting("; ", result);
            case UNCHANGED -> name(result) + ": unchanged, " + now + others(result);
            case WAITING ->
                name(result)
                        + waiting(": ", result)
                        + (result.now() == null ? "; no digest counts yet" : ", " + counting(result) + " counts")
                        + others(result);
            case REMOVED -> name(result) + ": the tag is gone; it was " + before;
            case FAILED -> String.valueOf(result.failure());
        };
    }

    /** Adds the credential that was used, which a failure already names, and the notes. */
    static String whole(CheckResult result) {
        String id = result.credentialsId();
        String credential = id == null ? " (no credential)" : " (credential '" + Printable.of(id) + "')";
        String notes = result.notes().isEmpty() ? "" : ". " + String.join(" ", result.notes());
        return headline(result) + (result.status() == CheckStatus.FAILED ? "" : credential) + notes;
    }

    private static String name(CheckResult result) {
        WatchedImage image = result.image();
        if (image == null) {
            return result.name();
        }
        String policy = image.policy();
        return result.name()
                + (result.platform() == null ? "" : " " + result.platform())
                + (policy == null ? "" : " (" + TagPolicy.describe(policy) + ")");
    }

    /** {@code 1.4.3 sha256:2c3d… waits until 2026-12-01T10:00:00Z}, for each digest that waits. */
    private static String waiting(String words, CheckResult result) {
        return result.waiting().isEmpty()
                ? ""
                : words + result.waiting().stream().map(Waiting::sentence).collect(Collectors.joining(", "));
    }

    private static String counting(CheckResult result) {
        WatchedImage image = result.image();
        boolean chosen = image != null && image.policy() != null;
        return (chosen ? result.tag() + " " : "") + abbreviated(result.digest());
    }

    /** With the tag, if a policy chose another tag before. */
    private static String before(CheckResult result) {
        String tag = result.previousTag();
        return (tag == null || tag.equals(result.tag()) ? "" : tag + " ") + abbreviated(result.previousDigest());
    }

    /** Further new, moved and gone tags of a policy. */
    private static String others(CheckResult result) {
        return others("; also new: ", result.newTags(), result)
                + others("; also moved: ", result.movedTags(), result)
                + others("; gone: ", result.goneTags(), result)
                + (result.listCut() ? "; the registry's list was cut off, a newer tag may be missing" : "");
    }

    private static String others(String words, List<String> tags, CheckResult result) {
        String others = tags.stream().filter(tag -> !tag.equals(result.tag())).collect(Collectors.joining(", "));
        return others.isEmpty() ? "" : words + others;
    }

    /** A user who pinned an image to a digest has to write the new one. */
    private static String pin(CheckResult result) {
        WatchedImage image = result.image();
        return image != null && image.reference().pinned() && image.policy() == null
                ? "; to pin the current digest: " + result.pinned()
                : "";
    }

    private static String change(@CheckForNull ImageChange change) {
        return change == null || change.summary().isEmpty() ? "" : ", " + change.summary();
    }

    private static String abbreviated(@CheckForNull Digest digest) {
        return digest == null ? "nothing" : digest.abbreviated();
    }
}
