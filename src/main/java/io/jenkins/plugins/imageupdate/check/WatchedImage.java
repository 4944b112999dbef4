package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Platform;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.util.Objects;

/**
 * An image that a job watches.
 *
 * @param reference the reference in full; with a policy, its tag gives the variant
 * @param platform the platform whose manifest counts; null for the image as a whole
 * @param policy which tag of the repository counts, as {@link TagPolicy#key}; null for the tag of the reference
 */
public record WatchedImage(
        ImageReference reference,
        @CheckForNull Platform platform,
        @CheckForNull String policy) {
    private static final String ANY_TAG = "latest";

    public WatchedImage {
        Objects.requireNonNull(reference, "the reference of an image is missing");
    }

    /** The tag of the reference counts. */
    public WatchedImage(ImageReference reference, @CheckForNull Platform platform) {
        this(reference, platform, null);
    }

    /**
     * Parses what a user wrote.
     *
     * @param platform null or blank for none
     * @throws IllegalArgumentException if the reference or the platform is not valid; the message says why
     */
    public static WatchedImage parse(String reference, @CheckForNull String platform) {
        return new WatchedImage(
                ImageReference.parse(reference),
                platform == null || platform.isBlank() ? null : Platform.parse(platform));
    }

    /**
     * Identifies the image in a ledger. With a policy, which chooses the tag, it does not contain the written tag or the pin.
     */
    public WatchedImage identity() {
        return policy == null ? this : new WatchedImage(reference.withTag(ANY_TAG), platform, policy);
    }

    /**
     * The identity as text, for forms: {@code docker.io/library/nginx:latest linux/arm64}, with a policy
     * {@code docker.io/library/nginx tags semver:~1.27}. Different images have different texts. Nothing parses it.
     */
    public String id() {
        return text(policy);
    }

    /** For messages: {@code docker.io/library/nginx tags semver ~1.27}. */
    @Override
    public String toString() {
        return text(policy == null ? null : TagPolicy.describe(policy));
    }

    private String text(@CheckForNull String tags) {
        return (tags == null ? reference.toString() : reference.name())
                + (platform == null ? "" : " " + platform)
                + (tags == null ? "" : " tags " + tags);
    }
}
