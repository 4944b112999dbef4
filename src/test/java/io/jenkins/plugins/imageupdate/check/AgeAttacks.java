package io.jenkins.plugins.imageupdate.check;

import io.jenkins.plugins.imageupdate.registry.Push;
import io.jenkins.plugins.imageupdate.testing.Attack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Images that should count before they are three days old, and registries that want to be remembered for ever. */
public final class AgeAttacks {
    private static final String AIM = "an image that counts before its minimum age";
    private static final WatchedImage IMAGE = WatchedImage.parse("gcr.io/p/app:stable", null);
    private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
    private static final Duration AGE = Duration.ofDays(3);
    private static final long UPTIME = 5_000_000;

    public static final List<Attack> ROWS = List.of(
            new Attack(
                    AIM,
                    "a digest that was pushed days before, then the tag is moved to it",
                    "waits until 2026-01-13T00:00:00Z",
                    () -> moved(pushed(sees("bad", NOW), NOW.minus(Duration.ofDays(9)), NOW))),
            new Attack(
                    AIM,
                    "a digest that is seen after the controller's clock was set forward by ten years",
                    "waits until 2036",
                    () -> moved(sees("bad", NOW.plus(Duration.ofDays(3653))))),
            new Attack(
                    AIM,
                    "a tag that moves to the digest, away from it and back, again and again",
                    "waits until 2026-01-12T23:",
                    AgeAttacks::toAndFro),
            new Attack(
                    AIM,
                    "at first sight a time of the push, from a registry that does not tell its own time",
                    "no digest counts yet",
                    () -> first(pushed(sees("bad", NOW), NOW.minus(Duration.ofDays(9)), null))),
            new Attack(
                    "an image that never counts",
                    "at first sight a time of the push that is years ahead",
                    "waits until 2026-01-13T00:00:00Z",
                    () -> first(pushed(sees("bad", NOW), NOW.plus(Duration.ofDays(9_000)), NOW))),
            new Attack(
                    "the memory of the controller",
                    "a tag that moves ten thousand times",
                    "64 digests are remembered",
                    AgeAttacks::manyPushes));

    private AgeAttacks() {}

    private static Sighting sees(String content, Instant at) {
        TagSet tags = TagSet.of(new TagDigest(null, Sightings.digest(content), null));
        return Sighting.of(IMAGE, tags, false, null, at).atUptime(UPTIME).with(Rest.of(AGE, 1));
    }

    private static Sighting pushed(Sighting seen, Instant push, Instant registryTime) {
        TagDigest one = seen.tags().newest();
        return seen.pushed(TagSet.of(one.pushed(new Push(one.digest(), push))), registryTime);
    }

    private static SeenDigests good() {
        return new SeenDigests(List.of(new SeenDigest(sees("good", NOW).tags().newest(), NOW, 0, false)));
    }

    /** The tag pointed at a good image, which counts. */
    private static String moved(Sighting bad) {
        List<TagSet> counted = List.of(Sightings.set("good"));
        SeenDigests seen = good().with(bad, any -> false, false);
        return CheckResult.compare(Counted.of(bad, seen, counted), counted.get(0))
                .sentence();
    }

    private static String first(Sighting bad) {
        SeenDigests seen = SeenDigests.NONE.with(bad, any -> false, true);
        return CheckResult.compare(Counted.of(bad, seen, List.of()), null).sentence();
    }

    private static String toAndFro() {
        SeenDigests seen = good();
        List<TagSet> counted = List.of(Sightings.set("good"));
        Sighting last = sees("bad", NOW);
        for (int minute = 0; minute < 60; minute++) {
            last = sees(minute % 2 == 0 ? "good" : "bad", NOW).atUptime(UPTIME + 60L * minute);
            seen = seen.with(last, any -> false, false);
        }
        return CheckResult.compare(Counted.of(last, seen, counted), counted.get(0))
                .sentence();
    }

    private static String manyPushes() {
        SeenDigests seen = SeenDigests.NONE;
        for (int push = 0; push < 10_000; push++) {
            seen = seen.with(sees("content " + push, NOW).atUptime(UPTIME + push), any -> false, push == 0);
        }
        return seen.digests().size() + " digests are remembered";
    }
}
