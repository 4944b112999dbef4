package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.TagSightings;
import io.jenkins.plugins.imageupdate.registry.Digest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several tags of one image count: the ledger has one entry for them, and one update for all that are new or moved. */
class JobLedgerTagsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final JobLedger ledger = new JobLedger();
    private final LedgerWriter writer = new LedgerWriter();
    private final TagSightings app = new TagSightings();

    @BeforeEach
    void known() {
        app.push("1.0").push("2.0").push("3.0").push("4.0");
        assertEquals(CheckStatus.NEW, observe().status());
        assertTrue(writer.write(ledger));
    }

    private CheckResult observe() {
        return ledger.observe(app.see(ledger.knownTags(app.image), NOW), false, 5);
    }

    private CheckResult pending() {
        assertEquals(1, ledger.pending().size());
        return ledger.pending().get(0);
    }

    private void build(CheckResult update, int number) {
        assertTrue(ledger.started(List.of(update), number, NOW));
    }

    @Test
    void theNewestThreeTagsAreRecorded() {
        assertEquals(List.of("4.0", "3.0", "2.0"), ledger.knownTags(app.image));
        assertEquals(CheckStatus.UNCHANGED, observe().status());
        assertFalse(writer.write(ledger));
        app.push("1.0");
        assertEquals(CheckStatus.UNCHANGED, observe().status(), "it is the fourth");
        assertFalse(writer.write(ledger));
    }

    @Test
    void aNewTagAndOneThatMovedAreOneUpdate() {
        Digest before = app.digest("4.0");
        app.push("5.0").push("3.0");
        CheckResult update = observe();
        assertEquals(CheckStatus.UPDATED, update.status());
        assertEquals("gcr.io/p/app:5.0", update.name());
        assertEquals(app.digest("5.0"), update.digest());
        assertEquals("4.0", update.previousTag());
        assertEquals(before, update.previousDigest());
        assertEquals(List.of("5.0"), update.newTags());
        assertEquals(List.of("3.0"), update.movedTags());
        assertTrue(update.headline().contains("app:5.0 (semver *, max 3): updated, 4.0 sha256:"), update.headline());
        assertTrue(update.headline().endsWith("; also moved: 3.0"), update.headline());
        assertTrue(pending().sameUpdate(update));
        assertEquals(update.name(), pending().name());
        assertEquals("4.0", pending().previousTag());
        assertTrue(pending().sameDigest(update));

        build(pending(), 5);
        assertEquals(CheckStatus.UNCHANGED, observe().status());
        assertEquals(List.of("5.0", "4.0", "3.0"), ledger.knownTags(app.image));
    }

    @Test
    void anOlderTagThatMovesIsAnUpdateOfThatTag() {
        Digest before = app.digest("2.0");
        app.push("2.0");
        CheckResult update = observe();
        assertEquals("gcr.io/p/app:2.0", update.name());
        assertEquals("2.0", update.previousTag());
        assertEquals(before, update.previousDigest());
        assertEquals(List.of(), update.newTags());
        build(pending(), 5);
        assertEquals(List.of("4.0", "3.0", "2.0"), ledger.knownTags(app.image));
        assertEquals("gcr.io/p/app:4.0", observe().name(), "unchanged, it is named by the newest again");
    }

    @Test
    void aTagThatIsGoneIsSaidAndRecordedAndIsNotAnUpdate() {
        app.tags.remove("3.0");
        CheckResult update = observe();
        assertEquals(CheckStatus.UNCHANGED, update.status());
        assertEquals(List.of("3.0"), update.goneTags());
        assertTrue(
                update.sentence().contains("unchanged") && update.sentence().contains("; gone: 3.0"),
                update.sentence());
        assertTrue(writer.write(ledger));
        assertEquals(List.of("4.0", "2.0", "1.0"), ledger.knownTags(app.image), "what moved up is watched from now on");
        assertEquals(CheckStatus.UNCHANGED, observe().status());
        assertEquals(List.of(), ledger.pending());
        app.push("1.0");
        assertEquals("gcr.io/p/app:1.0", observe().name());
    }

    @Test
    void ifAllTagsAreGoneTheyStayRecorded() {
        List.of("2.0", "3.0", "4.0").forEach(app.tags::remove);
        CheckResult update = observe();
        assertEquals(CheckStatus.REMOVED, update.status());
        assertEquals(List.of("4.0", "3.0", "2.0"), update.goneTags());
        assertEquals(List.of("4.0", "3.0", "2.0"), ledger.knownTags(app.image));
        app.push("4.1");
        assertEquals("gcr.io/p/app:4.1", observe().name());
    }

    @Test
    void aListThatWasCutShortMakesNoTagNewOrGone() {
        app.cut = true;
        CheckResult update = observe();
        assertEquals(CheckStatus.UNCHANGED, update.status());
        assertEquals(List.of(), update.goneTags());
        assertTrue(update.sentence().contains("list was cut off, a newer tag may be missing"), update.sentence());
        writer.write(ledger);
        app.cut = false;
        assertEquals(CheckStatus.UNCHANGED, observe().status());
        assertFalse(writer.write(ledger));
    }

    @Test
    void aTagThatGoesWhileAnUpdateWaitsChangesNothing() {
        app.push("5.0");
        observe();
        CheckResult queued = pending();
        app.tags.remove("3.0");
        observe();
        assertTrue(queued.sameDigest(pending()), "otherwise it would be built twice");
        build(queued, 5);
        assertEquals(CheckStatus.UNCHANGED, observe().status());
        assertEquals(List.of(), ledger.pending());
    }

    @Test
    void aTagThatMovesWhileAnUpdateWaitsIsAnotherUpdate() {
        app.push("5.0");
        observe();
        CheckResult queued = pending();
        app.push("4.0");
        observe();
        CheckResult second = pending();
        assertFalse(queued.sameDigest(second));
        build(queued, 5);
        assertEquals("gcr.io/p/app:4.0", pending().name(), "the new tag is built");
        assertTrue(pending().sameDigest(second), "whatever it was an update of");
        build(second, 6);
        assertEquals(List.of(), ledger.pending());
        assertFalse(ledger.started(List.of(queued), 5, NOW));
    }

    @Test
    void anUpdateThatWaitsBehindAnotherStaysTheSame() {
        app.push("5.0");
        observe();
        CheckResult queued = pending();
        app.tags.remove("5.0");
        app.push("4.0");
        observe();
        CheckResult second = pending();
        build(queued, 5);
        assertTrue(second.sameDigest(pending()), "although it has an older tag than the first");
        observe();
        assertTrue(second.sameDigest(pending()));
        build(second, 6);
        assertEquals(CheckStatus.UNCHANGED, observe().status());
        assertEquals(List.of(), ledger.pending());
    }

    @Test
    void aDownstreamJobIsStartedOnceForWhatIsNewAndMoved() {
        app.push("5.0");
        CheckResult update = observe();
        assertEquals(List.of(update), ledger.downstream().claim("deploy", List.of(update), 5));
        app.tags.remove("3.0");
        assertEquals(
                List.of(),
                ledger.downstream().claim("deploy", List.of(observe()), 6),
                "for the same new tag, whatever vanished");
        app.push("4.0");
        CheckResult moved = observe();
        assertEquals(List.of(moved), ledger.downstream().claim("deploy", List.of(moved), 7));
    }

    private CheckResult step(int build) {
        StepRun by = new StepRun(build, null);
        List<String> known = ledger.knownTags(app.image, Since.LAST_SUCCESS, by);
        return ledger.check(app.see(known, NOW), Since.LAST_SUCCESS, by);
    }

    @Test
    void theStepComparesWithWhatASuccessfulBuildSaw() {
        CheckResult first = step(1);
        ledger.succeeded(List.of(first), 1);
        app.push("5.0").push("4.0");
        for (int build = 2; build < 4; build++) {
            CheckResult again = step(build);
            assertEquals(List.of("5.0"), again.newTags());
            assertEquals(List.of("4.0"), again.movedTags());
            if (build == 3) {
                ledger.succeeded(List.of(again), build);
            }
        }
        CheckResult built = step(4);
        assertEquals(CheckStatus.UNCHANGED, built.status());
        assertEquals(CheckStatus.UNCHANGED, observe().status(), "the trigger takes it over");
    }

    @Test
    void aLostLedgerTakesOverEveryTagFromABuild() {
        app.push("5.0").push("4.0");
        CheckResult update = observe();
        JobLedger lost = JobLedger.recovered();
        lost.recovery().ofBuild(update, 7, false, true, NOW);
        assertEquals(List.of("5.0", "4.0", "3.0"), lost.knownTags(app.image));
        Sighting seen = app.see(lost.knownTags(app.image), NOW);
        assertEquals(CheckStatus.UNCHANGED, lost.observe(seen, false, 8).status());
    }
}
