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
    private final Sightings arm = new Sightings("gcr.io/p/app:stable", "linux/arm64/v8");
    private CheckResult update;

    @BeforeEach
    void anUpdate() {
        ledger.observe(arm.sees("index 1", "arm 1"), false, 5);
        update = ledger.observe(arm.sees("index 2", "arm 2"), false, 5);
        ledger.modified();
    }

    private List<CheckResult> claim(String job, CheckResult one, int build) {
        return ledger.downstream().claim(job, List.of(one), build);
    }

    @Test
    void itIsClaimedOncePerJobAndDigest() {
        assertEquals(List.of(update), claim("team/deploy", update, 7));
        assertTrue(ledger.modified());
        assertEquals(List.of(), claim("team/deploy", update, 8));
        assertFalse(ledger.modified());
        assertEquals(List.of(update), claim("team/test", update, 7), "another job");

        CheckResult moved = ledger.observe(arm.sees("index 3", "arm 2"), false, 5);
        assertEquals(List.of(), claim("team/deploy", moved, 9), "its platform did not move");
        CheckResult next = ledger.observe(arm.sees("index 4", "arm 4"), false, 5);
        assertEquals(List.of(next), claim("team/deploy", next, 9));
        assertEquals(Set.of("team/deploy", "team/test"), ledger.downstream().jobs());
    }

    @Test
    void itWaitsUntilABuildIsKnown() {
        claim("team/deploy", update, 7);
        WaitingDownstream waiting = ledger.downstream().waiting().get(0);
        assertEquals(new WaitingDownstream("team/deploy", 7, List.of(update)), waiting);
        assertEquals(update.previousDigest(), waiting.updates().get(0).previousDigest());

        assertFalse(ledger.downstream().isAnswered("team/deploy", List.of(update)));
        ledger.modified();
        ledger.downstream().answered("team/deploy", List.of(update));
        assertTrue(ledger.modified());
        assertTrue(ledger.downstream().isAnswered("team/deploy", List.of(update)));
        assertFalse(ledger.downstream().isAnswered("team/test", List.of(update)));
        assertFalse(ledger.downstream().isAnswered("team/deploy", List.of()));
        assertEquals(List.of(), ledger.downstream().waiting());
        ledger.downstream().answered("team/deploy", List.of(update));
        assertFalse(ledger.modified());
        assertEquals(List.of(), claim("team/deploy", update, 8), "still once");
    }

    @Test
    void anAnswerToAnotherDigestOrJobIsNone() {
        claim("team/deploy", update, 7);
        CheckResult other = ledger.observe(arm.sees("index 5", "arm 5"), false, 5);
        ledger.downstream().answered("team/deploy", List.of(other));
        ledger.downstream().answered("team/test", List.of(update));
        assertEquals(1, ledger.downstream().waiting().size());
    }

    @Test
    void whatCannotBeStartedIsTriedAgain() {
        claim("team/deploy", update, 7);
        ledger.downstream().release("team/deploy", List.of(update));
        assertEquals(List.of(), ledger.downstream().waiting());
        assertEquals(List.of(update), claim("team/deploy", update, 8));
    }

    @Test
    void aRenamedJobIsTheSame() {
        claim("team/deploy", update, 7);
        ledger.downstream().renamed("team/deploy", "ops/deploy");
        assertEquals("ops/deploy", ledger.downstream().waiting().get(0).job());
        assertEquals(List.of(), claim("ops/deploy", update, 8));
    }
}
