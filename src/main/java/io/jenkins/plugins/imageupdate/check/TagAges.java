package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Decides which digest of a tag counts: the newest one that is at least as old as the minimum age, even if the tag points at another one
 * by now. Digests that come within half of the minimum age after one another are one wave: its last digest counts, but not later than when
 * the first one is twice as old as the minimum age. So many pushes in a row lead to one build, and a tag that moves all the time still
 * gets builds.
 */
final class TagAges {
    private final List<SeenDigest> seen;
    private final TagDigest recorded;
    private final Duration minimumAge;
    private final long uptime;

    /** Index of the digest that counted until now, -1 if it is not among the seen ones. */
    private final int known;

    /** Index of the newest digest that is old enough and that no newer one of its wave holds back; {@code known} if there is none. */
    private final int newest;

    /**
     * @param seen the digests of the tag, the present one last
     * @param counted sets that count until now, the newest first
     */
    TagAges(@CheckForNull String tag, List<SeenDigest> seen, List<TagSet> counted, Duration minimumAge, long uptime) {
        this.seen = seen;
        this.minimumAge = minimumAge;
        this.uptime = uptime;
        List<TagDigest> before = counted.stream()
                .map(set -> set.find(tag))
                .filter(Objects::nonNull)
                .toList();
        recorded = before.isEmpty() ? null : before.get(0);
        known = last(one ->
                before.stream().anyMatch(old -> old.whole().equals(one.tag().whole())));
        int old = last(one -> one.counts(minimumAge, uptime));
        newest = old <= known || waveGoesOn(old) ? known : old;
    }

    private int last(Predicate<SeenDigest> which) {
        int index = seen.size() - 1;
        while (index >= 0 && !which.test(seen.get(index))) {
            index--;
        }
        return index;
    }

    private boolean waveGoesOn(int old) {
        return old + 1 < seen.size()
                && !seen.get(old).released()
                && age(old + 1).multipliedBy(2).compareTo(minimumAge) >= 0
                && age(known + 1).compareTo(minimumAge.multipliedBy(2)) < 0;
    }

    private Duration age(int index) {
        return seen.get(index).age(uptime);
    }

    /**
     * Returns the digest that counts; null if none of the tag is old enough and none was recorded.
     *
     * @param usable tells of a digest that is old enough whether it can be built
     */
    @CheckForNull
    TagDigest counting(Predicate<TagDigest> usable) {
        int index = index(usable);
        return index < 0 ? recorded : seen.get(index).tag();
    }

    private int index(Predicate<TagDigest> usable) {
        for (int index = newest; index > known; index--) {
            SeenDigest one = seen.get(index);
            if (one.counts(minimumAge, uptime) && usable.test(one.tag())) {
                return index;
            }
        }
        return known;
    }

    /** The digests that wait to count after the one that counts: the next one, and the present one if that is another. */
    List<Waiting> waiting(Predicate<TagDigest> usable, Instant now) {
        List<Waiting> waiting = new ArrayList<>();
        int next = index(usable) + 1;
        if (next < seen.size()) {
            waiting.add(waiting(next, now));
        }
        if (next < seen.size() - 1) {
            waiting.add(waiting(seen.size() - 1, now));
        }
        return waiting;
    }

    private Waiting waiting(int index, Instant now) {
        TagDigest tag = seen.get(index).tag();
        // A digest that is old enough waits for a newer one of its wave.
        int deciding = index;
        while (deciding < seen.size() - 1 && seen.get(deciding).counts(minimumAge, uptime)) {
            deciding++;
        }
        Duration left = minimumAge.minus(age(deciding));
        Instant until = now.plus(left.isNegative() ? Duration.ZERO : left).truncatedTo(ChronoUnit.SECONDS);
        return new Waiting(tag.tag(), tag.digest(), until);
    }
}
