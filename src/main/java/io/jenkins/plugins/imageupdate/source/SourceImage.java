package io.jenkins.plugins.imageupdate.source;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Platform;
import java.util.Objects;

/**
 * An image as a file demands it.
 *
 * @param platform the platform that the file demands; null if it demands none
 */
public record SourceImage(
        ImageReference reference, @CheckForNull Platform platform) {
    public SourceImage {
        Objects.requireNonNull(reference);
    }

    /**
     * Reads both; an {@link IllegalArgumentException} says what is wrong.
     *
     * @param platform null or blank for none
     */
    public static SourceImage parse(String reference, @CheckForNull String platform) {
        return new SourceImage(
                ImageReference.parse(reference),
                platform == null || platform.isBlank() ? null : Platform.parse(platform));
    }
}
