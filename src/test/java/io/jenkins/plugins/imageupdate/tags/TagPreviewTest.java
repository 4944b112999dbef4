package io.jenkins.plugins.imageupdate.tags;

import static io.jenkins.plugins.imageupdate.tags.Choosing.semver;
import static io.jenkins.plugins.imageupdate.tags.Choosing.tags;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.registry.TagList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TagPreviewTest {
    @Test
    void whatIsChosenAndWhatWasBefore() {
        TagPreview preview = TagPreview.of(semver("1.x"), tags("1.25 1.26.1 1.27.0 1.27.0-alpine 2.0 latest"), "1.25");
        assertEquals(List.of("1.27.0"), preview.chosen());
        assertEquals(Optional.of("1.26.1"), preview.before());
        assertEquals(List.of(), preview.nearest());
        assertEquals(
                List.of(
                        "Chosen now: 1.27.0.",
                        "Before 1.27.0 it was 1.26.1.",
                        "Why: semver 1.x: 3 of 6 tags match, the newest is 1.27.0.",
                        "Left out: no version (1), not in the range (1), variant alpine (1)."),
                preview.sentences());
    }

    @Test
    void onlyTheTagOnTheImageMatches() {
        TagPreview preview =
                TagPreview.of(semver("*"), tags("1.25-alpine 1.26 1.27-slim 1.27 1.9-slim latest edge"), "1.25-alpine");
        assertEquals(List.of("1.25-alpine"), preview.chosen());
        assertEquals(Optional.empty(), preview.before());
        assertEquals(
                List.of(
                        new LeftOut("1.27-slim", "variant slim"),
                        new LeftOut("1.9-slim", "variant slim"),
                        new LeftOut("1.27", "without a variant")),
                preview.nearest());
        assertEquals(
                List.of(
                        "Chosen now: 1.25-alpine.",
                        "Before it there was none: no other tag matches.",
                        "1.25-alpine is the tag on the image: there is nothing newer to be found now.",
                        "Why: semver *: 1 of 7 tags match, the newest is 1.25-alpine.",
                        "Left out: no version (2), variant slim (2), without a variant (2).",
                        "Only 1.25-alpine, the tag on the image, matches. The tags that are most like it do not match:"
                                + " 1.27-slim (variant slim), 1.9-slim (variant slim), 1.27 (without a variant)."),
                preview.sentences());
    }

    @Test
    void theSameIsSaidByTheChoice() {
        TagChoice choice = semver("*").choose(tags("1.0-jdk11 1.1-jdk17 1.2-jdk17 1.2-jdk21"), "1.0-jdk11");
        assertEquals(
                "semver *: 1 of 4 tags match, the newest is 1.0-jdk11. Only 1.0-jdk11, the tag on the image, matches. The"
                        + " tags that are most like it do not match: 1.2-jdk21 (variant jdk21), 1.2-jdk17 (variant jdk17),"
                        + " 1.1-jdk17 (variant jdk17).",
                choice.summary());
    }

    @Test
    void everyPolicyNamesTheNearestTagsAndWhyTheyAreLeftOut() {
        assertEquals(
                List.of(new LeftOut("sid-20240301", "other than bookworm-*"), new LeftOut("13", "no date")),
                TagPolicy.newest(TagFilter.none())
                        .choose(tags("bookworm-20240131 sid-20240301 13 stable"), "bookworm-20240131")
                        .nearest());
        assertEquals(
                List.of(new LeftOut("v2", "left out by include or exclude"), new LeftOut("w3", "no match")),
                TagPolicy.regex("^v", TagSort.NUMERIC, TagFilter.of(List.of(), List.of("2"), 1))
                        .choose(tags("v1 v2 w3"), "v1")
                        .nearest());
        assertEquals(
                List.of(
                        new LeftOut("3107.v665000b_51092-2", "another numbering, numbers with a commit"),
                        new LeftOut("2021.1-1", "another numbering, years")),
                semver("*")
                        .choose(tags("4.13.3-1 3107.v665000b_51092-2 2021.1-1"), "4.13.3-1")
                        .nearest());
    }

    @Test
    void newerTagsThatAreNotVersionsAreNotMissed() {
        assertEquals(
                List.of(), semver("*").choose(tags("1.0 latest edge"), "1.0").notes());
        assertEquals(List.of(), semver("*").choose(tags("1.0 1.1 2.0-x"), "1.1").notes());
    }

    @Test
    void nothingMatches() {
        TagPreview preview = TagPreview.of(semver(">=5"), tags("1.1 1.2 latest"), "1.1");
        assertEquals(List.of(), preview.chosen());
        assertEquals(
                List.of(
                        "No tag would be chosen now.",
                        "Why: semver >=5 matches none of 3 tags: not in the range (2), no version (1).",
                        "The tags that are most like 1.1 do not match: 1.2 (not in the range)."),
                preview.sentences());
    }

    @Test
    void severalThatCount() {
        TagPolicy policy = TagPolicy.semver("*", null, TagFilter.of(List.of(), List.of(), 2));
        TagPreview preview = TagPreview.of(policy, tags("1.0 1.1 1.2"), null);
        assertEquals(List.of("1.2", "1.1"), preview.chosen());
        assertEquals(Optional.of("1.1"), preview.before());
    }

    @Test
    void aListThatIsCutOffIsSaid() {
        TagPreview preview = TagPreview.of(semver("*"), new TagList(List.of("1.0"), true), "1.0");
        assertEquals(
                "Why: semver *: 1 of 1 tags match, the newest is 1.0; the registry's list was cut off, a newer tag may be"
                        + " missing.",
                preview.sentences().get(3));
    }
}
