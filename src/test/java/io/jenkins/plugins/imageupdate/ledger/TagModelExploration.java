package io.jenkins.plugins.imageupdate.ledger;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** As {@link TagModelTest}, with other sequences in each run, and more of them. It prints its seed. */
class TagModelExploration extends TagModelTest {
    @Override
    @Property(tries = 100_000)
    void everyTagThatIsNewOrMovedIsBuilt(@ForAll("noDeletion") List<TagModel.Step> steps) {
        super.everyTagThatIsNewOrMovedIsBuilt(steps);
    }

    @Override
    @Property(tries = 100_000)
    void nothingIsBuiltTwice(@ForAll("anything") List<TagModel.Step> steps) {
        super.nothingIsBuiltTwice(steps);
    }

    @Override
    @Property(tries = 100_000)
    void deletionsAndListsCutShortBuildNothing(@ForAll("noPush") List<TagModel.Step> steps) {
        super.deletionsAndListsCutShortBuildNothing(steps);
    }
}
