package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No update is lost or built twice if several tags count: tags are pushed, moved and deleted, lists are cut short, Jenkins crashes. */
class TagModelTest {
    private static final Set<TagModel.Step> DELETIONS =
            EnumSet.of(TagModel.Step.DELETE_NEWEST, TagModel.Step.DELETE_SECOND, TagModel.Step.DELETE_THIRD);
    private static final Set<TagModel.Step> PUSHES = EnumSet.of(
            TagModel.Step.PUSH,
            TagModel.Step.BACKPORT,
            TagModel.Step.MOVE_NEWEST,
            TagModel.Step.MOVE_SECOND,
            TagModel.Step.MOVE_THIRD);

    @Provide
    Arbitrary<List<TagModel.Step>> anything() {
        return without(EnumSet.noneOf(TagModel.Step.class));
    }

    @Provide
    Arbitrary<List<TagModel.Step>> noDeletion() {
        return without(DELETIONS);
    }

    @Provide
    Arbitrary<List<TagModel.Step>> noPush() {
        return without(PUSHES);
    }

    private static Arbitrary<List<TagModel.Step>> without(Set<TagModel.Step> these) {
        Set<TagModel.Step> steps = EnumSet.allOf(TagModel.Step.class);
        steps.removeAll(these);
        Arbitrary<List<TagModel.Step>> whole = Arbitraries.of(
                List.of(TagModel.Step.ASK, TagModel.Step.RECORD, TagModel.Step.QUEUE),
                List.of(TagModel.Step.ADVANCE, TagModel.Step.ADVANCE, TagModel.Step.ADVANCE, TagModel.Step.ADVANCE));
        Arbitrary<List<TagModel.Step>> single = Arbitraries.of(steps).map(List::of);
        return Arbitraries.oneOf(whole, single, single)
                .list()
                .ofMaxSize(40)
                .map(parts -> parts.stream().flatMap(List::stream).toList());
    }

    private static TagModel after(List<TagModel.Step> steps) {
        TagModel model = new TagModel();
        steps.forEach(model::act);
        model.quieten();
        return model;
    }

    @Property(tries = 5_000, seed = "1")
    void everyTagThatIsNewOrMovedIsBuilt(@ForAll("noDeletion") List<TagModel.Step> steps) {
        TagModel model = after(steps);
        assertEquals(List.of(), model.lost());
        assertSettled(model);
    }

    @Property(tries = 5_000, seed = "1")
    void nothingIsBuiltTwice(@ForAll("anything") List<TagModel.Step> steps) {
        TagModel model = after(steps);
        Set<String> built = new HashSet<>();
        for (List<CheckResult> updates : model.builds()) {
            assertTrue(
                    built.addAll(TagModel.newOrMoved(updates)),
                    () -> "built again: " + updates + " of " + model.builds());
        }
        assertTrue(
                model.builds().size() <= model.shown,
                () -> model.builds().size() + " builds for " + model.shown + " changes");
        assertSettled(model);
    }

    /** A tag at the end of the list moves while the update of another one is on its way to its build. */
    @Example
    void whatIsUnderWayIsNotBuiltAgainForATagThatWasNotRecorded() {
        nothingIsBuiltTwice(List.of(
                TagModel.Step.PUSH,
                TagModel.Step.ASK,
                TagModel.Step.RECORD,
                TagModel.Step.QUEUE,
                TagModel.Step.DELETE_NEWEST,
                TagModel.Step.MOVE_NEWEST,
                TagModel.Step.ADVANCE,
                TagModel.Step.ASK,
                TagModel.Step.RECORD,
                TagModel.Step.QUEUE,
                TagModel.Step.ADVANCE,
                TagModel.Step.ADVANCE,
                TagModel.Step.ADVANCE,
                TagModel.Step.ADVANCE,
                TagModel.Step.MOVE_THIRD));
    }

    @Property(tries = 2_000, seed = "1")
    void deletionsAndListsCutShortBuildNothing(@ForAll("noPush") List<TagModel.Step> steps) {
        assertEquals(List.of(), after(steps).builds());
    }

    private static void assertSettled(TagModel model) {
        assertEquals(List.of(), model.jenkins.ledger.read().pending());
        int writes = model.jenkins.ledger.writes;
        int builds = model.builds().size();
        List.of(TagModel.Step.ASK, TagModel.Step.RECORD, TagModel.Step.QUEUE).forEach(model::act);
        assertEquals(writes, model.jenkins.ledger.writes);
        assertEquals(builds, model.builds().size());
        assertTrue(model.jenkins.queue.isEmpty());
    }
}
