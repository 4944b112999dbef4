package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.Sightings;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a ledger does with sightings that come late, with images that are not watched any more, and after its file was lost. */
class JobLedgerMemoryTest {
    private JobLedger ledger = new JobLedger();
    private final LedgerWriter writer = new LedgerWriter();
    private final Sightings app = new Sightings("gcr.io/p/app:stable", null);

    private CheckStatus observe(Sighting seen) {
        return ledger.observe(seen, false, 5).status();
    }

    private CheckResult observedUpdate(String content, int nextBuild) {
        return ledger.observe(app.sees(content), false, nextBuild);
    }

    private void assertPending(String... contents) {
        assertEquals(
                Stream.of(contents).map(Sightings::digest).toList(),
                ledger.pending().stream().map(CheckResult::digest).toList());
    }

    @Test
    void anEarlierBuildThatIsReportedLateDoesNotTurnTheBaselineBack() {
        observe(app.sees("a"));
        CheckResult early = observedUpdate("b", 7);
        ledger.started(List.of(early), 7, app.now());
        ledger.started(List.of(observedUpdate("c", 8)), 8, app.now());
        observedUpdate("d", 9);
        writer.write(ledger);
        ledger.started(List.of(early), 7, app.now());
        assertFalse(writer.write(ledger));
        assertEquals(Sightings.digest("c"), ledger.pending().get(0).previousDigest());
    }

    @Test
    void aCheckThatWasOvertakenChangesNothing() {
        observe(app.sees("a"));
        Sighting slow = app.sees("a");
        CheckResult update = observedUpdate("b", 7);
        ledger.started(List.of(update), 7, app.now());
        writer.write(ledger);
        ledger.check(slow, Since.LAST_CHECK, new StepRun(6, null));
        assertEquals(CheckStatus.UPDATED, observe(slow), "that is what it saw");
        assertFalse(writer.write(ledger));
        assertPending();
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("b")));
    }

    @Test
    void anUpdateThatAnUpstreamJobStartedABuildForIsNotBuiltAgain() {
        observe(app.sees("a"));
        JobLedger upstream = new JobLedger();
        upstream.observe(app.sees("a"), false, 1);
        ledger.started(List.of(upstream.observe(app.sees("b"), false, 1)), 3, app.now());
        assertEquals(CheckStatus.UNCHANGED, observe(app.sees("b")));
        assertPending();
    }

    @Test
    void anImageThatIsNotWatchedAnyMoreIsRememberedForThirtyDays() {
        observe(app.sees("a"));
        Set<WatchedImage> watched = Set.of(app.image().identity());
        Instant left = app.now();
        writer.write(ledger);
        ledger.watching(watched, left);
        assertFalse(writer.write(ledger));
        ledger.watching(Set.of(), left);
        assertTrue(writer.write(ledger));
        ledger.watching(Set.of(), left.plus(Duration.ofDays(30)));
        assertFalse(writer.write(ledger));
        assertEquals(watched, ledger.images());

        ledger.watching(watched, left.plus(Duration.ofDays(30)));
        ledger.watching(Set.of(), left.plus(Duration.ofDays(40)));
        ledger.watching(Set.of(), left.plus(Duration.ofDays(71)));
        assertEquals(Set.of(), ledger.images());
        assertTrue(writer.write(ledger));
    }

    @Test
    void afterTheFileWasLostTheFirstSightingIsNotBuiltEvenIfItComesLate() {
        ledger = JobLedger.recovered();
        assertEquals(
                CheckStatus.FAILED,
                ledger.observe(app.failsWith(FailureKind.UNREACHABLE), true, 5).status());
        ledger.watching(Set.of(app.image().identity()), app.now());
        assertEquals(CheckStatus.NEW, ledger.observe(app.sees("a"), true, 5).status());
        assertPending();

        Sightings later = new Sightings("gcr.io/p/later:1", null);
        ledger.observe(later.sees("x"), true, 5);
        assertPending("x");
    }
}
