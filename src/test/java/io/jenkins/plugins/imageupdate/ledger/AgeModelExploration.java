package io.jenkins.plugins.imageupdate.ledger;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** As {@link AgeModelTest}, with other sequences in each run, and more of them. It prints its seed. */
class AgeModelExploration extends AgeModelTest {
    @Override
    @Property(tries = 100_000)
    void noDigestIsBuiltThatIsTooYoungAndTheLastOneCountsInTheEnd(
            @ForAll("moves") List<Move> moves, @ForAll @IntRange(min = 1, max = 100) int hours) {
        super.noDigestIsBuiltThatIsTooYoungAndTheLastOneCountsInTheEnd(moves, hours);
    }

    @Override
    @Property(tries = 2_000)
    void anImageThatIsPushedAllTheTimeIsBuiltAllTheTime(
            @ForAll @IntRange(min = 1, max = 10_000) int minutesBetweenPushes,
            @ForAll @IntRange(min = 1, max = 300) int minutesBetweenChecks,
            @ForAll @IntRange(min = 1, max = 100) int hours) {
        super.anImageThatIsPushedAllTheTimeIsBuiltAllTheTime(minutesBetweenPushes, minutesBetweenChecks, hours);
    }
}
