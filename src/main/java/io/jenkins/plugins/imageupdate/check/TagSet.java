package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Push;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The tags of an image that count, each with its digest. Without a policy there is one, without a name.
 *
 * @param tags at least one, the newest first
 * @param gone tags that were recorded before and that the registry no longer has; empty in a recorded set
 */
public record TagSet(List<TagDigest> tags, List<GoneTag> gone) {
    /**
     * A tag that was recorded before and is gone.
     *
     * @param above the number of the set's tags that rank above it
     */
    public record GoneTag(String tag, int above) {}

    public TagSet {
        tags = List.copyOf(tags);
        gone = gone == null ? List.of() : List.copyOf(gone);
        if (tags.isEmpty()) {
            throw new IllegalArgumentException("a set of tags is empty");
        }
    }

    public static TagSet of(List<TagDigest> tags) {
        return new TagSet(tags, List.of());
    }

    public static TagSet of(TagDigest only) {
        return of(List.of(only));
    }

    /** Returns the digest that a pinned reference demands; null if the reference does not have both a tag and a digest. */
    @CheckForNull
    public static TagSet pin(WatchedImage image) {
        ImageReference reference = image.reference();
        String tag = image.policy() == null ? null : reference.tag();
        return reference.pinned() ? of(new TagDigest(tag, Objects.requireNonNull(reference.digest()), null)) : null;
    }

    public TagDigest newest() {
        return tags.get(0);
    }

    /** Returns the tag of this name; null if it does not count. */
    @CheckForNull
    public TagDigest find(@CheckForNull String tag) {
        return tags.stream()
                .filter(one -> Objects.equals(one.tag(), tag))
                .findFirst()
                .orElse(null);
    }

    /**
     * Adds when the digests were pushed.
     *
     * @param pushes by tag
     */
    TagSet pushed(Map<String, Push> pushes) {
        return new TagSet(
                tags.stream()
                        .map(one -> one.tag() == null ? one : one.pushed(pushes.get(one.tag())))
                        .toList(),
                gone);
    }

    /** Returns whether both have the same tags, in the same order and with the same digests. */
    public boolean sameAs(@CheckForNull TagSet other) {
        if (other == null || tags.size() != other.tags.size()) {
            return false;
        }
        for (int i = 0; i < tags.size(); i++) {
            if (!tags.get(i).sameAs(other.tags.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Compares this recorded set with a later one. */
    public TagDiff diff(TagSet later) {
        return TagDiff.between(this, later);
    }

    @Override
    public String toString() {
        return tags.toString();
    }
}
