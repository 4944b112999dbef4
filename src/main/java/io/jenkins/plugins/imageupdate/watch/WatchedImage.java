package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Platform;
import java.util.Objects;

/**
 * An image that somebody wants to hear of.
 *
 * @param platform null for the image as a whole
 * @param policy which tag of the repository counts, as {@link io.jenkins.plugins.imageupdate.tags.TagPolicy#describe} has it; null
 *     for that of the reference
 */
public record WatchedImage(
        ImageReference reference,
        @CheckForNull Platform platform,
        @CheckForNull String policy) {
    private static final String TAGS = " tags ";

    public WatchedImage {
        Objects.requireNonNull(reference);
    }

    /** The tag of the reference counts. */
    public WatchedImage(ImageReference reference, @CheckForNull Platform platform) {
        this(reference, platform, null);
    }

    /**
     * From what a user wrote; an {@link IllegalArgumentException} says what is wrong.
     *
     * @param platform null or blank for none
     */
    public static WatchedImage parse(String reference, @CheckForNull String platform) {
        return new WatchedImage(
                ImageReference.parse(reference),
                platform == null || platform.isBlank() ? null : Platform.parse(platform));
    }

    /**
     * One name for one image on one platform, however it was spelled: {@code docker.io/library/nginx:latest linux/arm64}. With a policy
     * it has no tag: {@code docker.io/library/nginx tags semver ~1.27}.
     */
    public String id() {
        return id(policy == null ? reference.toString() : reference.name(), Objects.toString(platform, null), policy);
    }

    static String id(String image, @CheckForNull String platform, @CheckForNull String policy) {
        return image + (platform == null ? "" : " " + platform) + (policy == null ? "" : TAGS + policy);
    }

    /** From an {@link #id}. */
    static WatchedImage ofId(String id) {
        String[] byPolicy = id.split(TAGS, 2);
        String[] parts = byPolicy[0].split(" ", 2);
        WatchedImage image = parse(parts[0], parts.length == 2 ? parts[1] : null);
        return byPolicy.length == 2 ? new WatchedImage(image.reference, image.platform, byPolicy[1]) : image;
    }

    @Override
    public String toString() {
        return id();
    }
}
