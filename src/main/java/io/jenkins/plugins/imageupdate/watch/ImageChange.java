package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.ImageDetails;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What an update changed, by what the old and the new image say of themselves: for people to read, since whoever pushes an image
 * writes it. Plain text, as it is stored with builds.
 */
public final class ImageChange implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SHORT_REVISION = 12;
    private static final long MEBIBYTE = 1024 * 1024;

    private final Side before;
    private final Side now;
    private final String compareLink;

    /** One of the two images; what it does not say is null, an unknown size -1. */
    private static final class Side implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String created;
        private final String version;
        private final String revision;
        private final long size;

        Side(ImageDetails details) {
            created = Objects.toString(details.created(), null);
            version = details.label("version");
            revision = details.label("revision");
            size = details.size();
        }
    }

    private ImageChange(@CheckForNull ImageDetails before, ImageDetails now) {
        this.before = before == null ? null : new Side(before);
        this.now = new Side(now);
        this.compareLink = before == null
                ? null
                : CompareLink.of(now.label("source"), before.label("revision"), now.label("revision"));
    }

    /** @param before null where the old image can no longer be read */
    static ImageChange of(@CheckForNull ImageDetails before, ImageDetails now) {
        return new ImageChange(before, now);
    }

    /** The page of a known forge with what changed in the sources; null where none is certain. */
    @CheckForNull
    public String compareLink() {
        return compareLink;
    }

    /** When the new image was built, as the image says; null if it does not. */
    @CheckForNull
    public Instant created() {
        return now.created == null ? null : Instant.parse(now.created);
    }

    /** One line such as {@code version 1.4.2 → 1.4.3, revision abc → def, created 2026-11-01 → 2026-11-20}; empty if nothing is said. */
    public String summary() {
        List<String> parts = new ArrayList<>();
        add(parts, "version", before == null ? null : before.version, now.version);
        add(parts, "revision", before == null ? null : abbreviated(before.revision), abbreviated(now.revision));
        add(parts, "created", before == null ? null : day(before.created), day(now.created));
        add(parts, "size", before == null ? null : size(before.size), size(now.size));
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
    private static String day(@CheckForNull String instant) {
        return instant == null ? null : instant.substring(0, Math.min(10, instant.length()));
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
