package io.jenkins.plugins.imageupdate.check;

import io.jenkins.plugins.imageupdate.registry.Push;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a ledger knows of an image, for a check that decides whether digests are old enough.
 *
 * @param seen the digests that the image's tags were seen with
 * @param counted the sets that count until now, the newest first
 */
public record KnownDigests(SeenDigests seen, List<TagSet> counted) {
    public static final KnownDigests NONE = new KnownDigests(SeenDigests.NONE, List.of());

    public KnownDigests {
        counted = List.copyOf(counted);
    }

    /** Returns what is too young to count now, what counts next first. */
    public List<Waiting> waiting(Duration minimumAge, long uptime, Instant now) {
        return seen.digests().stream()
                .map(one -> Optional.ofNullable(one.tag().tag()))
                .distinct()
                .map(tag -> tag.orElse(null))
                .flatMap(tag ->
                        new TagAges(tag, seen.of(tag), counted, minimumAge, uptime).waiting(any -> false, now).stream())
                .sorted(Comparator.comparing(Waiting::until))
                .limit(Counted.MOST_WAITING)
                .toList();
    }

    /** Returns when the recorded digests were pushed, by tag, as far as that is known. */
    Map<String, Push> pushes() {
        Map<String, Push> pushes = new HashMap<>();
        for (TagSet set : counted) {
            for (TagDigest one : set.tags()) {
                Instant at = one.pushed();
                if (one.tag() != null && at != null) {
                    pushes.putIfAbsent(one.tag(), new Push(one.whole(), at));
                }
            }
        }
        return pushes;
    }

    /** Returns whether nothing is known of the image. */
    public boolean none() {
        return seen.isEmpty() && counted.isEmpty();
    }
}
