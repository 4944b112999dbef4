package io.jenkins.plugins.imageupdate.tags.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
    /** range | in it | not in it */
    @ParameterizedTest
    @CsvSource(
            value = {
                ">=1.4 <2 | 1.4.0 1.99.9 | 1.3.9 2.0.0",
                ">= 1.4, < 2 | 1.4.0 1.99.9 | 1.3.9 2.0.0",
                "~1.2 | 1.2.0 1.2.9 | 1.1.0 1.3.0",
                "~1.2.3 | 1.2.3 1.2.9 | 1.2.2 1.3.0",
                "~> 1.2 | 1.2.5 | 1.3.0",
                "^1 | 1.0.0 1.9.0 | 0.9.0 2.0.0",
                "^0.2.3 | 0.2.3 0.2.9 | 0.3.0",
                "^0 | 0.0.0 0.9.9 | 1.0.0 5.0.0",
                "^0.x | 0.0.0 0.9.9 | 1.0.0",
                "^0.0 | 0.0.0 0.0.9 | 0.1.0",
                "^0.0.3 | 0.0.3 | 0.0.4",
                "1.x | 1.0.0 1.9.9 | 2.0.0",
                "1.2.* | 1.2.0 1.2.9 | 1.3.0",
                "1 | 1.9.9 | 2.0.0",
                "* | 0.0.1 99.0.0 | 1.0.0-rc.1",
                "x | 0.0.1 99.0.0 | 1.0.0-rc.1",
                "1.x.3 | 1.0.0 1.9.9 | 2.0.0",
                "1.2 - 1.4 | 1.2.0 1.4.9 | 1.1.9 1.5.0",
                "1.2.3 - 1.4.1 | 1.2.3 1.4.1 | 1.4.2",
                "'^1.2 || ^3' | 1.5.0 3.1.0 | 1.1.0 2.0.0 4.0.0",
                "=1.2.3 | 1.2.3 | 1.2.4",
                "1.2.3 | 1.2.3 | 1.2.4 1.2.3-rc.1",
                "<=1 | 0.1.0 1.9.9 | 2.0.0",
                ">1.2 | 1.3.0 | 1.2.9",
                ">=v1.2 | 1.2.0 | 1.1.0",
                ">=2024.01 | 2024.1.0 2024.12.0 | 2023.12.0",
                ">=1.0.0-rc2 <2 | 1.0.0-rc.2 1.0.0-rc.10 1.0.0 | 1.0.0-rc.1 1.1.0-rc.1 2.0.0",
                ">=3.14-alpha | 3.14.0-rc.1 3.14.0-alpha | 3.13.0",
                "^1.2.3 <1.5 | 1.4.9 | 1.5.0"
            },
            delimiter = '|')
    void contains(String range, String in, String out) {
        VersionRange parsed = VersionRange.parse(range);
        for (String version : in.split(" ")) {
            assertTrue(parsed.contains(version), version + " in " + range);
        }
        for (String version : out.split(" ")) {
            assertEquals(false, parsed.contains(version), version + " not in " + range);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "latest",
                "banana",
                "=>1",
                "!=1",
                "[1.0,2.0)",
                "1.2.3.4",
                ">=1.2.3.4",
                ">=1 ||",
                "|| 1",
                ">=",
                ">= <2",
                "1.2-",
                "1.2.3+build",
                "1..2",
                "99999999999",
                ">=1.4 and <2",
                "1 - 2 - 3",
                "* - 2",
                "<*",
                ">=x"
            })
    void whatIsNoRange(String range) {
        String message = assertThrows(IllegalArgumentException.class, () -> VersionRange.parse(range))
                .getMessage();
        assertTrue(message.contains("is not a range of versions: "), message);
        assertTrue(message.contains("\">=1.4 <2\""), message);
    }

    @Test
    void aRangeIsShort() {
        assertThrows(IllegalArgumentException.class, () -> VersionRange.parse(">=1 ".repeat(100)));
    }
}
