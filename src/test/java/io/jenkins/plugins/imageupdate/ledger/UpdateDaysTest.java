package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.Sightings;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Platform;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How often an image changed, by day, as the ledger counts it. */
class UpdateDaysTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-01");

    private final JobLedger ledger = new JobLedger();
    private final LedgerWriter writer = new LedgerWriter();
    private final Sightings app = new Sightings("gcr.io/p/app:stable", null);

    private Map<LocalDate, Integer> days() {
        return ledger.states().get(0).updates();
    }

    private CheckResult observe(Sighting seen) {
        return ledger.observe(seen, false, 5);
    }

    /** What the trigger saw first, a build's step then sees too. */
    @Test
    void aChangeThatTriggerAndStepSeeCountsOnce() {
        observe(app.sees("a"));
        ledger.check(app.sees("a"), Since.LAST_SUCCESS, new StepRun(1, null));
        assertEquals(Map.of(), days(), "seen for the first time");
        CheckResult update = observe(app.sees("b"));
        observe(app.sees("b"));
        ledger.started(List.of(update), 5, app.now());
        ledger.check(app.sees("b"), Since.LAST_SUCCESS, new StepRun(5, null));
        assertEquals(Map.of(DAY, 1), days());
        ledger.check(app.sees("b"), Since.LAST_SUCCESS, new StepRun(6, null));
        observe(app.failsWith(FailureKind.TAG_NOT_FOUND));
        observe(app.sees("b"));
        assertEquals(Map.of(DAY, 1), days(), "changed since the last success, but no other than it was");
        ledger.check(app.sees("c"), Since.LAST_SUCCESS, new StepRun(7, null));
        observe(app.sees("c"));
        assertEquals(Map.of(DAY, 2), days());
    }

    @Test
    void anUpdateBeforeTheBuildOfAnotherCountsToo() {
        observe(app.sees("a"));
        observe(app.sees("b"));
        observe(app.sees("c"));
        assertEquals(Map.of(DAY, 2), days());
    }

    @Test
    void aChangeOfAnotherPlatformDoesNotCount() {
        Sightings arm = new Sightings("gcr.io/p/app:stable", "linux/arm64");
        observe(arm.sees("index one", "a"));
        observe(arm.sees("index two", "a"));
        assertEquals(Map.of(), days());
        observe(arm.sees("index three", "b"));
        assertEquals(Map.of(DAY, 1), days());
    }

    /** The pin names the index, the sighting a platform of it. */
    @Test
    void aPinThatStillMatchesDoesNotCount() {
        ImageReference pinned = ImageReference.parse("gcr.io/p/app:1@" + Sightings.digest("index"));
        WatchedImage image = new WatchedImage(pinned, Platform.parse("linux/arm64"));
        TagSet seen = TagSet.of(new TagDigest(null, Sightings.digest("a"), Sightings.digest("index")));
        observe(Sighting.of(image, seen, false, null, app.now()));
        assertEquals(Map.of(), days());
    }

    @Test
    void daysOlderThanThirtyAreForgottenAtTheNextUpdate() {
        for (int day = 0; day < 40; day++) {
            observe(seen("content " + day, "2026-03-0" + (1 + day / 10) + "T00:00:0" + day % 10 + "Z"));
        }
        assertEquals(9, days().get(LocalDate.parse("2026-03-01")), "the first one is no update");
        assertEquals(10, days().get(LocalDate.parse("2026-03-04")));
        observe(seen("later", "2026-04-01T23:59:59.999Z"));
        assertEquals(
                Map.of(
                        LocalDate.parse("2026-03-03"), 10,
                        LocalDate.parse("2026-03-04"), 10,
                        LocalDate.parse("2026-04-01"), 1),
                days());
        writer.write(ledger);
        observe(seen("later", "2026-09-01T00:00:00Z"));
        assertFalse(writer.write(ledger), "an unchanged check writes nothing");
    }

    private Sighting seen(String content, String at) {
        return app.seesAt(content, Instant.parse(at));
    }
}
