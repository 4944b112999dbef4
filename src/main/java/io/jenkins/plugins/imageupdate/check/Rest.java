package io.jenkins.plugins.imageupdate.check;

import io.jenkins.plugins.imageupdate.registry.Digest;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * That digests must have been known for a time before they count, and what a check found out for this.
 *
 * @param minimumAge longer than zero
 * @param most how many tags count
 * @param served digests that a tag has moved away from, and that the registry still has
 * @param gone digests that a tag has moved away from, and that the registry no longer has
 */
public record Rest(Duration minimumAge, int most, Set<Digest> served, Set<Digest> gone) {
    public Rest {
        Objects.requireNonNull(minimumAge);
        served = Set.copyOf(served);
        gone = Set.copyOf(gone);
    }

    public static Rest of(Duration minimumAge, int most) {
        return new Rest(minimumAge, most, Set.of(), Set.of());
    }

    Rest withServed(Digest digest) {
        return new Rest(minimumAge, most, with(served, digest), gone);
    }

    Rest withGone(Digest digest) {
        return new Rest(minimumAge, most, served, with(gone, digest));
    }

    private static Set<Digest> with(Set<Digest> digests, Digest more) {
        return Stream.concat(digests.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }
}
