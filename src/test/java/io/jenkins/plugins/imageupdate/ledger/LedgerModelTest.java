package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.WatchedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No update is lost or built twice, for thousands of random sequences with crashes between any two steps. */
class LedgerModelTest {
    private static final List<ModelStep> ALL = List.of(ModelStep.values());

    /** Without tags that go back: then a digest has one build at most, ever. */
    @Provide
    Arbitrary<List<ModelStep>> onlyNewDigests() {
        return steps(ALL.stream().filter(step -> step != ModelStep.PUSH_AGAIN).toList());
    }

    @Provide
    Arbitrary<List<ModelStep>> anything() {
        return steps(ALL);
    }

    @Provide
    Arbitrary<List<ModelStep>> small() {
        return Arbitraries.of(ALL.stream().filter(step -> step.small).toList())
                .list()
                .ofMaxSize(40);
    }

    private static Arbitrary<List<ModelStep>> steps(List<ModelStep> of) {
        // A check has three steps, a build four: with each as likely as a crash few would come to their end.
        Arbitrary<List<ModelStep>> whole = Arbitraries.of(
                List.of(ModelStep.ASK, ModelStep.RECORD, ModelStep.QUEUE),
                List.of(ModelStep.PUSH, ModelStep.ASK, ModelStep.RECORD, ModelStep.QUEUE),
                List.of(ModelStep.ADVANCE, ModelStep.ADVANCE, ModelStep.ADVANCE, ModelStep.ADVANCE),
                List.of(ModelStep.STEP_ASK, ModelStep.STEP_RECORD),
                List.of(ModelStep.STEP_ASK, ModelStep.STEP_RECORD, ModelStep.STEP_SUCCEED));
        Arbitrary<List<ModelStep>> single = Arbitraries.of(of).map(List::of);
        return Arbitraries.oneOf(whole, single, single)
                .list()
                .ofMaxSize(40)
                .map(parts -> parts.stream().flatMap(List::stream).toList());
    }

    @Property(tries = 10_000, seed = "1")
    void aDigestHasOneBuildAtMostAndTheLastOneHasIt(
            @ForAll("onlyNewDigests") List<ModelStep> steps, @ForAll("small") List<ModelStep> between) {
        LedgerModel model = new LedgerModel(between);
        steps.forEach(model::act);
        List<String> first = firstSeen(steps, between);
        model.quieten();

        Set<String> digests = new HashSet<>();
        model.jenkins
                .buildsOnDisk
                .values()
                .forEach(updates -> updates.forEach(update -> digests.add(String.valueOf(update.digest()))));
        for (String digest : digests) {
            assertEquals(1, model.startedFor(digest), () -> "doubled: " + digest);
        }
        for (String digest : model.jenkins.refused) {
            assertEquals(0, model.startedFor(digest), () -> "built though refused: " + digest);
        }
        for (String digest : model.current()) {
            assertTrue(
                    model.startedFor(digest) == 1
                            || first.contains(digest)
                            || model.cancelled.contains(digest)
                            || model.seenByStep.contains(digest),
                    () -> "lost: " + digest);
        }
        assertSettled(model);
    }

    /** The ledger could not be told of its start, and then the build is deleted. */
    @Example
    void anUpdateOfADeletedBuildIsNotBuiltAgain() {
        aDigestHasOneBuildAtMostAndTheLastOneHasIt(
                List.of(
                        ModelStep.ASK,
                        ModelStep.RECORD,
                        ModelStep.PUSH,
                        ModelStep.ASK,
                        ModelStep.RECORD,
                        ModelStep.QUEUE,
                        ModelStep.DISK_FULL,
                        ModelStep.ADVANCE,
                        ModelStep.ADVANCE,
                        ModelStep.ADVANCE,
                        ModelStep.ADVANCE,
                        ModelStep.DISK_FREE,
                        ModelStep.RENUMBER),
                List.of());
    }

    /** What a job without a ledger sees first is its baseline. */
    private static List<String> firstSeen(List<ModelStep> steps, List<ModelStep> between) {
        LedgerModel again = new LedgerModel(between);
        for (ModelStep step : steps) {
            again.act(step);
            if (!again.jenkins.ledger.read().images().isEmpty()
                    && again.jenkins.ledger.read().known(WatchedImage.parse("gcr.io/p/image0:stable", null)) != null) {
                return known(again);
            }
        }
        again.quieten();
        return known(again);
    }

    private static List<String> known(LedgerModel model) {
        JobLedger ledger = model.jenkins.ledger.read();
        return List.of(
                String.valueOf(ledger.known(WatchedImage.parse("gcr.io/p/image0:stable", null))
                        .digest()),
                String.valueOf(ledger.known(WatchedImage.parse("gcr.io/p/image1:stable", null))
                        .digest()));
    }

    @Property(tries = 10_000, seed = "1")
    void thereAreNoMoreBuildsThanChangesThatWereShown(
            @ForAll("anything") List<ModelStep> steps, @ForAll("small") List<ModelStep> between) {
        LedgerModel model = new LedgerModel(between);
        steps.forEach(model::act);
        model.quieten();
        assertTrue(
                model.builds() <= model.shown,
                () -> model.builds() + " builds for " + model.shown + " changes: " + model.jenkins.buildsOnDisk);
        assertSettled(model);
    }

    /** Nothing waits, the images are what the ledger has them for, and looking again writes nothing and builds nothing. */
    private static void assertSettled(LedgerModel model) {
        assertEquals(List.of(), model.jenkins.ledger.read().pending());
        assertEquals(model.current(), known(model));
        int writes = model.jenkins.ledger.writes;
        long builds = model.builds();
        List.of(ModelStep.ASK, ModelStep.RECORD, ModelStep.QUEUE).forEach(model::act);
        assertEquals(writes, model.jenkins.ledger.writes);
        assertEquals(builds, model.builds());
        assertTrue(model.jenkins.queue.isEmpty());
    }
}
