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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way of an update that the trigger saw: observed, pending, baseline. */
class JobLedgerTest {
    private final JobLedger ledger = new JobLedger();
    private final LedgerWriter writer = new LedgerWriter();
    private final Sightings app = new Sightings("gcr.io/p/app:stable", null);

    private CheckStatus observe(Sighting seen) {
        return ledger.observe(seen, false, 5).status();
    }

    private void assertPending(String... contents) {
        assertEquals(
                Stream.of(contents).map(Sightings::digest).toList(),
                ledger.pending().stream().map(CheckResult::digest).toList());
    }

    @Test
    void theFirstSightingIsRecordedAndNotBuilt() {
        assertNull(ledger.known(app.image()));
        assertEquals(CheckStatus.NEW, observe(app.sees("a")));
        assertTrue(writer.write(ledger));
        assertPending();
        assertEquals(Sightings.digest("a"), ledger.known(app.image()).digest());
    }

    @Test
    void theFirstSightingIsBuiltIfTheTriggerWantsThat() {
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
        assertTrue(writer.write(ledger));
        assertFalse(writer.write(ledger), "it was just written");
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("a")));
        assertFalse(writer.write(ledger));
    }

    @Test
    void aChangeIsPendingUntilItsBuildStarts() {
        observe(app.sees("a"));
        CheckResult update = ledger.observe(app.sees("b"), false, 7);
        assertEquals(CheckStatus.UPDATED, update.status());
        assertEquals(Sightings.digest("a"), update.previousDigest());
        assertTrue(writer.write(ledger));
        assertPending("b");
        assertEquals(7, ledger.pendingNextBuild(image -> true));

        assertEquals(
                CheckStatus.UPDATED, ledger.observe(app.sees("b"), false, 8).status());
        assertFalse(writer.write(ledger), "the same update again");
        assertEquals(7, ledger.pendingNextBuild(image -> true));

        ledger.started(List.of(update), 7, app.now());
        assertTrue(writer.write(ledger));
        assertPending();
        assertEquals(Integer.MAX_VALUE, ledger.pendingNextBuild(image -> true));
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("b")));
    }

    @Test
    void aStartThatIsReportedTwiceIsRecordedOnce() {
        observe(app.sees("a"));
        CheckResult update = ledger.observe(app.sees("b"), false, 7);
        ledger.started(List.of(update), 7, app.now());
        assertTrue(writer.write(ledger));
        ledger.started(List.of(update), 7, app.now());
        assertFalse(writer.write(ledger));
    }

    @Test
    void anUpdateThatReplacesAPendingOneStaysPendingWhenTheFirstOneStarts() {
        observe(app.sees("a"));
        CheckResult first = observedUpdate("b", 7);
        CheckResult second = observedUpdate("c", 8);
        assertPending("c");
        assertEquals(8, ledger.pendingNextBuild(image -> true));

        ledger.started(List.of(first), 7, app.now());
        assertPending("c");
        assertEquals(Sightings.digest("b"), ledger.pending().get(0).previousDigest(), "b was built last");

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
        writer.write(ledger);

        ledger.started(List.of(first), 9, app.now());
        assertFalse(writer.write(ledger));
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("c")));
    }

    @Test
    void aDismissedUpdateIsSettledAndTheNextIsNot() {
        observe(app.sees("a"));
        ledger.dismissed(List.of(observedUpdate("b", 7)), app.now());
        assertTrue(writer.write(ledger));
        assertPending();
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("b")));
        assertEquals(CheckStatus.UPDATED, observe(app.sees("c")));
        assertPending("c");
    }

    @Test
    void anUpdateThatIsDismissedTwiceIsRecordedOnce() {
        observe(app.sees("a"));
        CheckResult update = observedUpdate("b", 7);
        ledger.dismissed(List.of(update), app.now());
        CheckResult settled = ledger.states().get(0).result();
        writer.write(ledger);
        ledger.dismissed(List.of(update), app.now());
        ledger.dismissed(List.of(settled), app.now());
        assertFalse(writer.write(ledger));
    }

    @Test
    void updatesOfSeveralImagesAreSettledTogetherAndApart() {
        Sightings base = new Sightings("gcr.io/p/base:1", null);
        observe(app.sees("a"));
        observe(base.sees("x"));
        CheckResult ours = observedUpdate("b", 7);
        ledger.observe(base.sees("y"), false, 9);
        assertPending("b", "y");
        assertEquals(7, ledger.pendingNextBuild(image -> true), "the earlier of both");

        ledger.started(List.of(ours), 7, app.now());
        assertPending("y");
        assertEquals(9, ledger.pendingNextBuild(image -> true));
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void aFailureChangesNothingThatIsRecorded(FailureKind kind) {
        observe(app.sees("a"));
        observedUpdate("b", 7);
        writer.write(ledger);
        CheckStatus expected = kind == FailureKind.TAG_NOT_FOUND ? CheckStatus.REMOVED : CheckStatus.FAILED;

        assertEquals(expected, observe(app.failsWith(kind)));
        assertTrue(writer.write(ledger), "since when it fails is kept");
        assertEquals(expected, observe(app.failsWith(kind)));
        assertFalse(writer.write(ledger));
        assertPending("b");

        assertEquals(CheckStatus.UPDATED, observe(app.sees("b")));
        assertTrue(writer.write(ledger), "it does not fail any more");
        assertEquals(7, ledger.pendingNextBuild(image -> true));
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
        assertEquals(Sightings.digest("a"), gone.previousDigest());
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
    void aRemovedImageInACauseIsNotABaseline() {
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
