package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDetailsTest {
    private static JsonNode json(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ImageDetails details(String manifest, String config) {
        return ImageDetails.of(json(manifest), json(config));
    }

    @Test
    void everythingThatIsSaidIsRead() {
        ImageDetails details = details("""
            {"layers": [{"size": 5}, {"size": 4000000000}],
             "annotations": {"org.opencontainers.image.revision": "older", "org.opencontainers.image.title": "App"}}
            """, """
            {"created": "2026-03-04T05:06:07.5+01:00", "os": "linux", "architecture": "arm64", "variant": "v8",
             "config": {"Labels": {"org.opencontainers.image.revision": "abc", "org.opencontainers.image.version": "1.4.3",
               "org.opencontainers.image.licenses": "MIT", "secret": "x", "org.opencontainers.image.url": ""}}}
            """);
        assertEquals(
                new ImageDetails(
                        Instant.parse("2026-03-04T04:06:07.5Z"),
                        Platform.parse("linux/arm64"),
                        4_000_000_005L,
                        Map.of("revision", "abc", "version", "1.4.3", "title", "App")),
                details);
        assertEquals("abc", details.label("revision"));
        assertNull(details.label("url"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | {}",
                "[] | []",
                "'' | ''",
                "{\"layers\": {}, \"annotations\": []} | {\"config\": [], \"created\": 7, \"os\": {},"
                        + " \"architecture\": null}",
                "{\"layers\": [{}]} | {\"config\": {\"Labels\": null}, \"os\": \"linux\"}",
                "{\"layers\": [{\"size\": -1}]} | {\"created\": \"0001-01-01T00:00:00Z\", \"architecture\": \"amd64\"}",
                "{\"layers\": [{\"size\": 1.5}]} | {\"created\": \"1970-01-01T00:00:00Z\"}",
                "{\"layers\": [{\"size\": \"7\"}]} | {\"created\": \"yesterday\", \"os\": \"a b\", \"architecture\":"
                        + " \"c\"}",
                "{\"layers\": [{\"size\": 9223372036854775807}, {\"size\": 1}]} | {}",
                "{\"layers\": [{\"size\": 9223372036854775808}]} | {}"
            })
    void whatIsMissingOrOddIsUnknown(String manifest, String config) {
        assertEquals(new ImageDetails(null, null, -1, Map.of()), details(manifest, config));
    }

    @Test
    void anImageWithoutLayersHasNoSize() {
        assertEquals(0, details("{\"layers\": []}", "{}").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", "a\\u0000\\u202eb", "a \\t b"})
    void labelsAreOnePrintableLine(String label) {
        String config = "{\"config\": {\"Labels\": {\"org.opencontainers.image.version\": \"" + label + "\"}}}";
        assertEquals("a b", details("{}", config).label("version"));
    }

    @Test
    void labelsAreCut() {
        String config =
                "{\"config\": {\"Labels\": {\"org.opencontainers.image.title\": \"" + "x".repeat(100_000) + "\"}}}";
        assertEquals(301, details("{}", config).label("title").length());
    }
}
