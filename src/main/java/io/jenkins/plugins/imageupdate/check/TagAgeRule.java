package io.jenkins.plugins.imageupdate.check;

import io.jenkins.plugins.imageupdate.registry.Push;
import io.jenkins.plugins.imageupdate.registry.TagList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which tags of a policy have to be requested if tags must be of an age before they count: those that count, and new ones. A tag that is
 * known to be too young is not requested until it is old enough. A new tag that ranks below a young one is passed over: it could count
 * only after the young one.
 *
 * @param minimumAge longer than zero
 * @param counting tags that have a digest that is old enough, or that was recorded
 * @param resting tags of which every known digest is too young
 */
record TagAgeRule(Duration minimumAge, Set<String> counting, Set<String> resting) {
    /** New tags that are requested in one check, beside those that count. */
    private static final int MOST_NEW = 10;

    static TagAgeRule of(KnownDigests known, Duration minimumAge, long uptime) {
        Set<String> counting = new HashSet<>();
        Set<String> resting = new HashSet<>();
        Stream<TagDigest> recorded = known.counted().stream().flatMap(set -> set.tags().stream());
        Stream.concat(recorded, known.seen().digests().stream().map(SeenDigest::tag))
                .map(TagDigest::tag)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(tag -> {
                    TagAges ages = new TagAges(tag, known.seen().of(tag), known.counted(), minimumAge, uptime);
                    (ages.counting(any -> true) == null ? resting : counting).add(tag);
                });
        return new TagAgeRule(minimumAge, counting, resting);
    }

    /**
     * Returns the tags to request, the newest first; never none.
     *
     * @param ranked the tags that the policy allows, the newest first
     * @param list what the registry listed; if it tells when tags were pushed, that counts for an image that was never seen before
     * @param most how many tags count
     * @param unlisted tags that may be gone
     * @param young gets the tags that are known to be too young
     */
    List<String> asked(List<String> ranked, TagList list, int most, Set<String> unlisted, List<String> young) {
        boolean first = counting.isEmpty() && resting.isEmpty();
        List<String> asked = new ArrayList<>();
        int old = 0;
        int fresh = 0;
        for (String tag : ranked) {
            if (old == most) {
                break;
            }
            if (counting.contains(tag)) {
                asked.add(tag);
                old += unlisted.contains(tag) ? 0 : 1;
            } else if (resting.contains(tag)) {
                young.add(tag);
            } else if (first && pushedBefore(list, tag)) {
                asked.add(tag);
                old++;
            } else if (young.isEmpty() && fresh < (first ? most : most + MOST_NEW)) {
                asked.add(tag);
                fresh++;
            } else if (first && list.pushes().isEmpty()) {
                break;
            }
        }
        if (asked.isEmpty() && !ranked.isEmpty()) {
            asked.add(ranked.get(0));
            young.remove(ranked.get(0));
        }
        return asked;
    }

    private boolean pushedBefore(TagList list, String tag) {
        Push push = list.pushes().get(tag);
        return push != null
                && list.at() != null
                && Duration.between(push.at(), list.at()).compareTo(minimumAge) >= 0;
    }
}
