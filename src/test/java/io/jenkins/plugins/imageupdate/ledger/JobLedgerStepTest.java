package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.Sightings;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a build's own check is compared with, and what it means for the trigger. */
class JobLedgerStepTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final JobLedger ledger = new JobLedger();
    private final LedgerWriter writer = new LedgerWriter();
    private final Sightings app = new Sightings("gcr.io/p/app:stable", null);

    private CheckResult check(String content, int build) {
        return ledger.check(app.sees(content), Since.LAST_SUCCESS, new StepRun(build, null));
    }

    private CheckStatus lastCheck(String content, int build) {
        return ledger.check(app.sees(content), Since.LAST_CHECK, new StepRun(build, null))
                .status();
    }

    @Test
    void aFailedBuildSeesTheChangeAgain() {
        ledger.succeeded(List.of(check("a", 1)), 1, NOW);
        assertEquals(CheckStatus.UPDATED, check("b", 2).status());
        CheckResult again = check("b", 3);
        assertEquals(CheckStatus.UPDATED, again.status(), "build 2 did not succeed");
        assertEquals(Sightings.digest("a"), again.previousDigest());
        ledger.succeeded(List.of(again), 3, NOW);
        assertEquals(CheckStatus.UNCHANGED, check("b", 4).status());
    }

    @Test
    void withoutASuccessEveryCheckIsTheFirst() {
        assertEquals(CheckStatus.NEW, check("a", 1).status());
        assertEquals(CheckStatus.NEW, check("a", 2).status());
    }

    @Test
    void comparedWithTheLastCheckAFailedBuildCountsToo() {
        assertEquals(CheckStatus.NEW, lastCheck("a", 1));
        assertEquals(CheckStatus.UPDATED, lastCheck("b", 2));
        assertEquals(CheckStatus.UNCHANGED, lastCheck("b", 3));
    }

    @Test
    void theSameStepThatChecksAgainAfterARestartSeesTheChangeAgain() {
        lastCheck("a", 1);
        StepRun step = new StepRun(2, "7");
        assertEquals(
                CheckStatus.UPDATED,
                ledger.check(app.sees("b"), Since.LAST_CHECK, step).status());
        CheckResult again = ledger.check(app.sees("b"), Since.LAST_CHECK, step);
        assertEquals(CheckStatus.UPDATED, again.status());
        assertEquals(Sightings.digest("a"), again.previousDigest());
        CheckResult later = ledger.check(app.sees("c"), Since.LAST_CHECK, step);
        assertEquals(Sightings.digest("a"), later.previousDigest(), "the Pipeline never knew b");
        CheckResult next = ledger.check(app.sees("c"), Since.LAST_CHECK, new StepRun(2, "9"));
        assertEquals(CheckStatus.UNCHANGED, next.status());
    }

    @Test
    void ofBuildsThatEndOutOfOrderTheLaterOneCounts() {
        CheckResult early = check("a", 1);
        CheckResult late = check("b", 2);
        ledger.succeeded(List.of(late), 2, NOW);
        writer.write(ledger);
        ledger.succeeded(List.of(early), 1, NOW);
        assertFalse(writer.write(ledger));
        assertEquals(CheckStatus.UNCHANGED, check("b", 3).status());
    }

    @Test
    void ofTwoChecksInOneBuildTheSecondOneCounts() {
        CheckResult first = check("a", 1);
        CheckResult second = check("b", 1);
        ledger.succeeded(List.of(first, second), 1, NOW);
        assertEquals(CheckStatus.UNCHANGED, check("b", 2).status());
    }

    @Test
    void aFailedCheckIsNotRecordedAsSeenBySuccess() {
        ledger.succeeded(List.of(check("a", 1)), 1, NOW);
        CheckResult failed =
                ledger.check(app.failsWith(FailureKind.UNAVAILABLE), Since.LAST_SUCCESS, new StepRun(2, null));
        assertEquals(CheckStatus.FAILED, failed.status());
        ledger.succeeded(List.of(failed), 2, NOW);
        assertEquals(CheckStatus.UNCHANGED, check("a", 3).status());
        CheckResult gone =
                ledger.check(app.failsWith(FailureKind.TAG_NOT_FOUND), Since.LAST_SUCCESS, new StepRun(4, null));
        assertEquals(CheckStatus.REMOVED, gone.status());
        ledger.succeeded(List.of(gone), 4, NOW);
        assertEquals(CheckStatus.UNCHANGED, check("a", 5).status());
    }

    @Test
    void aCheckThatFailsBeforeAnyOtherRecordsNothing() {
        CheckResult failed =
                ledger.check(app.failsWith(FailureKind.UNAVAILABLE), Since.LAST_CHECK, new StepRun(1, null));
        assertEquals(CheckStatus.FAILED, failed.status());
        assertFalse(writer.write(ledger));
        assertEquals(List.of(), ledger.states());
    }

    @Test
    void anUnchangedCheckWritesNothing() {
        lastCheck("a", 1);
        assertTrue(writer.write(ledger));
        lastCheck("a", 2);
        assertFalse(writer.write(ledger));
    }

    @Test
    void aPinnedReferenceIsComparedWithItsPinAfterASuccessToo() {
        Sightings pinned = new Sightings("gcr.io/p/app:1.2@" + Sightings.digest("a"), null);
        CheckResult moved = ledger.check(pinned.sees("b"), Since.LAST_SUCCESS, new StepRun(1, null));
        assertEquals(CheckStatus.UPDATED, moved.status());
        ledger.succeeded(List.of(moved), 1, NOW);
        assertEquals(
                CheckStatus.UPDATED,
                ledger.check(pinned.sees("b"), Since.LAST_SUCCESS, new StepRun(2, null))
                        .status());
        assertEquals(
                CheckStatus.UNCHANGED,
                ledger.check(pinned.sees("a"), Since.LAST_SUCCESS, new StepRun(3, null))
                        .status());
    }

    @Test
    void whatABuildCheckedIsTheTriggersBaseline() {
        check("a", 1);
        assertEquals(
                CheckStatus.UNCHANGED, ledger.observe(app.sees("a"), true, 2).status());
        assertEquals(CheckStatus.UPDATED, ledger.observe(app.sees("b"), true, 2).status());
    }

    @Test
    void anUpdateThatASuccessfulBuildHasSeenIsNotBuiltAgain() {
        ledger.observe(app.sees("a"), false, 1);
        CheckResult queued = ledger.observe(app.sees("b"), false, 1);
        CheckResult seen = check("c", 1);
        ledger.succeeded(List.of(seen), 1, NOW);
        assertEquals(List.of(), ledger.pending());

        ledger.started(List.of(queued), 2, app.now());
        assertEquals(
                CheckStatus.UNCHANGED,
                ledger.observe(app.sees("c"), false, 3).status(),
                "its queue item came too late to turn back");
    }

    @Test
    void anUpdateThatAFailedBuildHasSeenIsStillBuiltByTheTrigger() {
        ledger.observe(app.sees("a"), false, 1);
        check("b", 1);
        assertEquals(1, ledger.pending().size());
        assertEquals(
                CheckStatus.UPDATED, ledger.observe(app.sees("b"), false, 2).status());
        assertEquals(Sightings.digest("b"), ledger.pending().get(0).digest());
    }

    @Test
    void aFailureOfTheTriggerIsOverWhenTheStepReadsTheImage() {
        ledger.observe(app.failsWith(FailureKind.FORBIDDEN), false, 1);
        assertEquals("FORBIDDEN", ledger.states().get(0).failureKind());
        check("a", 1);
        assertNull(ledger.states().get(0).failureKind());
    }

    @Test
    void afterTheBuildNumberWasSetBackASuccessCountsAgain() {
        ledger.succeeded(List.of(check("a", 50)), 50, NOW);
        ledger.renumber(1);
        CheckResult moved = check("b", 1);
        assertEquals(CheckStatus.UPDATED, moved.status());
        ledger.succeeded(List.of(moved), 1, NOW);
        assertEquals(CheckStatus.UNCHANGED, check("b", 2).status());
    }

    @Test
    void anUpdateThatIsPendingIsBuiltOnceAfterTheBuildNumberWasSetBack() {
        ledger.observe(app.sees("a"), false, 60);
        CheckResult pending = ledger.observe(app.sees("b"), false, 60);
        ledger.renumber(1);
        assertEquals(1, ledger.pendingNextBuild(image -> true));
        assertTrue(ledger.started(List.of(pending), 1, NOW));
        assertEquals(List.of(), ledger.pending());
    }

    @Test
    void whatBuildsHaveCheckedIsRememberedHoweverLongTheyCheckOtherImages() {
        ledger.succeeded(List.of(check("a", 1)), 1, NOW);
        ledger.watching(Set.of(), NOW);
        ledger.watching(Set.of(), NOW.plus(Duration.ofDays(400)));
        assertEquals(CheckStatus.UPDATED, check("b", 2).status());
    }

    @Test
    void ofTheImagesThatBuildsNoLongerCheckTheOldestAreForgottenFirst() {
        for (int i = 0; i <= JobLedger.MOST_UNWATCHED; i++) {
            Sightings one = new Sightings("gcr.io/p/app:" + i, null);
            ledger.check(one.sees("a"), Since.LAST_CHECK, new StepRun(i + 1, null));
            ledger.watching(Set.of(), NOW.plusSeconds(i));
        }
        assertEquals(JobLedger.MOST_UNWATCHED, ledger.images().size());
        assertFalse(ledger.images().contains(new Sightings("gcr.io/p/app:0", null).image()));
    }
}
