package io.jenkins.plugins.imageupdate.ledger;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** As {@link LedgerModelTest}, with other sequences in each run, and more of them. It prints its seed. */
class LedgerModelExploration extends LedgerModelTest {
    @Override
    @Property(tries = 100_000)
    void aDigestHasOneBuildAtMostAndTheLastOneHasIt(
            @ForAll("onlyNewDigests") List<ModelStep> steps, @ForAll("small") List<ModelStep> between) {
        super.aDigestHasOneBuildAtMostAndTheLastOneHasIt(steps, between);
    }

    @Override
    @Property(tries = 100_000)
    void thereAreNoMoreBuildsThanChangesThatWereShown(
            @ForAll("anything") List<ModelStep> steps, @ForAll("small") List<ModelStep> between) {
        super.thereAreNoMoreBuildsThanChangesThatWereShown(steps, between);
    }
}
