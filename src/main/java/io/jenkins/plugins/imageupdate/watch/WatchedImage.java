package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Platform;
import java.util.Objects;

/**
 * An image that somebody wants to hear of.
 *
 * @param platform null for the image as a whole
 */
public record WatchedImage(
        ImageReference reference, @CheckForNull Platform platform) {
    public WatchedImage {
        Objects.requireNonNull(reference);
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

    /** One name for one image on one platform, however it was spelled: {@code docker.io/library/nginx:latest linux/arm64}. */
    public String id() {
        return platform == null ? reference.toString() : reference + " " + platform;
    }

    /** From an {@link #id}. */
    static WatchedImage ofId(String id) {
        String[] parts = id.split(" ", 2);
        return parse(parts[0], parts.length == 2 ? parts[1] : null);
    }

    @Override
    public String toString() {
        return id();
    }
}
