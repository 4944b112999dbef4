package io.jenkins.plugins.imageupdate.check;

import io.jenkins.plugins.imageupdate.registry.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes sightings of an image of which only digests count that are old enough, as a check does. */
public final class AgedSightings {
    private final WatchedImage image = WatchedImage.parse("gcr.io/p/app:stable", null);

    /** How often a registry was asked for a digest that a tag has moved away from. */
    public int asked;

    public WatchedImage image() {
        return image;
    }

    /**
     * Sees what the tag points at.
     *
     * @param has tells whether the registry has a digest that the tag has moved away from
     */
    public Sighting see(
            Digest present, KnownDigests known, Predicate<Digest> has, Duration age, long uptime, Instant at) {
        TagSet tags = TagSet.of(new TagDigest(null, present, null));
        Sighting seen =
                Sighting.of(image, tags, false, null, at).atUptime(uptime).with(Rest.of(age, 1));
        while (true) {
            SeenDigests history = known.seen().with(seen, any -> false, known.none());
            Optional<TagDigest> unproven = Counted.unproven(seen, history, known.counted());
            if (unproven.isEmpty()) {
                return seen;
            }
            asked++;
            Digest digest = unproven.get().whole();
            Rest rest = seen.rest();
            seen = seen.with(has.test(digest) ? rest.withServed(digest) : rest.withGone(digest));
        }
    }
}
