package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.Sightings;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way of an update that the trigger saw: observed, pending, baseline. */
class JobLedgerTest {
    private final JobLedger ledger = new JobLedger();
    private final Sightings app = new Sightings("gcr.io/p/app:stable", null);

    private CheckStatus observe(Sighting seen) {
        return ledger.observe(seen, false, 5).status();
    }

    private void assertPending(String... contents) {
        assertEquals(
                List.of(contents).stream()
                        .map(content -> Sightings.digest(content).toString())
                        .toList(),
                ledger.pending().stream().map(CheckResult::effectiveDigest).toList());
    }

    @Test
    void theFirstSightIsRecordedAndNotBuilt() {
        assertNull(ledger.known(app.image()));
        assertEquals(CheckStatus.NEW, observe(app.sees("a")));
        assertTrue(ledger.modified());
        assertPending();
        assertEquals(
                Sightings.digest("a").toString(),
                ledger.known(app.image()).digest().toString());
    }

    @Test
    void theFirstSightIsBuiltWhereThatIsWanted() {
        CheckResult update = ledger.observe(app.sees("a"), true, 5);
        assertEquals(CheckStatus.NEW, update.status());
        assertPending("a");
        assertEquals(CheckStatus.NEW, ledger.observe(app.sees("a"), true, 5).status(), "not built yet");
        ledger.started(ledger.pending(), 5, app.now());
        assertEquals(
                CheckStatus.UNCHANGED, ledger.observe(app.sees("a"), true, 6).status());
        assertPending();
    }

    @Test
    void anUnchangedImageWritesNothing() {
        observe(app.sees("a"));
        assertTrue(ledger.modified());
        assertFalse(ledger.modified(), "once asked, it is answered");
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("a")));
        assertFalse(ledger.modified());
    }

    @Test
    void aChangeIsPendingUntilItsBuildStarts() {
        observe(app.sees("a"));
        CheckResult update = ledger.observe(app.sees("b"), false, 7);
        assertEquals(CheckStatus.UPDATED, update.status());
        assertEquals(Sightings.digest("a").toString(), update.previousDigest());
        assertTrue(ledger.modified());
        assertPending("b");
        assertEquals(7, ledger.pendingNextBuild());

        assertEquals(
                CheckStatus.UPDATED, ledger.observe(app.sees("b"), false, 8).status());
        assertFalse(ledger.modified(), "seen again, nothing new");
        assertEquals(7, ledger.pendingNextBuild());

        ledger.started(List.of(update), 7, app.now());
        assertTrue(ledger.modified());
        assertPending();
        assertEquals(Integer.MAX_VALUE, ledger.pendingNextBuild());
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("b")));
    }

    @Test
    void aStartThatIsReportedTwiceIsOne() {
        observe(app.sees("a"));
        CheckResult update = ledger.observe(app.sees("b"), false, 7);
        ledger.started(List.of(update), 7, app.now());
        assertTrue(ledger.modified());
        ledger.started(List.of(update), 7, app.now());
        assertFalse(ledger.modified());
    }

    @Test
    void anUpdateDuringAnotherTakesItsPlaceAndSurvivesTheOthersStart() {
        observe(app.sees("a"));
        CheckResult first = observedUpdate("b", 7);
        CheckResult second = observedUpdate("c", 8);
        assertPending("c");
        assertEquals(8, ledger.pendingNextBuild());

        ledger.started(List.of(first), 7, app.now());
        assertPending("c");
        assertEquals(
                Sightings.digest("b").toString(), ledger.pending().get(0).previousDigest(), "b is what was built last");

        ledger.started(List.of(second), 8, app.now());
        assertPending();
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("c")));
    }

    @Test
    void aBuildStartedForBothOfTwoUpdatesSettlesBoth() {
        observe(app.sees("a"));
        CheckResult first = observedUpdate("b", 7);
        CheckResult second = observedUpdate("c", 7);
        ledger.started(List.of(second, first), 7, app.now());
        assertPending();
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("c")));
    }

    @Test
    void aReplayedBuildDoesNotTurnTheLedgerBack() {
        observe(app.sees("a"));
        CheckResult first = observedUpdate("b", 7);
        ledger.started(List.of(first), 7, app.now());
        ledger.started(List.of(observedUpdate("c", 8)), 8, app.now());
        ledger.modified();

        ledger.started(List.of(first), 9, app.now());
        assertFalse(ledger.modified());
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("c")));
    }

    @Test
    void aDismissedUpdateIsDoneAndTheNextIsNot() {
        observe(app.sees("a"));
        ledger.dismissed(List.of(observedUpdate("b", 7)), app.now());
        assertTrue(ledger.modified());
        assertPending();
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("b")));
        assertEquals(CheckStatus.UPDATED, observe(app.sees("c")));
        assertPending("c");
    }

    @Test
    void updatesOfSeveralImagesAreSettledTogetherAndApart() {
        Sightings base = new Sightings("gcr.io/p/base:1", null);
        observe(app.sees("a"));
        observe(base.sees("x"));
        CheckResult ours = observedUpdate("b", 7);
        ledger.observe(base.sees("y"), false, 9);
        assertPending("b", "y");
        assertEquals(7, ledger.pendingNextBuild(), "the earlier of both");

        ledger.started(List.of(ours), 7, app.now());
        assertPending("y");
        assertEquals(9, ledger.pendingNextBuild());
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void aFailureChangesNothingThatIsRecorded(FailureKind kind) {
        observe(app.sees("a"));
        observedUpdate("b", 7);
        ledger.modified();
        CheckStatus expected = kind == FailureKind.TAG_NOT_FOUND ? CheckStatus.REMOVED : CheckStatus.FAILED;

        assertEquals(expected, observe(app.failsWith(kind)));
        assertTrue(ledger.modified(), "since when it fails is kept");
        assertEquals(expected, observe(app.failsWith(kind)));
        assertFalse(ledger.modified());
        assertPending("b");

        assertEquals(CheckStatus.UPDATED, observe(app.sees("b")));
        assertTrue(ledger.modified(), "it fails no longer");
        assertEquals(7, ledger.pendingNextBuild());
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void anImageThatWasNeverSeenIsNotRemoved(FailureKind kind) {
        assertEquals(CheckStatus.FAILED, observe(app.failsWith(kind)));
        assertEquals(CheckStatus.NEW, observe(app.sees("a")));
        assertPending();
    }

    @Test
    void aTagThatComesBackIsComparedWithWhatItWas() {
        observe(app.sees("a"));
        CheckResult gone = ledger.observe(app.failsWith(FailureKind.TAG_NOT_FOUND), false, 7);
        assertEquals(CheckStatus.REMOVED, gone.status());
        assertNull(gone.digest());
        assertEquals(Sightings.digest("a").toString(), gone.previousDigest());
        assertPending();

        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("a")));
        observe(app.failsWith(FailureKind.TAG_NOT_FOUND));
        assertEquals(CheckStatus.UPDATED, observe(app.sees("b")));
        assertPending("b");
    }

    @Test
    void aTagThatGoesBeforeItsFirstBuildIsRemovedToo() {
        ledger.observe(app.sees("a"), true, 7);
        assertEquals(CheckStatus.REMOVED, observe(app.failsWith(FailureKind.TAG_NOT_FOUND)));
        assertPending("a");
    }

    @Test
    void aRemovedImageInACauseIsNoBaseline() {
        observe(app.sees("a"));
        CheckResult gone = ledger.observe(app.failsWith(FailureKind.TAG_NOT_FOUND), false, 7);
        ledger.started(List.of(gone), 7, app.now());
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("a")));
    }

    private CheckResult observedUpdate(String content, int nextBuild) {
        CheckResult update = ledger.observe(app.sees(content), false, nextBuild);
        assertEquals(CheckStatus.UPDATED, update.status());
        return update;
    }
}
