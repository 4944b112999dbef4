package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.tags.TagPreview;
import java.util.ArrayList;
import java.util.List;

/**
 * What a tag policy would choose for an image now, for people who set it up. Nothing is recorded.
 *
 * @param tags null with a failure
 * @param credentialsId the credential that was used, null for none
 * @param failure why the tags cannot be listed, null if they were
 */
public record Preview(
        WatchedImage image,
        @CheckForNull TagPreview tags,
        @CheckForNull String credentialsId,
        @CheckForNull Failure failure) {
    public Preview {
        if ((tags == null) == (failure == null)) {
            throw new IllegalArgumentException("a preview has tags or a failure");
        }
    }

    /** For logs: the image and the credential, and below it one sentence a line; or the failure. */
    public List<String> lines() {
        if (tags == null) {
            return List.of(failure == null ? "" : failure.message());
        }
        List<String> lines = new ArrayList<>();
        lines.add(image.reference() + ", a preview"
                + (credentialsId == null
                        ? " (no credential):"
                        : " (credential '" + Printable.of(credentialsId) + "'):"));
        tags.sentences().forEach(sentence -> lines.add("  " + sentence));
        return lines;
    }
}
