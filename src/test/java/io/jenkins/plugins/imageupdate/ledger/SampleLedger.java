package io.jenkins.plugins.imageupdate.ledger;

import static io.jenkins.plugins.imageupdate.testing.SampleResults.PLAIN;
import static io.jenkins.plugins.imageupdate.testing.SampleResults.TIME;
import static io.jenkins.plugins.imageupdate.testing.SampleResults.WITH_POLICY;
import static io.jenkins.plugins.imageupdate.testing.SampleResults.tags;
import static io.jenkins.plugins.imageupdate.testing.SampleResults.tagsWithPolicy;

import io.jenkins.plugins.imageupdate.check.SeenDigest;
import io.jenkins.plugins.imageupdate.check.SeenDigests;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A ledger with a value for each component of its format. */
public final class SampleLedger {
    private SampleLedger() {}

    public static LedgerFormat.Content content() {
        return new LedgerFormat.Content(
                LedgerFormat.VERSION,
                true,
                "a process",
                "an uptime",
                List.of(
                        new LedgerEntry.Content(
                                WITH_POLICY.identity(),
                                new LedgerEntry.Baseline(tagsWithPolicy("1.27.2"), TIME, 7, true),
                                new LedgerEntry.Pending(tagsWithPolicy("1.27.3"), TIME.plusSeconds(60), 9),
                                null,
                                12,
                                null,
                                false,
                                new StepSightings(
                                        tagsWithPolicy("1.27.3"),
                                        tagsWithPolicy("1.27.2"),
                                        new StepRun(8, "5").key(),
                                        tagsWithPolicy("1.27.2"),
                                        7),
                                new UpdateDays(Map.of(LocalDate.of(2026, 10, 30), 2, LocalDate.of(2026, 11, 1), 1)),
                                Map.of("folder/deploy", new DownstreamStart(tags("two"), tags("one"), 8, true)),
                                new SeenDigests(List.of(
                                        new SeenDigest(tagsWithPolicy("1.27.2").newest(), TIME, -86_400, false),
                                        new SeenDigest(
                                                tagsWithPolicy("1.27.3").newest(),
                                                TIME.plusSeconds(60),
                                                3_600,
                                                true)))),
                        new LedgerEntry.Content(
                                PLAIN,
                                null,
                                null,
                                new LedgerEntry.Failing(FailureKind.FORBIDDEN.name(), "gcr.io: forbidden", TIME),
                                0,
                                TIME,
                                true,
                                null,
                                null,
                                Map.of(),
                                null)));
    }
}
