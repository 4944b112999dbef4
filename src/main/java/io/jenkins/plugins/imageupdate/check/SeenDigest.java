package io.jenkins.plugins.imageupdate.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A digest that a tag was seen with.
 *
 * @param tag the tag with the digest
 * @param first when it was first seen, by the controller's clock; only for people
 * @param since the uptime, in seconds, since which the digest is known; negative if a registry told an earlier time at first sight
 * @param released whether a user lets it count now, whatever its age
 */
public record SeenDigest(TagDigest tag, Instant first, long since, boolean released) {
    public SeenDigest {
        Objects.requireNonNull(tag, "the tag of a seen digest is missing");
        Objects.requireNonNull(first, "the time of a seen digest is missing");
    }

    Duration age(long uptime) {
        return Duration.ofSeconds(Math.max(0, uptime - since));
    }

    boolean counts(Duration minimumAge, long uptime) {
        return released || age(uptime).compareTo(minimumAge) >= 0;
    }

    /** Not known for longer than that. */
    SeenDigest notBefore(long uptime) {
        return since < uptime ? new SeenDigest(tag, first, uptime, released) : this;
    }

    SeenDigest release() {
        return new SeenDigest(tag, first, since, true);
    }
}
