package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.Printable;

/** An update in one line, for logs. */
final class UpdateStory {
    private UpdateStory() {}

    /** {@code gcr.io/p/app:stable: updated, sha256:0a1b… → sha256:2c3d…, version 1.4.2 → 1.4.3}. */
    static String headline(ImageUpdate update) {
        String now = abbreviated(update.effectiveDigest());
        String before = before(update);
        return switch (update.status()) {
            case NEW -> name(update) + ": first seen, " + now;
            case UPDATED -> name(update) + ": updated, " + before + " → " + now + change(update.change());
            case UNCHANGED -> name(update) + ": unchanged, " + now;
            case REMOVED -> name(update) + ": the tag is gone; it was " + before;
            case FAILED -> String.valueOf(update.failure());
        };
    }

    /** With the credential that was used, which a failure names itself. */
    static String whole(ImageUpdate update) {
        String id = update.credentialsId();
        String who = id == null ? " (no credential)" : " (credential '" + Printable.of(id) + "')";
        return headline(update) + (update.status() == ImageStatus.FAILED ? "" : who);
    }

    private static String name(ImageUpdate update) {
        String platform = update.platform() == null ? "" : " " + update.platform();
        return update.image() + platform + (update.policy() == null ? "" : " (" + update.policy() + ")");
    }

    /** With the tag, if a policy chose another one before. */
    private static String before(ImageUpdate update) {
        String tag = update.previousTag();
        return (tag == null || tag.equals(update.tag()) ? "" : tag + " ")
                + abbreviated(update.effectivePreviousDigest());
    }

    private static String change(@CheckForNull ImageChange change) {
        return change == null || change.summary().isEmpty() ? "" : ", " + change.summary();
    }

    private static String abbreviated(@CheckForNull String digest) {
        return digest == null ? "nothing" : Digest.parse(digest).abbreviated();
    }
}
