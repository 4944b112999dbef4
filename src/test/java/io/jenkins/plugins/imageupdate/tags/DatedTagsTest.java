package io.jenkins.plugins.imageupdate.tags;

import static io.jenkins.plugins.imageupdate.tags.Choosing.chooses;
import static io.jenkins.plugins.imageupdate.tags.Choosing.tags;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers beside a date, and numbers in groups. */
class DatedTagsTest {
    /** the tag on the image | the repository's tags | what is chosen */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                // behind the date
                "bionic-20190912.1 | bionic-20190912.1 bionic-20200219 focal-20210101 | bionic-20200219",
                "v2026-01-30-2 | v2026-01-30-2 v2026-01-30-9 v2026-01-30-10 | v2026-01-30-10",
                "20240131 | 20240131 20240131.2 20240131-slim | 20240131.2",
                "20240131_3-slim | 20240131_3-slim 20240131_12-slim 20240201-slim-arm64 | 20240131_12-slim",
                "nightly-20240131-b7 | nightly-20240131-b7 nightly-20240201-b8 | nightly-20240201-b8",
                "nightly-20240131-r1-slim | nightly-20240131-r1-slim nightly-20240131-r2-slim | nightly-20240131-r2-slim",
                "main-20240131-1a2b3c4-12 | main-20240131-1a2b3c4-12 main-20240201-2a2b3c4-13 | main-20240201-2a2b3c4-13",
                // before the date
                "build-12-20240131 | build-12-20240131 build-13-20240201 build-9-20231224 | build-13-20240201",
                "12-20240131 | 12-20240131 12-20240131-x 13-20240201 | 13-20240201",
                "r12-2024-01-31 | r12-2024-01-31 r13-2024-01-31 | r13-2024-01-31",
                "ci.7.20240131 | ci.7.20240131 ci.8.20240202 | ci.8.20240202",
                // variants
                "ubuntu-22.04-20240131 | ubuntu-22.04-20240131 ubuntu-22.04-20240301 ubuntu-24.04-20240401 ubuntu-24.04-20240501 | ubuntu-22.04-20240301",
                "el8-20240131 | el8-20240131 el8-20240201 el9-20240301 el9-20240401 | el8-20240201",
                "20240131-jdk17 | 20240131-jdk17 20240201-jdk17 20240301-jdk21 20240401-jdk21 | 20240201-jdk17",
                // two digits for the year
                "250223 | 250223 20220121 251130 | 251130",
                "nightly-250131 | nightly-250131 nightly-20240131 nightly-250201 nightly-259901 | nightly-250201",
                // never older
                "bionic-20190912.2 | bionic-20190912.1 bionic-20190912 | ''"
            })
    void newest(String written, String tags, String chosen) {
        chooses(TagPolicy.newest(TagFilter.none()), written, tags(tags), chosen);
    }

    /** expression | the tag on the image | the repository's tags | what is chosen */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^temurin-([\\d.]+)_(\\d+)$ | temurin-25_36 | temurin-25_36 temurin-25.0.1_8 | temurin-25.0.1_8",
                "^temurin-([\\d.]+)_(\\d+)$ | latest | temurin-25_36 temurin-25.0.1_8 temurin-25.0.1_10 | temurin-25.0.1_10",
                "^(\\d[\\d.]*)-(\\d[\\d.]*)$ | 15-3.3 | 15-3.3 15-3.10 9-9.9.9 | 15-3.10",
                "^(.+)u(\\d+)$ | 8u9 | 8u9 8.1u2 8u402 | 8.1u2",
                "^v(\\d+)(?:\\.(\\d+))?-(\\d+)$ | v1-9 | v1-9 v1.2-3 | v1.2-3",
                "^(\\D+)(\\d+)$ | a1 | a1 b9 a10 | a10"
            })
    void groupsAreComparedOneAfterTheOther(String expression, String written, String tags, String chosen) {
        chooses(TagPolicy.regex(expression, TagSort.NUMERIC, TagFilter.none()), written, tags(tags), chosen);
    }
}
