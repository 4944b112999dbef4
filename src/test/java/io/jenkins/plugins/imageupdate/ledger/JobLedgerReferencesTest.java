package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.Sightings;
import io.jenkins.plugins.imageupdate.check.TagSightings;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a ledger does with platforms and pinned references. */
class JobLedgerReferencesTest {
    private final JobLedger ledger = new JobLedger();
    private final LedgerWriter writer = new LedgerWriter();
    private final Sightings arm = new Sightings("gcr.io/p/app:stable", "linux/arm64/v8");

    private static Sightings pinned(String content) {
        return new Sightings("gcr.io/p/app:1.2@" + Sightings.digest(content), null);
    }

    private CheckResult observe(Sighting seen, int nextBuild) {
        return ledger.observe(seen, false, nextBuild);
    }

    @Test
    void anIndexThatMovedForAnotherPlatformIsWrittenOnceAndIsNoUpdate() {
        observe(arm.sees("index 1", "arm 1"), 5);
        writer.write(ledger);

        CheckResult moved = observe(arm.sees("index 2", "arm 1"), 5);
        assertEquals(CheckStatus.UNCHANGED, moved.status());
        assertTrue(writer.write(ledger), "so that the index is not fetched again");
        ResolvedImage known = ledger.known(arm.image());
        assertEquals(Sightings.digest("index 2"), known.digest());
        assertEquals(Sightings.digest("arm 1"), known.platformDigest());

        assertEquals(
                CheckStatus.UNCHANGED, observe(arm.sees("index 2", "arm 1"), 5).status());
        assertFalse(writer.write(ledger));
        assertEquals(List.of(), ledger.pending());
    }

    @Test
    void anUpdateHasBothDigestsBeforeAndNow() {
        observe(arm.sees("index 1", "arm 1"), 5);
        CheckResult update = observe(arm.sees("index 2", "arm 2"), 5);
        assertEquals(CheckStatus.UPDATED, update.status());
        assertEquals(Sightings.digest("arm 2"), update.digest());
        assertEquals(Sightings.digest("index 2"), update.indexDigest());
        assertEquals(Sightings.digest("arm 1"), update.previousDigest());
        assertEquals(Sightings.digest("index 1"), update.previousIndexDigest());
        assertEquals("linux/arm64", update.platform());
    }

    @Test
    void anIndexThatMovesForAnotherPlatformWhileABuildWaitsDoesNotDoubleIt() {
        observe(arm.sees("index 1", "arm 1"), 5);
        CheckResult queued = observe(arm.sees("index 2", "arm 2"), 6);
        observe(arm.sees("index 3", "arm 2"), 7);
        assertEquals(6, ledger.pendingNextBuild(image -> true), "build 6 may have been started for it");
        assertEquals(1, ledger.pending().size());

        ledger.started(List.of(queued), 6, arm.now());
        assertEquals(List.of(), ledger.pending());
        assertEquals(
                CheckStatus.UNCHANGED, observe(arm.sees("index 3", "arm 2"), 7).status());
        assertEquals(Sightings.digest("index 3"), ledger.known(arm.image()).digest());
    }

    @Test
    void theSameImageOnTwoPlatformsIsTwoImages() {
        Sightings amd = new Sightings("gcr.io/p/app:stable", "linux/amd64");
        observe(arm.sees("index 1", "arm 1"), 5);
        observe(amd.sees("index 1", "amd 1"), 5);
        observe(arm.sees("index 2", "arm 2"), 5);
        observe(amd.sees("index 2", "amd 1"), 5);
        assertEquals(
                List.of("gcr.io/p/app:stable linux/arm64"),
                ledger.pending().stream().map(update -> update.image().id()).toList());
        assertEquals(Set.of(arm.image().identity(), amd.image().identity()), ledger.images());
    }

    @Test
    void aPinnedReferenceIsComparedWithItsPinAtFirstSight() {
        Sightings app = pinned("a");
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("a"), 5).status());

        CheckResult moved = observe(app.sees("b"), 5);
        assertEquals(CheckStatus.UPDATED, moved.status());
        assertEquals(1, ledger.pending().size());
    }

    @Test
    void theSentenceOfAPinnedImageSaysWhatToPinNow() {
        CheckResult moved = observe(pinned("a").sees("b"), 5);
        String written = "gcr.io/p/app:1.2@" + Sightings.digest("b");
        assertEquals(written, moved.pinned());
        assertTrue(moved.sentence().contains("; to pin the current digest: " + written + " ("), moved.sentence());

        CheckResult unpinned = observe(arm.sees("index 1", "arm 1"), 5);
        assertEquals("gcr.io/p/app:stable@" + Sightings.digest("index 1"), unpinned.pinned(), "for every platform");
        assertFalse(unpinned.sentence().contains("to pin"), unpinned.sentence());
        assertNull(observe(arm.failsWith(FailureKind.UNAVAILABLE), 5).pinned());
    }

    @Test
    void aPolicyBeginsWithThePinOfItsTag() {
        TagSightings tags = new TagSightings();
        tags.push("1.0").push("2.0").push("3.0").push("4.0");
        WatchedImage pinned = new WatchedImage(
                ImageReference.parse("gcr.io/p/app:3.0@" + tags.digest("3.0")), null, tags.image.policy());
        Sighting seen = tags.see(List.of(), arm.now());
        CheckResult update = observe(Sighting.of(pinned, seen.tags(), false, null, arm.now()), 5);
        assertEquals(CheckStatus.UPDATED, update.status());
        assertEquals(List.of("4.0"), update.newTags());
        assertEquals(List.of(), update.movedTags());
        assertEquals("3.0", ledger.pending().get(0).previousTag(), "the pin is remembered");
        assertEquals(CheckStatus.UPDATED, ledger.pending().get(0).status());
    }

    @Test
    void aPinThatNeverMatchedIsAnUpdateAndIsBuiltOnce() {
        Sightings app = pinned("a");
        assertEquals(CheckStatus.UPDATED, observe(app.sees("b"), 5).status());
        CheckResult pending = ledger.pending().get(0);
        assertEquals(CheckStatus.UPDATED, pending.status(), "not new: the pin says what it was");
        assertEquals(Sightings.digest("a"), pending.previousDigest());

        ledger.started(ledger.pending(), 5, app.now());
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("b"), 6).status());
        assertEquals(List.of(), ledger.pending());
    }

    @Test
    void aPinnedTagThatIsGoneIsRemoved() {
        Sightings app = pinned("a");
        assertEquals(
                CheckStatus.REMOVED,
                observe(app.failsWith(FailureKind.TAG_NOT_FOUND), 5).status());
    }

    @Test
    void aPinMayBeThePlatformsOwnManifest() {
        Sightings app = new Sightings("gcr.io/p/app:1.2@" + Sightings.digest("arm 1"), "linux/arm64");
        assertEquals(
                CheckStatus.UNCHANGED, observe(app.sees("index 1", "arm 1"), 5).status());
        assertEquals(
                CheckStatus.UNCHANGED, observe(app.sees("index 2", "arm 1"), 5).status());
        assertEquals(
                CheckStatus.UPDATED, observe(app.sees("index 3", "arm 2"), 5).status());
    }

    @Test
    void aLedgerInPlaceOfAnUnreadableOneIsWrittenAndBuildsNothingAtTheFirstSighting() {
        JobLedger fresh = JobLedger.recovered();
        assertTrue(writer.write(fresh));
        assertEquals(
                CheckStatus.NEW,
                fresh.observe(arm.sees("index 1", "arm 1"), true, 5).status());
        assertEquals(List.of(), fresh.pending());
        assertEquals(
                CheckStatus.UPDATED,
                fresh.observe(arm.sees("index 2", "arm 2"), true, 5).status());
        assertEquals(1, fresh.pending().size());
    }
}
