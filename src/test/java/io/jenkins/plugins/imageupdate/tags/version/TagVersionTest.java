package io.jenkins.plugins.imageupdate.tags.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagVersionTest {
    /** tag | numbers | pre-release | revision | variant */
    @ParameterizedTest
    @CsvSource(
            value = {
                "1 | 1 | '' | '' | ''",
                "v1.2 | 1.2 | '' | '' | ''",
                "V1.2.3 | 1.2.3 | '' | '' | ''",
                "2024.01 | 2024.1 | '' | '' | ''",
                "1.2.3.4 | 1.2.3.4 | '' | '' | ''",
                "0.0.0 | 0.0.0 | '' | '' | ''",
                "1.2.3-alpine | 1.2.3 | '' | '' | alpine",
                "1.25-bookworm | 1.25 | '' | '' | bookworm",
                "1.27.3-alpine3.20-slim | 1.27.3 | '' | '' | alpine3.20-slim",
                "1.2.3_alpine | 1.2.3 | '' | '' | alpine",
                "2.541.3-lts-jdk21 | 2.541.3 | '' | '' | lts-jdk21",
                "12-beta3 | 12 | beta.3 | '' | ''",
                "12-beta3-alpine | 12 | beta.3 | '' | alpine",
                "16rc1 | 16 | rc.1 | '' | ''",
                "1.0.0-rc.1 | 1.0.0 | rc.1 | '' | ''",
                "1.0.0-rc-1 | 1.0.0 | rc.1 | '' | ''",
                "1.0.0-alpha | 1.0.0 | alpha | '' | ''",
                "1.0.0-Beta.2.3 | 1.0.0 | beta.2.3 | '' | ''",
                "3.15.0a2-slim | 3.15.0 | alpha.2 | '' | slim",
                "3.14.0b1 | 3.14.0 | beta.1 | '' | ''",
                "3.15-rc | 3.15 | rc | '' | ''",
                "3.15-rc-alpine3.22 | 3.15 | rc | '' | alpine3.22",
                "4.0.0.RC1 | 4.0.0 | rc.1 | '' | ''",
                "4.0.0.M2 | 4.0.0 | m.2 | '' | ''",
                "1.2.3-SNAPSHOT | 1.2.3 | snapshot | '' | ''",
                "25-ea-33-jdk | 25 | ea.33 | '' | jdk",
                "26.1.3.Final-jdk17 | 26.1.3 | '' | '' | jdk17",
                "21.0.5_11-jdk-noble | 21.0.5 | '' | 11 | jdk-noble",
                "1.2.3-1 | 1.2.3 | '' | 1 | ''",
                "1.2.3-r4 | 1.2.3 | '' | 4 | ''",
                "1.2.3-debian-12-r3 | 1.2.3 | '' | 3 | debian-12",
                "v1.31.2-eksbuild.3 | 1.31.2 | '' | 3 | eksbuild",
                "1.30.5-gke.1014001 | 1.30.5 | '' | 1014001 | gke",
                "1.2.3-14-gabcdef0 | 1.2.3 | '' | 14 | gabcdef0",
                "1.2.3-0a1b2c3 | 1.2.3 | '' | '' | 0a1b2c3",
                "1.2.3-dev | 1.2.3 | '' | '' | dev",
                "1.2.3-b7 | 1.2.3 | '' | '' | b7",
                "3.20 | 3.20 | '' | '' | ''",
                "1.2.3- | 1.2.3 | '' | '' | ''"
            },
            delimiter = '|')
    void takesTagsApart(String tag, String numbers, String preRelease, String revision, String variant) {
        TagVersion version = version(tag);
        assertEquals(numbers, String.join(".", version.numbers()));
        assertEquals(preRelease, String.join(".", version.preRelease()));
        assertEquals(revision, String.join(".", version.revision()));
        assertEquals(variant, version.variant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latest",
                "alpine",
                "bookworm-20240110",
                "8u432-b06-jdk",
                "1.1.1w",
                "release-1.2",
                "jdk17",
                "RELEASE.2024-01-16T16-07-38Z",
                "v",
                "version1",
                "1.x",
                "1.2.3.fips",
                "sha-0a1b2c3",
                "0a1b2c3d",
                ""
            })
    void noVersions(String tag) {
        assertNull(TagVersion.parse(tag));
    }

    /** SemVer 2.0.0, 11, with its own examples, and what people add to it. */
    @Test
    void theOrder() {
        String[] ascending = {
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0-rc9",
            "1.0.0-rc10",
            "1.0",
            "1.0.0",
            "1.0.0-1",
            "1.0.0-2",
            "1.0.0-10",
            "1.0.0.1",
            "1.0.1",
            "1.2",
            "1.10",
            "v2.0.0",
            "2.1",
            "2.1.1",
            "2023.12",
            "2024.01",
            "20240131",
            "99999999999999999999.1",
            "99999999999999999999.2"
        };
        for (int i = 1; i < ascending.length; i++) {
            String names = ascending[i - 1] + " < " + ascending[i];
            assertTrue(version(ascending[i - 1]).compareTo(version(ascending[i])) < 0, names);
            assertTrue(version(ascending[i]).compareTo(version(ascending[i - 1])) > 0, names);
        }
        assertEquals(0, version("v1.2").compareTo(version("1.2")));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0.0",
        "v1.2, 1.2.0",
        "2024.01, 2024.1.0",
        "1.2.3.4, 1.2.3",
        "1.2.3-rc1-alpine, 1.2.3-rc.1",
        "3.15-rc, 3.15.0-rc",
        "21.0.5_11-jdk, 21.0.5",
        "999999999, 999999999.0.0",
        "1000000000,",
        "20240131202033,"
    })
    void theFormForRanges(String tag, String semver) {
        assertEquals(semver, version(tag).semver());
    }

    private static TagVersion version(String tag) {
        TagVersion version = TagVersion.parse(tag);
        assertNotNull(version, tag);
        return version;
    }
}
