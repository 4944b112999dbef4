package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsADocument() {
        JsonNode node = read("\uFEFF {\"code\": \"DENIED\", \"n\": 7, \"none\": null}\n");
        assertEquals("DENIED", Json.text(node, "code"));
        assertEquals("", Json.text(node, "n"), "a number is not text");
        assertEquals("", Json.text(node, "none"));
        assertEquals("", Json.text(node, "missing"));
        assertEquals("{\"code\":\"DENIED\",\"n\":7,\"none\":null}", Json.write(node));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html>",
                "{",
                "{\"a\":1",
                "{'a':1}",
                "{\"a\":1,}",
                "{} {}",
                "{}<html>",
                "// c\n{}",
                "{\"a\":\"x\ny\"}",
                "NaN"
            })
    void isMissingWhereThereIsNoJson(String text) {
        assertTrue(read(text).isMissingNode());
        assertEquals("", Json.text(read(text), "a"));
    }

    @Test
    void isMissingPastItsLimits() {
        assertTrue(read("[".repeat(32) + "]".repeat(32)).isArray());
        assertTrue(read("[".repeat(33) + "]".repeat(33)).isMissingNode());
        assertTrue(read("[".repeat(100_000)).isMissingNode());
        assertTrue(read("9".repeat(101)).isMissingNode());
        assertTrue(read("{\"" + "n".repeat(100_000) + "\":1}").isMissingNode());
    }

    @Test
    void isMissingForBytesThatAreNoUtf8() {
        assertTrue(Json.read(new byte[] {'"', (byte) 0xC3, '"'}).isMissingNode());
    }

    @Test
    void lenientReadingTakesLineBreaksInTextsOnly() {
        assertEquals("x\ny", Json.text(Json.readLenient("{\"a\":\"x\ny\"}"), "a"));
        assertTrue(Json.readLenient("{'a':1}").isMissingNode());
        assertTrue(Json.readLenient("{} {}").isMissingNode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1}|''",
                "{\"a\":secret}|line 1, column ",
                "[1,;2,;secret]|line 3, column ",
                "{\"a\":1}secret|line 1, column "
            })
    void saysWhereJsonStops(String text, String place) {
        String fault = Json.fault(text.replace(';', '\n'));
        assertTrue(place.isEmpty() ? fault.isEmpty() : fault.startsWith(place), fault);
        assertFalse(fault.contains("secret"), fault);
    }

    private static JsonNode read(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
