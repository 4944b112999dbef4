package io.jenkins.plugins.imageupdate.tags;

import static io.jenkins.plugins.imageupdate.tags.Choosing.chooses;
import static io.jenkins.plugins.imageupdate.tags.Choosing.semver;
import static io.jenkins.plugins.imageupdate.tags.Choosing.tags;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numberings that cannot be compared are never mixed, and what was not compared is said. */
class NumberingTest {
    /** range | the tag on the image | the repository's tags | what is chosen | what is said not to be comparable */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                // Jenkins' own versions (JEP-229)
                "* | 3085.vc4c6977c075a-4 | 3085.vc4c6977c075a-4 3107.v665000b_51092-2 4.13.3-1 | 3107.v665000b_51092-2 | 4.13.3-1",
                "* | 3107.v665000b_51092-2 | 3107.v665000b_51092-2 3107.v665000b_51092-15 4.13.3-1 | 3107.v665000b_51092-15 | 4.13.3-1",
                "* | 3192.v713e3b_039fb_e-1-jdk17 | 3192.v713e3b_039fb_e-1-jdk17 3261.v9c670a_4748a_9-1-jdk17 3309.v27b_9314fd1a_4-1-jdk21 3261.v9c670a_4748a_9-1-jdk21 4.13-1-jdk11 | 3261.v9c670a_4748a_9-1-jdk17 | ''",
                "* | 4.13-1 | 3107.v665000b_51092-2 4.13-1 4.13.3-1 | 4.13.3-1 | 3107.v665000b_51092-2",
                ">=3100 | 3107.v665000b_51092-2 | 3107.v665000b_51092-2 3261.v9c670a_4748a_9-1 3085.vc4c6977c075a-4 | 3261.v9c670a_4748a_9-1 | ''",
                "* | 1.0.3-2.vabcdef012345 | 1.0.3-2.vabcdef012345 1.0.4-7.v8a_b_c4d5e6f7a_ | 1.0.4-7.v8a_b_c4d5e6f7a_ | ''",
                // dates of different lengths
                "* | 250223 | 250223 20220121 251130 | 251130 | 20220121",
                "* | 20250223 | 20250223 20250301 250401 202203011200 | 20250301 | 202203011200 and 1 more",
                "* | 250223 | 250223 251130 2201211530 2022012101 | 251130 | 2201211530 and 1 more",
                "* | 202501 | 202501 202502 20240131 | 202502 | 20240131",
                "* | 250223.1 | 250223.1 251130.1 20220121.2 | 251130.1 | 20220121.2",
                "* | v250223-slim | v250223-slim v251130-slim v20220121-slim | v251130-slim | v20220121-slim",
                "* | 1.0.250223 | 1.0.250223 1.0.251130 1.0.20220121 | 1.0.251130 | 1.0.20220121",
                "* | 1.0-250223 | 1.0-250223 1.0-251130 1.0-20220121 | 1.0-251130 | 1.0-20220121",
                "* | 20240131202033 | 20240131202033 20240201202033 20240301 | 20240201202033 | 20240301",
                "* | 999999 | 999999 1000000 20220121 | 1000000 | 20220121",
                // years
                ">=10 | 10.11.4 | 10.11.4 10.11.5 2021.12.16 | 10.11.5 | 2021.12.16",
                "* | 0.118.5 | 0.118.5 0.118.6 2021.1.0 2024.2.0 | 0.118.6 | 2024.2.0 and 1 more",
                "* | 2023.8 | 2023.8 2024.1 3.2 | 2024.1 | 3.2",
                "* | 2021.12.16 | 2021.12.16 2022.1.1 10.11.4 3000.1 | 2022.1.1 | 3000.1 and 1 more",
                "* | 12 | 12 13 2021 | 13 | 2021",
                ">=10 | latest | 10.11.4 2021.12.16 | 10.11.4 | 2021.12.16",
                ">=10 | latest | 2021.12.16 2022.1.1 | 2022.1.1 | ''",
                // counts that pass the years
                "* | 1985 | 1985 1989 1990 2001 | 2001 | ''",
                "* | 2099 | 2098 2099 2100 | 2100 | ''",
                "* | 1988.1 | 1988.1 1991.0 | 1991.0 | ''"
            })
    void theyAreNotMixed(String range, String written, String tags, String chosen, String other) {
        TagChoice choice = chooses(semver(range), written, tags(tags), chosen);
        String said = String.join(" ", choice.notes());
        assertEquals(!other.isEmpty(), said.contains("another numbering"), said);
        assertTrue(said.contains(other + (other.isEmpty() ? "" : " ha")), said);
        assertTrue(choice.summary().contains(said), choice::summary);
    }

    /** policy's sort | the tag on the image | the repository's tags | what is chosen */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NUMERIC | 250223 | 250223 20220121 251130 | 251130",
                "SEMVER | 250223 | 250223 20220121 251130 | 251130",
                "SEMVER | 3085.vc4c6977c075a-4 | 3085.vc4c6977c075a-4 3107.v665000b_51092-2 4.13.3-1 | 3107.v665000b_51092-2",
                "SEMVER | 10.11.4 | 10.11.4 10.11.5 2021.12.16 | 10.11.5"
            })
    void expressionsDoNotMixThemEither(TagSort sort, String written, String tags, String chosen) {
        TagChoice choice = chooses(TagPolicy.regex("^\\d", sort, TagFilter.none()), written, tags(tags), chosen);
        assertTrue(choice.summary().contains("has another numbering"), choice::summary);
    }

    @Test
    void whereNothingTellsWhichOneIsNewerNoneIsChosen() {
        TagChoice choice = chooses(semver("*"), "latest", tags("3107.v665000b_51092-2 4.13.3-1 latest"), "");
        assertTrue(choice.summary().contains("one of several series, like 3107.v665000b_51092-2 (1)"), choice::summary);
    }

    @Test
    void aRangeMayNameAnotherOne() {
        chooses(semver(">=20240101"), "3.21", tags("3.21 3.22 20240606"), "20240606");
        chooses(semver("<5"), "3085.vc4c6977c075a-4", tags("3085.vc4c6977c075a-4 4.13.3-1"), "4.13.3-1");
    }

    /** range | the tag on the image | the repository's tags | what is chosen */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "* | 1.2 | 1.0 1.1 | ''",
                "* | 1.0.0-rc1 | 0.9.0 1.0.0-rc1 | ''",
                "* | 3085.vc4c6977c075a-4 | 4.13.3-1 | ''",
                "* | 1.25.0 | 1.25 1.24 | 1.25",
                "~3.4 | 3.5 | 3.4 3.4.1 3.5 | 3.4.1"
            })
    void noOlderOneIsChosenThanTheOneOnTheImageUnlessTheRangeSaysSo(
            String range, String written, String tags, String chosen) {
        chooses(semver(range), written, tags(tags), chosen);
    }

    @Test
    void whyAnOlderOneIsNotChosenIsSaid() {
        assertEquals(
                "semver * matches none of 2 tags: older than 1.2, the tag on the image (2)",
                semver("*").choose(tags("1.0 1.1"), "1.2").summary());
    }

    @Test
    void aTagThatCannotBeComparedIsSaid() {
        assertEquals(
                "semver *: 1 of 2 tags match, the newest is 1.1.0. 1.1.1w, the tag on the image, cannot be compared, so it"
                        + " is not known whether 1.1.0 is newer.",
                semver("*").choose(tags("1.1.1w 1.1.0"), "1.1.1w").summary());
    }

    @Test
    void aTagIsShownInOneLine() {
        String summary =
                semver("*").choose(tags("1.1.0"), "1.1\nFinished: SUCCESS").summary();
        assertTrue(summary.contains("1.1 Finished: SUCCESS, the tag on the image"), summary);
    }
}
