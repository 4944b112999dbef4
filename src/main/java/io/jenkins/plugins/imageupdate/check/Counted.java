package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A sighting, and what counts of it.
 *
 * @param tags the tags that count, with the digests that count; null with a failure, and if no digest is old enough
 * @param waiting what is too young to count, what counts next first; no more than {@link #MOST_WAITING}
 */
public record Counted(Sighting seen, @CheckForNull TagSet tags, List<Waiting> waiting) {
    /** How many digests that wait a result names. */
    static final int MOST_WAITING = 10;

    public Counted {
        waiting = waiting.stream()
                .sorted(Comparator.comparing(Waiting::until))
                .limit(MOST_WAITING)
                .toList();
    }

    /** Everything that was seen counts. */
    static Counted all(Sighting seen) {
        return new Counted(seen, seen.tags(), List.of());
    }

    /**
     * Leaves out what is too young.
     *
     * @param history the digests of the image's tags, those of this sighting included
     * @param before the sets that count until now, the newest first
     */
    public static Counted of(Sighting seen, SeenDigests history, List<TagSet> before) {
        TagSet tags = seen.tags();
        Rest rest = seen.rest();
        if (tags == null || rest == null) {
            return all(seen);
        }
        Predicate<TagDigest> usable = usable(seen, rest);
        List<TagDigest> counting = new ArrayList<>();
        List<Waiting> waiting = new ArrayList<>();
        for (String name : seen.resting()) {
            waiting.addAll(ages(name, seen, rest, history, before).waiting(usable, seen.at()));
        }
        List<Integer> ranks = new ArrayList<>();
        for (TagDigest tag : tags.tags()) {
            ranks.add(counting.size());
            if (counting.size() < rest.most()) {
                TagAges ages = ages(tag.tag(), seen, rest, history, before);
                TagDigest counts = ages.counting(usable);
                if (counts != null) {
                    counting.add(counts);
                }
                waiting.addAll(ages.waiting(usable, seen.at()));
            }
        }
        ranks.add(counting.size());
        if (counting.isEmpty()) {
            return new Counted(seen, null, waiting);
        }
        List<TagSet.GoneTag> gone = tags.gone().stream()
                .map(one -> new TagSet.GoneTag(one.tag(), ranks.get(one.above())))
                .toList();
        return new Counted(seen, new TagSet(counting, gone), waiting);
    }

    private static TagAges ages(
            @CheckForNull String tag, Sighting seen, Rest rest, SeenDigests history, List<TagSet> before) {
        return new TagAges(tag, history.of(tag), before, rest.minimumAge(), seen.uptime());
    }

    /** A tag's present digest was just seen. An earlier one must have been asked for. */
    private static Predicate<TagDigest> usable(Sighting seen, Rest rest) {
        return one -> present(seen, one) || rest.served().contains(one.whole());
    }

    private static boolean present(Sighting seen, TagDigest one) {
        TagSet tags = seen.tags();
        TagDigest now = tags == null ? null : tags.find(one.tag());
        return now != null && now.whole().equals(one.whole());
    }

    /** Returns the first digest that would count, but of which it is not known whether the registry still has it. */
    static Optional<TagDigest> unproven(Sighting seen, SeenDigests history, List<TagSet> before) {
        Rest rest = seen.rest();
        TagSet tags = seen.tags();
        if (rest == null || tags == null) {
            return Optional.empty();
        }
        Predicate<TagDigest> proven = usable(seen, rest);
        Predicate<TagDigest> possible = one -> !rest.gone().contains(one.whole());
        return tags.tags().stream()
                .map(tag -> ages(tag.tag(), seen, rest, history, before).counting(possible))
                .filter(one -> one != null && !proven.test(one))
                .filter(one -> before.stream()
                        .map(set -> set.find(one.tag()))
                        .noneMatch(old -> old != null && old.whole().equals(one.whole())))
                .findFirst();
    }
}
