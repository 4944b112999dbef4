package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** An update in one line, for logs. */
final class UpdateStory {
    private UpdateStory() {}

    /** {@code gcr.io/p/app:stable: updated, sha256:0a1b… → sha256:2c3d…, version 1.4.2 → 1.4.3}. */
    static String headline(ImageUpdate update) {
        String now = abbreviated(update.effectiveDigest());
        String before = before(update);
        return switch (update.status()) {
            case NEW -> name(update) + ": first seen, " + now + others(update);
            case UPDATED ->
                name(update) + ": updated, " + before + " → " + now + change(update.change()) + others(update)
                        + pin(update);
            case UNCHANGED -> name(update) + ": unchanged, " + now + others(update);
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

    /** What else a policy has to say. */
    private static String others(ImageUpdate update) {
        return others("; also new: ", update.newTags(), update)
                + others("; also moved: ", update.movedTags(), update)
                + others("; gone: ", update.goneTags(), update)
                + (update.listCut() ? "; the registry's list was cut off, a newer tag may be missing" : "");
    }

    private static String others(String words, List<String> tags, ImageUpdate update) {
        String others = tags.stream().filter(tag -> !tag.equals(update.tag())).collect(Collectors.joining(", "));
        return others.isEmpty() ? "" : words + others;
    }

    /** Whoever pinned an image to a digest has to write the new one. */
    private static String pin(ImageUpdate update) {
        return ImageReference.parse(update.image()).pinned() ? "; to pin what it is now: " + update.pinned() : "";
    }

    private static String change(@CheckForNull ImageChange change) {
        return change == null || change.summary().isEmpty() ? "" : ", " + change.summary();
    }

    private static String abbreviated(@CheckForNull String digest) {
        return digest == null ? "nothing" : Digest.parse(digest).abbreviated();
    }
}
