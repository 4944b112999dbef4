package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.Sightings;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LedgerFormatTest {
    private final JobLedger ledger = new JobLedger();
    private final Sightings app = new Sightings("gcr.io/p/app:stable", null);

    private static void assertRefused(String reason, Executable reading) {
        RuntimeException refused = assertThrows(RuntimeException.class, reading);
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused::toString);
    }

    private LedgerFormat.Content content(List<LedgerEntry.Content> images) {
        return new LedgerFormat.Content(LedgerFormat.VERSION, false, "process", null, images);
    }

    @Test
    void aLedgerReadsWhatItWrote() {
        CheckResult update = update();
        ledger.downstream().claim("deploy", List.of(update), 5);
        ledger.check(app.sees("c"), Since.LAST_CHECK, new StepRun(6, "9"));
        JobLedger read = JobLedger.of(ledger.copy().content());
        assertEquals(ledger, read);
        assertEquals(ledger.states(), read.states());
        assertEquals(1, read.downstream().waiting().size());
    }

    private CheckResult update() {
        ledger.observe(app.sees("a"), false, 5);
        return ledger.observe(app.sees("b"), false, 5);
    }

    @Test
    void aCopyDoesNotChangeWithItsLedger() {
        CheckResult update = update();
        JobLedger copy = ledger.copy();
        assertEquals(ledger, copy);
        ledger.started(List.of(update), 5, app.now());
        ledger.downstream().claim("deploy", List.of(update), 5);
        assertFalse(ledger.equals(copy));
        assertEquals(1, copy.pending().size());
        assertEquals(List.of(), copy.downstream().waiting());
    }

    /** Orders of sightings count from one in each process. */
    @Test
    void aLedgerOfAnotherProcessTakesAnySighting() {
        var slow = app.sees("z");
        update();
        assertEquals(1, ledger.pending().size());
        ledger.observe(slow, false, 5);
        assertEquals(Sightings.digest("b"), ledger.pending().get(0).digest(), "overtaken");
        List<LedgerEntry.Content> entries = ledger.copy().content().images();
        JobLedger read = JobLedger.of(content(entries));
        read.observe(slow, false, 5);
        assertEquals(Sightings.digest("z"), read.pending().get(0).digest());
    }

    @Test
    void imagesAreInTheOrderOfTheirNames() {
        for (String image : List.of("gcr.io/p/zeta", "gcr.io/p/app", "gcr.io/p/mid")) {
            Sightings one = new Sightings(image, null);
            ledger.observe(one.sees("a"), false, 5);
            ledger.observe(one.sees("b"), false, 5);
        }
        List<String> sorted = List.of("gcr.io/p/app:latest", "gcr.io/p/mid:latest", "gcr.io/p/zeta:latest");
        assertEquals(sorted, ledger.pending().stream().map(CheckResult::name).toList());
        assertEquals(
                sorted,
                ledger.states().stream().map(state -> state.image().id()).toList());
        assertEquals(
                sorted,
                ledger.content().images().stream()
                        .map(entry -> entry.image().id())
                        .toList());
    }

    @Test
    void aVersionThatIsNotKnownIsRefused() {
        assertRefused("it is of version 2, which a newer version", () -> version(2));
        assertRefused("it is of version 0", () -> version(0));
    }

    private static LedgerFormat.Content version(int version) {
        return new LedgerFormat.Content(version, false, "process", null, List.of());
    }

    @Test
    void contentWithoutAPartSaysWhatIsMissing() {
        assertRefused("it has no images", () -> content(null));
        assertRefused("an entry is missing", () -> content(new ArrayList<>(Collections.singletonList(null))));
        assertRefused(
                "an entry is not of an image", () -> content(List.of(new LedgerEntry((WatchedImage) null).content())));
        assertRefused("digests of a baseline", () -> new LedgerEntry.Baseline(null, Instant.EPOCH, 1, false));
        assertRefused("time of a pending", () -> new LedgerEntry.Pending(seen(), null, 1));
        assertRefused("kind of a failure", () -> new LedgerEntry.Failing(null, "x", Instant.EPOCH));
        assertRefused("digests of a downstream start", () -> new DownstreamStart(null, null, 1, true));
        assertRefused("a set of tags is empty", () -> TagSet.of(List.of()));
        LedgerEntry entry = new LedgerEntry(app.image().identity());
        entry.putDownstream("deploy", null);
        assertRefused("a downstream start of gcr.io/p/app:stable is missing", () -> content(List.of(entry.content())));
    }

    private TagSet seen() {
        return app.sees("a").tags();
    }

    @Test
    void anEntryOfAnImageUnderAnotherNameThanItsOwnIsRefused() {
        WatchedImage policy = new WatchedImage(ImageReference.parse("gcr.io/p/app:1.2"), null, "semver:*");
        assertRefused("an entry is not of an image", () -> content(List.of(new LedgerEntry(policy).content())));
        assertEquals(
                1,
                content(List.of(new LedgerEntry(policy.identity()).content()))
                        .images()
                        .size());
    }

    @Test
    void daysWithoutANumberOfUpdatesAreRefused() {
        LocalDate day = LocalDate.parse("2026-01-01");
        assertRefused("less than 1", () -> new UpdateDays(Map.of(day, 0)));
        assertRefused("less than 1", () -> new UpdateDays(Map.of(day, -1)));
        Map<LocalDate, Integer> missing = new HashMap<>();
        missing.put(day, null);
        assertRefused("less than 1", () -> new UpdateDays(missing));
        assertRefused("days of an image's updates are missing", () -> new UpdateDays(null));
    }
}
