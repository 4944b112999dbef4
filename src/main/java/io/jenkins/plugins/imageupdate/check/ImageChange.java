package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.ImageDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What an update changed, according to the labels of the old and the new image. Only for people: an image's author can write anything
 * there.
 *
 * @param before null if the old image can no longer be read
 * @param compareLink the page of a known forge that shows what changed in the sources; null if it cannot be determined
 */
public record ImageChange(
        @CheckForNull ImageFacts before,
        ImageFacts now,
        @CheckForNull String compareLink) {
    private static final int SHORT_REVISION = 12;
    private static final long MEBIBYTE = 1024 * 1024;

    public ImageChange {
        Objects.requireNonNull(now, "the new image of a change is missing");
    }

    /**
     * What an image says about itself.
     *
     * @param size in bytes, -1 if unknown
     */
    public record ImageFacts(
            @CheckForNull Instant created,
            @CheckForNull String version,
            @CheckForNull String revision,
            long size) {
        static ImageFacts of(ImageDetails details) {
            return new ImageFacts(
                    details.created(), details.label("version"), details.label("revision"), details.size());
        }
    }

    /** @param before null if the old image can no longer be read */
    static ImageChange of(@CheckForNull ImageDetails before, ImageDetails now) {
        return new ImageChange(
                before == null ? null : ImageFacts.of(before),
                ImageFacts.of(now),
                before == null
                        ? null
                        : CompareLink.of(now.label("source"), before.label("revision"), now.label("revision")));
    }

    /**
     * One line such as {@code version 1.4.2 → 1.4.3, revision abc → def, created 2026-11-01 → 2026-11-20}; empty if the images say nothing.
     */
    public String summary() {
        List<String> parts = new ArrayList<>();
        add(parts, "version", before == null ? null : before.version(), now.version());
        add(parts, "revision", before == null ? null : abbreviated(before.revision()), abbreviated(now.revision()));
        add(parts, "created", before == null ? null : day(before.created()), day(now.created()));
        add(parts, "size", before == null ? null : size(before.size()), size(now.size()));
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, String name, @CheckForNull String old, @CheckForNull String current) {
        if (current != null) {
            parts.add(name + " " + (old == null || old.equals(current) ? current : old + " → " + current));
        }
    }

    @CheckForNull
    private static String abbreviated(@CheckForNull String revision) {
        boolean hash = revision != null && revision.matches("[0-9a-f]{13,64}");
        return hash ? revision.substring(0, SHORT_REVISION) : revision;
    }

    @CheckForNull
    private static String day(@CheckForNull Instant instant) {
        return instant == null ? null : instant.toString().substring(0, 10);
    }

    @CheckForNull
    private static String size(long bytes) {
        return bytes <= 0 ? null : Math.max(1, Math.round((double) bytes / MEBIBYTE)) + " MiB";
    }

    @Override
    public String toString() {
        return summary();
    }
}
