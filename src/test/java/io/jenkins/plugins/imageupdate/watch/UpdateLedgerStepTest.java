package io.jenkins.plugins.imageupdate.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a build's own check is compared with, and what it means for the trigger. */
class UpdateLedgerStepTest {
    private final UpdateLedger ledger = new UpdateLedger();
    private final Sightings app = new Sightings("gcr.io/p/app:stable", null);

    private ImageUpdate check(String content, int build) {
        return ledger.check(app.sees(content), Since.LAST_SUCCESS, new StepRun(build, null));
    }

    private ImageStatus lastCheck(String content, int build) {
        return ledger.check(app.sees(content), Since.LAST_CHECK, new StepRun(build, null))
                .status();
    }

    @Test
    void aFailedBuildSeesTheChangeAgain() {
        ledger.succeeded(List.of(check("a", 1)), 1);
        assertEquals(ImageStatus.UPDATED, check("b", 2).status());
        ImageUpdate again = check("b", 3);
        assertEquals(ImageStatus.UPDATED, again.status(), "build 2 did not succeed");
        assertEquals(Sightings.digest("a").toString(), again.previousDigest());
        ledger.succeeded(List.of(again), 3);
        assertEquals(ImageStatus.UNCHANGED, check("b", 4).status());
    }

    @Test
    void withoutASuccessEveryCheckIsTheFirst() {
        assertEquals(ImageStatus.NEW, check("a", 1).status());
        assertEquals(ImageStatus.NEW, check("a", 2).status());
    }

    @Test
    void sinceTheLastCheckAFailedBuildCountsToo() {
        assertEquals(ImageStatus.NEW, lastCheck("a", 1));
        assertEquals(ImageStatus.UPDATED, lastCheck("b", 2));
        assertEquals(ImageStatus.UNCHANGED, lastCheck("b", 3));
    }

    @Test
    void theSameStepThatChecksAgainAfterARestartSeesTheChangeAgain() {
        lastCheck("a", 1);
        StepRun step = new StepRun(2, "7");
        assertEquals(
                ImageStatus.UPDATED,
                ledger.check(app.sees("b"), Since.LAST_CHECK, step).status());
        ImageUpdate again = ledger.check(app.sees("b"), Since.LAST_CHECK, step);
        assertEquals(ImageStatus.UPDATED, again.status());
        assertEquals(Sightings.digest("a").toString(), again.previousDigest());
        ImageUpdate later = ledger.check(app.sees("c"), Since.LAST_CHECK, step);
        assertEquals(Sightings.digest("a").toString(), later.previousDigest(), "b was told to nobody");
        ImageUpdate next = ledger.check(app.sees("c"), Since.LAST_CHECK, new StepRun(2, "9"));
        assertEquals(ImageStatus.UNCHANGED, next.status());
    }

    @Test
    void ofBuildsThatEndOutOfOrderTheLaterCounts() {
        ImageUpdate early = check("a", 1);
        ImageUpdate late = check("b", 2);
        ledger.succeeded(List.of(late), 2);
        ledger.modified();
        ledger.succeeded(List.of(early), 1);
        assertFalse(ledger.modified());
        assertEquals(ImageStatus.UNCHANGED, check("b", 3).status());
    }

    @Test
    void ofTwoChecksInOneBuildTheSecondCounts() {
        ImageUpdate first = check("a", 1);
        ImageUpdate second = check("b", 1);
        ledger.succeeded(List.of(first, second), 1);
        assertEquals(ImageStatus.UNCHANGED, check("b", 2).status());
    }

    @Test
    void whatFailedIsNoSuccess() {
        ledger.succeeded(List.of(check("a", 1)), 1);
        ImageUpdate failed =
                ledger.check(app.failsWith(FailureKind.UNAVAILABLE), Since.LAST_SUCCESS, new StepRun(2, null));
        assertEquals(ImageStatus.FAILED, failed.status());
        ledger.succeeded(List.of(failed), 2);
        assertEquals(ImageStatus.UNCHANGED, check("a", 3).status());
        ImageUpdate gone =
                ledger.check(app.failsWith(FailureKind.TAG_NOT_FOUND), Since.LAST_SUCCESS, new StepRun(4, null));
        assertEquals(ImageStatus.REMOVED, gone.status());
        ledger.succeeded(List.of(gone), 4);
        assertEquals(ImageStatus.UNCHANGED, check("a", 5).status());
    }

    @Test
    void anUnchangedCheckWritesNothing() {
        lastCheck("a", 1);
        assertTrue(ledger.modified());
        lastCheck("a", 2);
        assertFalse(ledger.modified());
    }

    @Test
    void aPinnedReferenceIsComparedWithItsPinWhateverSucceeded() {
        Sightings pinned = new Sightings("gcr.io/p/app:1.2@" + Sightings.digest("a"), null);
        ImageUpdate moved = ledger.check(pinned.sees("b"), Since.LAST_SUCCESS, new StepRun(1, null));
        assertEquals(ImageStatus.UPDATED, moved.status());
        ledger.succeeded(List.of(moved), 1);
        assertEquals(
                ImageStatus.UPDATED,
                ledger.check(pinned.sees("b"), Since.LAST_SUCCESS, new StepRun(2, null))
                        .status());
        assertEquals(
                ImageStatus.UNCHANGED,
                ledger.check(pinned.sees("a"), Since.LAST_SUCCESS, new StepRun(3, null))
                        .status());
    }

    @Test
    void whatABuildCheckedIsTheTriggersBaseline() {
        check("a", 1);
        assertEquals(
                ImageStatus.UNCHANGED, ledger.observe(app.sees("a"), true, 2).status());
        assertEquals(ImageStatus.UPDATED, ledger.observe(app.sees("b"), true, 2).status());
    }

    @Test
    void anUpdateThatABuildHasCheckedNeedsNoOtherBuild() {
        ledger.observe(app.sees("a"), false, 1);
        ImageUpdate queued = ledger.observe(app.sees("b"), false, 1);
        check("c", 1);
        assertTrue(ledger.modified());
        assertEquals(List.of(), ledger.pending());

        ledger.started(List.of(queued), 2, app.now());
        assertEquals(
                ImageStatus.UNCHANGED,
                ledger.observe(app.sees("c"), false, 3).status(),
                "its queue item came too late to turn back");
    }
}
