package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.Sightings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A downstream job is started once for each digest, and no start is forgotten before a build of it is known. */
class DownstreamLedgerTest {
    private final JobLedger ledger = new JobLedger();
    private final LedgerWriter writer = new LedgerWriter();
    private final Sightings arm = new Sightings("gcr.io/p/app:stable", "linux/arm64/v8");
    private CheckResult update;

    @BeforeEach
    void anUpdate() {
        ledger.observe(arm.sees("index 1", "arm 1"), false, 5);
        update = ledger.observe(arm.sees("index 2", "arm 2"), false, 5);
        writer.write(ledger);
    }

    private List<CheckResult> claim(String job, CheckResult one, int build) {
        return ledger.downstream().claim(job, List.of(one), build);
    }

    @Test
    void aStartIsClaimedOncePerJobAndDigest() {
        assertEquals(List.of(update), claim("team/deploy", update, 7));
        assertTrue(writer.write(ledger));
        assertEquals(List.of(), claim("team/deploy", update, 8));
        assertFalse(writer.write(ledger));
        assertEquals(List.of(update), claim("team/test", update, 7), "another job");

        CheckResult moved = ledger.observe(arm.sees("index 3", "arm 2"), false, 5);
        assertEquals(List.of(), claim("team/deploy", moved, 9), "its platform did not move");
        CheckResult next = ledger.observe(arm.sees("index 4", "arm 4"), false, 5);
        assertEquals(List.of(next), claim("team/deploy", next, 9));
        assertEquals(Set.of("team/deploy", "team/test"), ledger.downstream().jobs());
    }

    @Test
    void aStartWaitsUntilItsBuildIsKnown() {
        claim("team/deploy", update, 7);
        WaitingDownstream waiting = ledger.downstream().waiting().get(0);
        assertEquals("team/deploy", waiting.job());
        assertEquals(7, waiting.build());
        assertEquals(1, waiting.updates().size());
        assertTrue(update.sameUpdate(waiting.updates().get(0)));
        assertEquals(update.previousDigest(), waiting.updates().get(0).previousDigest());

        assertFalse(ledger.downstream().isAnswered("team/deploy", List.of(update)));
        writer.write(ledger);
        ledger.downstream().answered("team/deploy", List.of(update));
        assertTrue(writer.write(ledger));
        assertTrue(ledger.downstream().isAnswered("team/deploy", List.of(update)));
        assertFalse(ledger.downstream().isAnswered("team/test", List.of(update)));
        assertFalse(ledger.downstream().isAnswered("team/deploy", List.of()));
        assertEquals(List.of(), ledger.downstream().waiting());
        ledger.downstream().answered("team/deploy", List.of(update));
        assertFalse(writer.write(ledger));
        assertEquals(List.of(), claim("team/deploy", update, 8), "still once");
    }

    @Test
    void anAnswerForAnotherDigestOrJobDoesNotCount() {
        claim("team/deploy", update, 7);
        CheckResult other = ledger.observe(arm.sees("index 5", "arm 5"), false, 5);
        ledger.downstream().answered("team/deploy", List.of(other));
        ledger.downstream().answered("team/test", List.of(update));
        assertEquals(1, ledger.downstream().waiting().size());
    }

    @Test
    void aReleasedStartIsClaimedAgain() {
        claim("team/deploy", update, 7);
        ledger.downstream().release("team/deploy", List.of(update));
        assertEquals(List.of(), ledger.downstream().waiting());
        assertEquals(List.of(update), claim("team/deploy", update, 8));
    }

    @Test
    void aRenamedJobKeepsItsStarts() {
        claim("team/deploy", update, 7);
        ledger.downstream().renamed("team/deploy", "ops/deploy");
        assertEquals("ops/deploy", ledger.downstream().waiting().get(0).job());
        assertEquals(List.of(), claim("ops/deploy", update, 8));
    }

    @Test
    void aStartThatWasClaimedUnderTheNewNameAlreadyIsNotOverwrittenByARename() {
        claim("team/deploy", update, 7);
        CheckResult next = ledger.observe(arm.sees("index 6", "arm 6"), false, 5);
        assertEquals(List.of(next), claim("ops/deploy", next, 8), "the job is renamed, the ledger is told later");
        ledger.downstream().renamed("team/deploy", "ops/deploy");
        assertEquals(List.of(), claim("ops/deploy", next, 9), "once");
        assertEquals(Set.of("ops/deploy"), ledger.downstream().jobs());
    }

    @Test
    void aStartOfAnotherJobThatHadTheNewNameLongAgoDoesNotCount() {
        claim("ops/deploy", update, 7);
        CheckResult next = ledger.observe(arm.sees("index 7", "arm 7"), false, 5);
        claim("team/deploy", next, 8);
        ledger.downstream().renamed("team/deploy", "ops/deploy");
        assertEquals(List.of(), claim("ops/deploy", next, 9), "once");
    }
}
