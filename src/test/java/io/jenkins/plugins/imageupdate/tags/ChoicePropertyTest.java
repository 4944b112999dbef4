package io.jenkins.plugins.imageupdate.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.tags.version.Commit;
import io.jenkins.plugins.imageupdate.tags.version.Numbering;
import io.jenkins.plugins.imageupdate.tags.version.Shape;
import io.jenkins.plugins.imageupdate.tags.version.TagDate;
import io.jenkins.plugins.imageupdate.tags.version.TagVersion;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for every policy and every list of tags. */
class ChoicePropertyTest {
    private static final Arbitrary<String> VERSIONS = Arbitraries.of(
            "1.0",
            "1.0.1",
            "1.1",
            "1.2.3",
            "2.0",
            "v2.1",
            "10",
            "10.0.4",
            "2021.12",
            "2024.1.3",
            "20220121",
            "250223",
            "251130",
            "3085.vc4c6977c075a",
            "3107.v665000b_51092",
            "1.0.0-rc1",
            "1.2.3-rc.2",
            "nightly-20240131",
            "2024-01-31",
            "8u402",
            "1.0.250223");

    private static final Arbitrary<String> SUFFIXES = Arbitraries.of(
            "",
            "",
            "-1",
            "-2",
            "-10",
            "-alpine",
            "-alpine3.19",
            "-alpine3.20",
            "-jdk17",
            "-jdk21",
            "-ls5",
            "-ls6",
            "-ls12",
            "-k3s1",
            "-k3s2",
            "-r3",
            "-debian-12-r3",
            "-1a2b3c4",
            "-9f8e7d6",
            "-1234567",
            "-g1234567",
            "-949.171",
            "-b7-slim",
            "-amd64",
            "-unstable0001",
            "-20240201");

    @Provide
    Arbitrary<List<String>> tags() {
        Arbitrary<String> other = Arbitraries.of("latest", "edge", "jdk17", "latest-ls5", "v", "1a2b3c4d");
        Arbitrary<String> version = Combinators.combine(VERSIONS, SUFFIXES).as((one, two) -> one + two);
        return Arbitraries.frequencyOf(Tuple.of(9, version), Tuple.of(1, other))
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<TagPolicy> policies() {
        Arbitrary<TagFilter> filters = Arbitraries.of(
                TagFilter.none(),
                TagFilter.of(List.of("^v?[0-9]"), List.of("slim"), 1),
                TagFilter.of(List.of(), List.of("9"), 3));
        return Combinators.combine(
                        Arbitraries.of("*", ">=1.0.1", "^1", "1.x || >=2000"), filters, Arbitraries.of(0, 1, 2, 3, 4))
                .as((range, filter, kind) -> switch (kind) {
                    case 0 -> TagPolicy.semver(range, null, filter);
                    case 1 -> TagPolicy.newest(filter);
                    case 2 -> TagPolicy.regex("^v?(\\d+)\\.?(\\d*)", TagSort.NUMERIC, filter);
                    case 3 -> TagPolicy.regex("^\\D*\\d.*", TagSort.LEXICAL, filter);
                    default -> TagPolicy.regex(".", TagSort.SEMVER, filter);
                });
    }

    @Property(tries = 2_000, seed = "1")
    void theOrderOfTheListDoesNotMatter(
            @ForAll("policies") TagPolicy policy, @ForAll("tags") List<String> tags, @ForAll Random random) {
        String written = tags.get(0);
        List<String> shuffled = new ArrayList<>(tags);
        Collections.shuffle(shuffled, random);
        assertEquals(choose(policy, tags, written), choose(policy, shuffled, written));
    }

    @Property(tries = 2_000, seed = "1")
    void theTagsThatCountAreSomeOfTheListAndTheFilterHasThem(
            @ForAll("policies") TagPolicy policy, @ForAll("tags") List<String> tags) {
        List<String> chosen = choose(policy, tags, tags.get(0)).tags();
        assertTrue(tags.containsAll(chosen));
        assertTrue(chosen.stream().allMatch(policy.filter()::admits));
        assertTrue(chosen.size() <= policy.filter().max());
    }

    /** Where the policy allows the tag on the image, and it is in the list. */
    @Property(tries = 2_000, seed = "1")
    void theChoiceIsNeverOlderThanTheTagOnTheImage(
            @ForAll("policies") TagPolicy policy, @ForAll("tags") List<String> tags) {
        String written = tags.get(0);
        Assume.that(choose(policy, List.of(written), written).tags().equals(List.of(written)));
        List<String> chosen = choose(policy, tags, written).tags();
        assertTrue(!chosen.isEmpty());
        TagVersion before = TagVersion.parse(written);
        TagVersion now = TagVersion.parse(chosen.get(0));
        if (policy instanceof SemverPolicy && before != null && now != null) {
            assertTrue(TagVersion.compareNumbers(before.numbers(), now.numbers()) <= 0, written + " to " + chosen);
            assertEquals(before.committed(), now.committed());
            Numbering numbering = Numbering.seenFrom(before);
            assertEquals(numbering.of(before), numbering.of(now));
        }
        if (policy instanceof NewestPolicy) {
            assertTrue(!time(chosen.get(0)).isBefore(time(written)), written + " to " + chosen);
        }
    }

    private static LocalDateTime time(String tag) {
        return TagDate.parseWithShort(tag).time();
    }

    /**
     * Where it is not like the tag on the image but for its numbers: a tag that is tells which of these numbers count, though it is not in
     * the range.
     */
    @Property(tries = 2_000, seed = "1")
    void aTagThatDoesNotMatchChangesNothing(
            @ForAll("policies") TagPolicy policy,
            @ForAll("tags") List<String> tags,
            @ForAll("tags") List<String> others) {
        String written = tags.get(0);
        String other = others.get(0);
        Assume.that(!tags.contains(other));
        Assume.that(!choose(policy.withMax(2), List.of(written, other), written)
                .tags()
                .contains(other));
        Assume.that(!suffix(other).equals(suffix(written)) || suffix(other).isEmpty());
        Set<String> more = new LinkedHashSet<>(tags);
        more.add(other);
        assertEquals(
                choose(policy, tags, written).tags(),
                choose(policy, List.copyOf(more), written).tags());
    }

    private static String suffix(String tag) {
        String form = Shape.of(tag, Commit.UNDOUBTED).form();
        return form.substring(form.indexOf('-') + 1);
    }

    /** A tag that the filter leaves out is as if it were not there. */
    @Property(tries = 2_000, seed = "1")
    void aTagThatIsExcludedIsNeverChosen(@ForAll("tags") List<String> tags, @ForAll Random random) {
        String written = tags.get(0);
        String out = tags.get(random.nextInt(tags.size()));
        TagPolicy policy = TagPolicy.semver(
                "*", null, TagFilter.of(List.of(), List.of("^" + out.replaceAll("[.]", "\\\\.") + "$"), 1));
        assertTrue(!choose(policy, tags, written).tags().contains(out));
    }

    private static TagChoice choose(TagPolicy policy, List<String> tags, String written) {
        return policy.choose(new TagList(tags, false), written);
    }
}
