package io.jenkins.plugins.imageupdate.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The times are hours; the minimum age is 24. */
class TagAgesTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<SeenDigest> seen = new ArrayList<>();

    private TagAgesTest at(int hour, String content) {
        seen.add(new SeenDigest(digest(content), NOW, hour * 3600L, false));
        return this;
    }

    private static TagDigest digest(String content) {
        return new TagDigest(null, Sightings.digest(content), null);
    }

    private TagAges ages(int hour, String counted) {
        List<TagSet> before = counted == null ? List.of() : List.of(TagSet.of(digest(counted)));
        return new TagAges(null, seen, before, DAY, hour * 3600L);
    }

    private void counts(String expected, int hour, String counted) {
        TagDigest counting = ages(hour, counted).counting(any -> true);
        assertEquals(expected == null ? null : digest(expected), counting, () -> "at hour " + hour);
    }

    @Test
    void aDigestCountsWhenItIsOldEnoughAndNotBefore() {
        at(-100, "a").at(0, "b");
        counts("a", 23, "a");
        counts("b", 24, "a");
    }

    @Test
    void nothingCountsOfAnImageThatIsTooYoungAndWasNeverRecorded() {
        at(0, "a");
        counts(null, 23, null);
        counts("a", 24, null);
    }

    @Test
    void aDigestCountsAlthoughTheTagHasMovedOn() {
        at(-100, "a").at(0, "b").at(20, "c");
        counts("b", 24, "a");
        counts("c", 44, "b");
    }

    @Test
    void pushesThatFollowEachOtherSoonAreOneWaveAndItsLastDigestCounts() {
        at(-100, "a").at(0, "b").at(1, "c").at(2, "d");
        counts("a", 24, "a");
        counts("a", 25, "a");
        counts("d", 26, "a");
    }

    @Test
    void aWaveThatDoesNotEndIsCutWhenItsFirstDigestIsTwiceAsOldAsTheMinimumAge() {
        at(-100, "a");
        for (int hour = 0; hour <= 48; hour++) {
            at(hour, "b" + hour);
        }
        counts("a", 47, "a");
        counts("b24", 48, "a");
    }

    @Test
    void aTagThatGoesBackToWhatCountsHasNothingThatWaits() {
        at(0, "b").at(-100, "a");
        counts("a", 30, "a");
        assertEquals(List.of(), ages(30, "a").waiting(any -> true, NOW));
    }

    @Test
    void aDigestThatTheRegistryDoesNotHaveGivesWayToTheNextOlderOne() {
        at(-100, "a").at(0, "b").at(15, "c").at(60, "d");
        Set<TagDigest> has = Set.of(digest("b"));
        assertEquals(digest("b"), ages(61, "a").counting(has::contains));
        assertEquals(digest("a"), ages(61, "a").counting(any -> false));
    }

    @Test
    void aReleasedDigestCountsAtOnce() {
        at(-100, "a").at(0, "b");
        seen.set(1, seen.get(1).release());
        counts("b", 1, "a");
    }

    @Test
    void whatWaitsIsTheNextDigestAndThePresentOne() {
        at(-100, "a").at(0, "b").at(14, "c").at(15, "d");
        List<Waiting> waiting = ages(16, "a").waiting(any -> true, NOW);
        assertEquals(
                List.of(
                        new Waiting(null, Sightings.digest("b"), NOW.plus(Duration.ofHours(8))),
                        new Waiting(null, Sightings.digest("d"), NOW.plus(Duration.ofHours(23)))),
                waiting);
        assertEquals(
                "sha256:" + Sightings.digest("b").hex().substring(0, 12) + " waits until 2026-01-01T08:00:00Z",
                waiting.get(0).sentence());
    }

    @Test
    void aDigestOfAWaveWaitsForTheNextOneOfIt() {
        at(-100, "a").at(0, "b").at(10, "c");
        List<Waiting> waiting = ages(25, "a").waiting(any -> true, NOW);
        assertEquals(NOW.plus(Duration.ofHours(9)), waiting.get(0).until());
        assertEquals(NOW.plus(Duration.ofHours(9)), waiting.get(1).until());
    }
}
