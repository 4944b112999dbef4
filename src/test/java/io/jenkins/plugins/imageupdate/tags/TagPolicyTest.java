package io.jenkins.plugins.imageupdate.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.tags.version.TagDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagPolicyTest {
    private static final TagList TAGS = new TagList(
            List.of("latest", "1.1", "1.2", "1.3", "1.10", "1.3-alpine", "1.3-alpine-slim", "2.0", "3.0-rc1"), false);

    @Test
    void severalThatCountAreInOrder() {
        TagChoice choice = TagPolicy.semver("1.x", null, TagFilter.of(List.of(), List.of(), 3))
                .choose(TAGS, null);
        assertEquals(List.of("1.10", "1.3", "1.2"), choice.tags());
        assertEquals(Optional.of("1.10"), choice.newest());
    }

    @Test
    void includeAndExclude() {
        TagFilter filter = TagFilter.of(List.of("^1", "^2"), List.of("0$"), 9);
        assertEquals(
                List.of("1.3", "1.2", "1.1"),
                TagPolicy.semver("*", null, filter).choose(TAGS, null).tags());
    }

    @Test
    void nothingMatchesAndIsSaidWhy() {
        TagChoice choice = TagPolicy.semver(">=5", null, TagFilter.of(List.of(), List.of("slim"), 1))
                .choose(TAGS, "1.1");
        assertEquals(List.of(), choice.tags());
        assertEquals(Optional.empty(), choice.newest());
        assertEquals(
                "semver >=5, exclude slim matches none of 9 tags: not in the range (6), left out by include or exclude (1),"
                        + " no version (1), variant alpine (1)",
                choice.summary());
    }

    @Test
    void reasonsOfEveryPolicy() {
        assertEquals(
                "regex ^v(.*), semver matches none of 2 tags: a match that is not a version (1), no match (1)",
                summary(TagPolicy.regex("^v(.*)", TagSort.SEMVER, TagFilter.none()), "vx", "1"));
        assertEquals(
                "regex x, numeric matches none of 1 tags: a match without a number (1)",
                summary(TagPolicy.regex("x", TagSort.NUMERIC, TagFilter.none()), "x"));
        assertEquals(
                "newest by the date in the name matches none of 2 tags: no date (2)",
                summary(TagPolicy.newest(TagFilter.none()), "1.2", "24.04"));
        assertEquals(
                "semver 1, variant alpine matches none of 1 tags: without a variant (1)",
                summary(TagPolicy.semver("1", "alpine", TagFilter.none()), "1"));
        assertEquals(
                "newest by the date in the name matches none of 0 tags", summary(TagPolicy.newest(TagFilter.none())));
    }

    @Test
    void whatIsChosenIsSaid() {
        assertEquals(
                "semver 1.x: 4 of 9 tags match, the newest is 1.10",
                TagPolicy.semver("1.x", null, TagFilter.none())
                        .choose(TAGS, null)
                        .summary());
    }

    @Test
    void aListThatWasCutOffIsSaid() {
        TagList cut = new TagList(List.of("1.0"), true);
        TagPolicy policy = TagPolicy.semver("1", null, TagFilter.none());
        assertTrue(policy.choose(cut, null).truncated());
        assertEquals(
                "semver 1: 1 of 1 tags match, the newest is 1.0; the registry's list was cut off, a newer tag may be"
                        + " missing",
                policy.choose(cut, null).summary());
    }

    @Test
    void equalOnesAreAlwaysDecidedAlike() {
        TagPolicy policy = TagPolicy.semver("*", null, TagFilter.none());
        assertEquals(
                List.of("1.2.3"), policy.choose(list("1.2.3", "v1.2.3"), null).tags());
        assertEquals(
                List.of("1.2.3"), policy.choose(list("v1.2.3", "1.2.3"), null).tags());
    }

    @Test
    void theVariantIsThatOfTheTagOnTheImage() {
        TagPolicy policy = TagPolicy.semver("*", null, TagFilter.none());
        assertEquals(List.of("1.3-alpine"), policy.choose(TAGS, "1.1-alpine").tags());
        assertEquals(List.of("2.0"), policy.choose(TAGS, "latest").tags());
        assertEquals(List.of("2.0"), policy.choose(TAGS, null).tags());
    }

    @ParameterizedTest
    @CsvSource({
        "20240131, 2024-01-31T00:00, *",
        "nightly-2024-01-31, 2024-01-31T00:00, nightly-*",
        "2024.01.31-slim, 2024-01-31T00:00, *-slim",
        "build_2024_01_31, 2024-01-31T00:00, build_*",
        "RELEASE.2024-01-31T20-20-33Z, 2024-01-31T20:20:33, RELEASE.*",
        "v20240131-2020, 2024-01-31T20:20, v*",
        "main-202401312020, 2024-01-31T20:20, main-*",
        "main-20240131202033-3f2a1b0, 2024-01-31T20:20:33, main-*-3f2a1b0",
        "main-3f2a1b0-1706732433, 2024-01-31T20:20:33, main-3f2a1b0-*",
        "20240230-20240131, 2024-01-31T00:00, 20240230-*"
    })
    void dates(String tag, String time, String rest) {
        TagDate date = TagDate.parse(tag);
        assertEquals(time, date == null ? null : date.time().toString());
        assertEquals(rest, date == null ? null : date.rest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"24.04", "2024.01", "1.2.3", "120240131", "20241331", "20240230", "2024-01.31", "latest", ""})
    void noDates(String tag) {
        assertEquals(null, TagDate.parse(tag));
    }

    @Test
    void ofOneDayThePlainNameAndTheLastOneCount() {
        TagPolicy policy = TagPolicy.newest(TagFilter.none());
        assertEquals(
                List.of("n-20240131.10"),
                policy.choose(list("n-20240131.10", "n-20240131.9", "n-20240131", "n-20240131-slim"), "latest")
                        .tags());
    }

    @Test
    void noDateOfAnotherSeriesIsTheNewest() {
        TagPolicy policy = TagPolicy.newest(TagFilter.none());
        TagList tags = list("bookworm-20240131", "bookworm-20240210", "sid-20240301", "latest");
        assertEquals(
                List.of("bookworm-20240210"),
                policy.choose(tags, "bookworm-20240110").tags());
        TagChoice choice = policy.choose(tags, "latest");
        assertEquals(List.of(), choice.tags());
        assertEquals(
                "newest by the date in the name matches none of 4 tags: one of several series, like bookworm-20240210 (2), no date (1),"
                        + " one of several series, like sid-20240301 (1)",
                choice.summary());
    }

    @Test
    void aCommitInTheNameIsNoSeries() {
        TagPolicy policy = TagPolicy.newest(TagFilter.none());
        TagList tags = list("main-3f2a1b0-1706732433", "main-0a9b8c7-1706732434", "feature-0a9b8c8-1706732435");
        assertEquals(
                List.of("main-0a9b8c7-1706732434"),
                policy.choose(tags, "main-1234567-1706732000").tags());
        TagList builds = list("build-12-20240131-gabcdef0", "build-13-20240201-g0123456");
        assertEquals(
                List.of("build-13-20240201-g0123456"),
                policy.choose(builds, "latest").tags());
    }

    @Test
    void anExpressionComparesNoVariantsWithEachOther() {
        TagPolicy policy = TagPolicy.regex("^1\\.", TagSort.SEMVER, TagFilter.none());
        TagList tags = list("1.1", "1.2", "1.3-alpine", "1.4-slim");
        assertEquals(List.of("1.2"), policy.choose(tags, "latest").tags());
        assertEquals(List.of("1.3-alpine"), policy.choose(tags, "1.0-alpine").tags());
        assertEquals(
                List.of("1.3-alpine"),
                policy.choose(list("1.3-alpine", "1.2-alpine"), null).tags());
        TagList other = list("1.3-alpine", "1.4-slim");
        assertEquals(List.of(), policy.choose(other, null).tags());
        assertEquals(
                "regex ^1\\., semver matches none of 2 tags: one of several series, like 1.3-alpine (1), one of several series, like"
                        + " 1.4-slim (1)",
                policy.choose(other, null).summary());
    }

    @Test
    void everyTagMayBeASeriesOfItsOwn() {
        List<String> many = new ArrayList<>(
                IntStream.range(0, 500).mapToObj(i -> "1." + i + "-" + word(i)).toList());
        TagPolicy policy = TagPolicy.regex(".", TagSort.SEMVER, TagFilter.none());
        assertEquals(List.of(), policy.choose(new TagList(many, false), null).tags());
        many.add("1.0");
        assertEquals(
                List.of("1.0"), policy.choose(new TagList(many, false), null).tags());
        assertEquals(
                List.of("1.499-" + word(499)),
                policy.choose(new TagList(many, false), "1.0-" + word(499)).tags());
    }

    /** A word of letters alone, another one for each number. */
    private static String word(int i) {
        return "x" + (char) ('k' + i / 25) + (char) ('a' + i % 25) + "y";
    }

    @Test
    void withoutGroupsTheWholeTagIsCompared() {
        TagList nightly = list("nightly-9", "nightly-10", "nightly-2-x");
        assertEquals(
                List.of("nightly-10"),
                TagPolicy.regex("^nightly-", TagSort.NUMERIC, TagFilter.none())
                        .choose(nightly, null)
                        .tags());
        assertEquals(
                List.of("nightly-9"),
                TagPolicy.regex("^nightly-", TagSort.LEXICAL, TagFilter.none())
                        .choose(nightly, null)
                        .tags());
    }

    @Test
    void numbersOfAnyLength() {
        TagPolicy policy = TagPolicy.regex("^b(\\d+)-(\\d+)", TagSort.NUMERIC, TagFilter.none());
        String large = "9".repeat(50);
        assertEquals(
                List.of("b" + large + "-10"),
                policy.choose(list("b" + large + "-9", "b" + large + "-10", "b5-99", "b007-1"), null)
                        .tags());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "(",
                "a(?=b)",
                "(a)\\1",
                "[a",
                "((a{1000}){1000}){1000}",
                "(?:x{100}){6}",
                "\\Q[\\E(a{100}){6}",
                "[]](a{100}){6}",
                "[\\]](a{100}){6}",
                "\\Q(\\E\\)(a{100}){6}",
                "a{600}"
            })
    void expressionsThatCannotBeUsed(String expression) {
        String message = assertThrows(IllegalArgumentException.class, () -> UserPattern.parse(expression))
                .getMessage();
        assertTrue(message.contains("is not an expression that can be used: "), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^v\\d+$",
                "[0-9]{4}-[0-9]{2}",
                "a{2,}",
                "x{y}",
                "a|b",
                "(?i)rc",
                "[]a]{3}",
                "\\Q{9}\\E",
                "[^\\]]+"
            })
    void expressionsThatCan(String expression) {
        assertEquals(expression, UserPattern.parse(expression).expression());
    }

    @Test
    void anExpressionIsShort() {
        assertThrows(IllegalArgumentException.class, () -> UserPattern.parse("a".repeat(501)));
        assertThrows(IllegalArgumentException.class, () -> TagFilter.of(Collections.nCopies(21, "a"), List.of(), 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101})
    void maxIsBounded(int max) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> TagFilter.of(List.of(), List.of(), max));
        assertEquals("max is the number of tags that count, 1 to 20, not " + max, refused.getMessage());
    }

    @Test
    void itIsGivenUpRatherThanRunOn() {
        TagPolicy policy = TagPolicy.newest(TagFilter.none());
        TagChoice choice = new Selection<String>(policy, Comparator.naturalOrder(), -1)
                .choose(new TagList(Collections.nCopies(200, "a"), false), Verdict::ranked);
        assertEquals(List.of(), choice.tags());
        assertTrue(
                choice.summary().contains("was given up: its expressions take too long on 200 tags"), choice::summary);
    }

    @Test
    void equalPoliciesAreWrittenAlike() {
        TagFilter filter = TagFilter.of(List.of("a", "b"), List.of("c"), 2);
        assertEquals(
                "semver >=1.4 <2, no variant, include a or b, exclude c, max 2",
                TagPolicy.semver(" >=1.4  <2", "", filter).describe());
        assertEquals(TagPolicy.semver(">=1", null, filter), TagPolicy.semver(">=1 ", null, filter));
        assertEquals(
                TagPolicy.regex("a", TagSort.LEXICAL, TagFilter.none()),
                TagPolicy.regex("a", TagSort.LEXICAL, TagFilter.none()));
    }

    private static String summary(TagPolicy policy, String... tags) {
        return policy.choose(list(tags), null).summary();
    }

    private static TagList list(String... tags) {
        return new TagList(List.of(tags), false);
    }
}
