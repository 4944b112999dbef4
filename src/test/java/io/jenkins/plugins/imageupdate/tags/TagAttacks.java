package io.jenkins.plugins.imageupdate.tags;

import io.jenkins.plugins.imageupdate.tags.version.TagVersion;
import io.jenkins.plugins.imageupdate.tags.version.VersionRange;
import io.jenkins.plugins.imageupdate.testing.Attack;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Tags of a registry, and expressions of a job, that are there to keep the controller busy. */
public final class TagAttacks {
    private static final String AIM = "time, by an expression that backtracks";

    public static final List<Attack> ROWS = Stream.of(
                    Stream.of("1-a" + "1".repeat(120) + "!", "1-a" + ".1".repeat(60) + "!", "1" + ".1".repeat(62) + "!")
                            .map(tag -> new Attack(
                                    AIM,
                                    "a tag of " + tag.length() + " characters, `" + tag.substring(0, 6) + "`…",
                                    "read in time",
                                    () -> Attack.inTime(() -> {
                                        TagVersion.parse(tag);
                                        return "read in time";
                                    }))),
                    Stream.of("1.1.1-" + "a-".repeat(95) + "!", "1 - 1".repeat(40), ">" + " ".repeat(150) + "!")
                            .map(range -> new Attack(
                                    AIM,
                                    "a range of versions, `" + range.substring(0, 6) + "`…",
                                    "is not a range of versions",
                                    () -> Attack.inTime(() -> refusal(() -> VersionRange.parse(range))))),
                    Stream.of(new Attack(
                            "a forged line in a log",
                            "a variant of tags with a line break",
                            "is not a variant",
                            () -> refusal(() -> TagPolicy.semver("^1", "x\nFinished: SUCCESS", TagFilter.none())))),
                    Stream.of(new Attack(
                            "the resources of other jobs",
                            "a rule by which a million tags count, each to be asked for",
                            "1 to 20",
                            () -> refusal(() -> TagFilter.of(List.of(), List.of(), 1_000_000)))))
            .flatMap(rows -> rows)
            .toList();

    private TagAttacks() {}

    private static String refusal(Supplier<Object> maker) {
        try {
            return "taken: " + maker.get();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
