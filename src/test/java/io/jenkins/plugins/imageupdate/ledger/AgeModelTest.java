package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.Digest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A minimum age is never undercut and never starves, for thousands of random sequences in virtual time. */
class AgeModelTest {
    /** @param size how much of it */
    record Move(AgeStep step, int size) {}

    @Provide
    Arbitrary<List<Move>> moves() {
        // Half of the moves are checks and time that passes: otherwise few digests would get old.
        Arbitrary<AgeStep> often = Arbitraries.of(AgeStep.CHECK, AgeStep.HOURS, AgeStep.DAY, AgeStep.PUSH);
        Arbitrary<AgeStep> steps = Arbitraries.oneOf(often, Arbitraries.of(AgeStep.values()));
        return Combinators.combine(steps, Arbitraries.integers().between(0, 10_000))
                .as(Move::new)
                .list()
                .ofMaxSize(120);
    }

    @Property(tries = 10_000, seed = "1")
    void noDigestIsBuiltThatIsTooYoungAndTheLastOneCountsInTheEnd(
            @ForAll("moves") List<Move> moves, @ForAll @IntRange(min = 1, max = 100) int hours) {
        AgeModel model = new AgeModel(Duration.ofHours(hours));
        for (Move move : moves) {
            int before = model.built.size();
            model.act(move.step(), move.size());
            assertTrue(model.built.size() <= before + 1);
        }
        assertEquals(List.of(), model.tooYoung);
        assertEquals(List.of(), model.missing);
        if (!model.again) {
            assertEquals(model.built.size(), new HashSet<>(model.built).size(), () -> "built twice: " + model.built);
        }
        for (int i = 0; i <= 2 * hours + 1; i++) {
            model.check();
            model.pass(3600);
        }
        assertEquals(model.present, model.counting(), "starved");
        assertEquals(List.of(), model.tooYoung);
        int writes = model.disk.writes;
        int asked = model.sightings.asked;
        model.check();
        assertEquals(writes, model.disk.writes, "a check without a change writes nothing");
        assertEquals(asked, model.sightings.asked, "and asks for nothing else");
    }

    /** Whatever the rate of the pushes is, from each minute to each week, and whatever the rate of the checks. */
    @Property(tries = 300, seed = "1")
    void anImageThatIsPushedAllTheTimeIsBuiltAllTheTime(
            @ForAll @IntRange(min = 1, max = 10_000) int minutesBetweenPushes,
            @ForAll @IntRange(min = 1, max = 300) int minutesBetweenChecks,
            @ForAll @IntRange(min = 1, max = 100) int hours) {
        AgeModel model = new AgeModel(Duration.ofHours(hours));
        long most = 60L * (3L * 60 * hours + 2L * minutesBetweenPushes + 2L * minutesBetweenChecks);
        long last = model.real;
        int toPush = minutesBetweenPushes;
        int builds = 0;
        for (int checks = 0; checks < 3_000 && builds < 6; checks++) {
            for (toPush -= minutesBetweenChecks; toPush <= 0; toPush += minutesBetweenPushes) {
                model.push();
            }
            model.pass(60L * minutesBetweenChecks);
            model.check();
            if (model.built.size() > builds) {
                builds = model.built.size();
                last = model.real;
            }
            long since = model.real - last;
            assertTrue(builds == 0 || since <= most, () -> "no build for " + since / 3600 + " hours");
        }
        assertEquals(List.of(), model.tooYoung);
        assertEquals(model.built.size(), new HashSet<>(model.built).size());
    }

    @Example
    void anImageThatIsPushedEveryHourWithAnAgeOfADayIsBuiltDaily() {
        AgeModel model = new AgeModel(Duration.ofDays(1));
        for (int hour = 0; hour < 60 * 24; hour++) {
            model.check();
            model.pass(1800);
            model.push();
            model.pass(1800);
        }
        assertEquals(List.of(), model.tooYoung);
        assertEquals(new HashSet<>(model.built).size(), model.built.size());
        assertTrue(
                model.built.size() >= 54 && model.built.size() <= 60, () -> model.built.size() + " builds in 60 days");
    }

    @Example
    void aWaveOfPushesIsOneBuild() {
        AgeModel model = new AgeModel(Duration.ofMinutes(10));
        settle(model);
        for (int piece = 0; piece < 4; piece++) {
            model.push();
            model.check();
            model.pass(60);
        }
        Digest whole = model.present;
        for (int minute = 0; minute < 60; minute++) {
            model.check();
            model.pass(60);
        }
        assertEquals(List.of(whole), model.built);
    }

    /** A clock that jumps makes nothing older, and a controller that was stopped for days does not know what happened meanwhile. */
    @Example
    void neitherAClockThatJumpsNorARestartLetsADigestCountEarly() {
        AgeModel model = new AgeModel(Duration.ofDays(3));
        settle(model);
        model.push();
        model.check();
        model.act(AgeStep.CLOCK_FORWARD, 99);
        model.check();
        model.act(AgeStep.CRASH, 99);
        model.check();
        assertEquals(List.of(), model.built);
        model.pass(Duration.ofDays(3).toSeconds());
        model.check();
        assertEquals(List.of(model.present), model.built);
    }

    private static void settle(AgeModel model) {
        for (int i = 0; i < 3; i++) {
            model.check();
            model.pass(model.age.toSeconds());
        }
        model.check();
    }
}
