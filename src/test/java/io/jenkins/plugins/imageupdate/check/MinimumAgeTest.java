package io.jenkins.plugins.imageupdate.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinimumAgeTest {
    @ParameterizedTest
    @CsvSource({
        "90m,PT90M,90m",
        "12h,PT12H,12h",
        "3d,P3D,3d",
        "2w,P14D,14d",
        "120m,PT2H,2h",
        "' 36h ',PT36H,36h",
        "0,PT0S,0"
    })
    void aNumberWithAUnitIsAnAge(String written, Duration age, String text) {
        assertEquals(age, MinimumAge.parse(written));
        assertEquals(text, MinimumAge.text(age));
        assertEquals(age, MinimumAge.parse(text));
    }

    @Test
    void noTextIsNoAge() {
        assertNull(MinimumAge.parse(null));
        assertNull(MinimumAge.parse("  "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "3 d", "3D", "-3d", "3d12h", "P3D", "3days", "1.5d", "d", "9999999m", "٣d"})
    void anotherTextIsRefusedWithWhatToWrite(String written) {
        String message = assertThrows(IllegalArgumentException.class, () -> MinimumAge.parse(written))
                .getMessage();
        assertTrue(message.contains("Write a whole number and its unit"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"367d", "53w", "999999w"})
    void anAgeOfMoreThanAYearIsRefused(String written) {
        String message = assertThrows(IllegalArgumentException.class, () -> MinimumAge.parse(written))
                .getMessage();
        assertEquals("the minimum age '" + written + "' is longer than a year. The most is 366d", message);
    }

    @Test
    void aTextThatIsShownHasOneLine() {
        String message = assertThrows(IllegalArgumentException.class, () -> MinimumAge.parse("3d\n\u001b[31mred"))
                .getMessage();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }
}
