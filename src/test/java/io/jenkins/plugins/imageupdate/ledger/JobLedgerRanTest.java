package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.AgedSightings;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.Ran;
import io.jenkins.plugins.imageupdate.check.RanDigests;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What builds really ran is the baseline, and each digest of a tag starts one build at most. */
class JobLedgerRanTest {
    private static final Duration AGE = Duration.ofDays(3);

    private JobLedger ledger = new JobLedger();
    private final Sightings app = new Sightings("gcr.io/p/app:stable", null);

    /** The number of the job's last build, and what it ran. */
    private int build;

    private String ran;

    private void build(String content) {
        build++;
        ran = content;
    }

    private Sighting with(Sighting seen, boolean current) {
        return seen.with(new Ran(build, current ? null : Sightings.digest(ran)));
    }

    private CheckResult check(String tag) {
        return ledger.observe(with(app.sees(tag), tag.equals(ran)), false, build + 1);
    }

    /** Starts a build for what is pending. */
    private void start(String content) {
        List<CheckResult> pending = ledger.pending();
        assertFalse(pending.isEmpty());
        build(content);
        assertTrue(ledger.started(pending, build, app.now()));
    }

    private void assertRebuilt(String tag, String content) {
        CheckResult update = check(tag);
        assertEquals(CheckStatus.UPDATED, update.status());
        assertEquals(Sightings.digest(tag), update.digest());
        assertEquals(Sightings.digest(ran), update.previousDigest());
        start(content);
    }

    private void assertNotRebuilt(String tag) {
        CheckResult result = check(tag);
        assertEquals(CheckStatus.UNCHANGED, result.status(), result::sentence);
        assertEquals(List.of(), ledger.pending());
    }

    @Test
    void aBuildOfAnOlderImageIsRepeatedOnceAtTheFirstCheck() {
        build("old");
        assertRebuilt("new", "new");
        assertNotRebuilt("new");
    }

    @Test
    void aBuildOfTheTagsImageIsNotRepeatedEvenIfTheFirstCheckIsToBuild() {
        build("a");
        CheckResult first = ledger.observe(with(app.sees("a"), true), true, 2);
        assertEquals(CheckStatus.UNCHANGED, first.status());
        assertEquals(List.of(), ledger.pending());
    }

    @Test
    void aNodeThatKeepsItsOldImageDoesNotStartBuildAfterBuild() {
        build("old");
        assertRebuilt("new", "old");
        assertNotRebuilt("new");
        build("old");
        assertNotRebuilt("new");
        assertRebuilt("newest", "old");
        assertNotRebuilt("newest");
    }

    @Test
    void aNodeWithAnOldImageIsSeenAlthoughTheTagHasNotMovedAndOnlyOnce() {
        build("new");
        assertNotRebuilt("new");
        build("old");
        assertRebuilt("new", "old");
        assertNotRebuilt("new");
        build("older");
        assertNotRebuilt("new");
    }

    @Test
    void whatWasBuiltForTheTagsMoveIsNotBuiltAgainForANodeWithAnOldImage() {
        build("one");
        assertNotRebuilt("one");
        assertRebuilt("two", "two");
        assertNotRebuilt("two");
        build("one");
        assertNotRebuilt("two");
    }

    @Test
    void aBuildThatRanTheNewImageBeforeItWasCheckedSettlesIt() {
        build("one");
        assertNotRebuilt("one");
        build("two");
        assertNotRebuilt("two");
    }

    @Test
    void aTagThatGoesBackToWhatRanStartsNothing() {
        build("one");
        assertRebuilt("two", "one");
        assertNotRebuilt("one");
    }

    @Test
    void aCancelledBuildIsNotAskedForAgain() {
        build("old");
        check("new");
        ledger.dismissed(ledger.pending(), app.now());
        assertNotRebuilt("new");
        build("old");
        assertNotRebuilt("new");
        assertRebuilt("newest", "newest");
    }

    @Test
    void aBuildBeforeTheOneThatWasStartedDoesNotCount() {
        build("old");
        CheckResult update = check("new");
        ledger.started(List.of(update), 2, app.now());
        Sighting late = app.sees("newer").with(new Ran(1, Sightings.digest("old")));
        CheckResult result = ledger.observe(late, false, 3);
        assertEquals(CheckStatus.UPDATED, result.status());
        assertEquals(Sightings.digest("new"), result.previousDigest());
    }

    @Test
    void anUpdateThatWaitsIsNotReplaced() {
        build("old");
        check("new");
        build("new");
        assertEquals(CheckStatus.UPDATED, check("new").status());
        assertEquals(Sightings.digest("old"), ledger.pending().get(0).previousDigest());
    }

    @Test
    void theFirstDigestThatWasSeenWithoutABuildIsReplacedByWhatRan() {
        ledger.observe(app.sees("new"), false, 1);
        build("old");
        assertRebuilt("new", "new");
    }

    @Test
    void aCheckIsToldWhatIsToBeCompared() {
        RanDigests old = new RanDigests(1, List.of(Sightings.digest("old")));
        assertNull(ledger.compared(app.image(), null));
        assertEquals(old, ledger.compared(app.image(), old));
        build("old");
        check("new");
        assertNull(ledger.compared(app.image(), old), "an update waits");
        start("old");
        assertNull(ledger.compared(app.image(), old), "it is older");
        RanDigests again = new RanDigests(2, List.of(Sightings.digest("old")));
        assertEquals(again.withSettled(Sightings.digest("new")), ledger.compared(app.image(), again));
    }

    @Test
    void numbersOfBuildsThatAreGoneDoNotCount() {
        build("old");
        assertRebuilt("new", "new");
        ledger.renumber(1);
        build = 0;
        build("old");
        assertNotRebuilt("new");
        assertRebuilt("newest", "newest");
    }

    /** A check of a digest that counts only when it is old enough. */
    private CheckResult aged(String tag, long days) {
        AgedSightings sightings = new AgedSightings();
        Sighting seen = sightings.see(
                Sightings.digest(tag),
                ledger.knownDigests(sightings.image()),
                digest -> true,
                AGE,
                Duration.ofDays(days).toSeconds(),
                Instant.EPOCH.plus(Duration.ofDays(days)));
        return ledger.observe(with(seen, tag.equals(ran)), false, build + 1);
    }

    @Test
    void withAMinimumAgeTheTagsImageMustRestBeforeAnOldOneIsReplaced() {
        build("old");
        CheckResult waits = aged("new", 0);
        assertEquals(CheckStatus.WAITING, waits.status());
        assertEquals(Sightings.digest("old"), waits.previousDigest());
        assertEquals(CheckStatus.WAITING, aged("new", 2).status());
        assertEquals(CheckStatus.UPDATED, aged("new", 3).status());
        start("old");
        assertEquals(CheckStatus.UNCHANGED, aged("new", 4).status());
    }

    @Test
    void withAMinimumAgeTheDigestThatCountsStartsOneBuildAlthoughTheTagHasMovedOn() {
        build("old");
        aged("new", 0);
        assertEquals(CheckStatus.UPDATED, aged("new", 3).status());
        start("old");
        assertEquals(CheckStatus.WAITING, aged("newest", 4).status());
        assertEquals(CheckStatus.WAITING, aged("newest", 5).status());
        build("old");
        assertEquals(CheckStatus.WAITING, aged("newest", 6).status());
        assertEquals(CheckStatus.UPDATED, aged("newest", 7).status());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3})
    void whateverNodesRunThereAreNoMoreBuildsThanMovesOfTheTag(long days) {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            ledger = new JobLedger();
            build = 0;
            int moves = 1;
            int started = 0;
            int tag = 0;
            build("0");
            for (int day = 0; day < 40; day++) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        tag = random.nextInt(4);
                        moves++;
                    }
                    case 1 -> build(String.valueOf(random.nextInt(4)));
                    default -> {
                        if (days == 0) {
                            check(String.valueOf(tag));
                        } else {
                            aged(String.valueOf(tag), day);
                        }
                        if (!ledger.pending().isEmpty()) {
                            start(String.valueOf(random.nextInt(4)));
                            started++;
                        }
                    }
                }
            }
            assertTrue(started <= moves, started + " builds, " + moves + " moves, seed " + seed);
        }
    }
}
