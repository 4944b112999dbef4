package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
    /** Escapes are the test's own: a backslash, {@code u} and four digits. */
    @ParameterizedTest
    @CsvSource({
        "plain text, plain text",
        "'  around  ', around",
        "a\\u000D\\u000Ab, a b",
        "a\\u0009\\u0000\\u001Bb, a b",
        "a\\u0085b, a b",
        "a\\u2028b, a b",
        "a\\u202Eb\\u2066c, a b c",
        "a\\u200Bb\\uFEFFc, a b c",
        "a\\u00A0b, a b",
        "a\\uE000b, a b",
        "a\\uD800b, a b",
        "a\\uDB40\\uDC41b, a b",
        "\\u007F, ''",
        "schön 日本 \\uD83D\\uDC33, schön 日本 \\uD83D\\uDC33",
        "<b>\"&', <b>\"&'",
    })
    void leavesOneVisibleLine(String text, String expected) {
        assertEquals(unescape(expected), Printable.of(unescape(text)));
    }

    @Test
    void cutsLongText() {
        assertEquals("a".repeat(300), Printable.of("a".repeat(300)));
        assertEquals("a".repeat(300), Printable.of("a".repeat(300) + "\n\n"));
        assertEquals("a".repeat(300) + "…", Printable.of("a".repeat(301)));
        assertEquals("🐳".repeat(150) + "…", Printable.of("🐳".repeat(200)), "no character is cut in two");
    }

    @Test
    void nullAndEmptyTextBecomeEmptyText() {
        assertEquals("", Printable.of(null));
        assertEquals("", Printable.of(""));
    }

    private static String unescape(String text) {
        return java.util.regex.Pattern.compile("\\\\u([0-9A-F]{4})")
                .matcher(text)
                .replaceAll(hex -> String.valueOf((char) Integer.parseInt(hex.group(1), 16)));
    }
}
