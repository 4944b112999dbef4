package io.jenkins.plugins.imageupdate.registry;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an image says of itself, for people to read. No decision depends on it, since it is written by those who push the image.
 *
 * @param created when it was built; null if it does not say, or names the year 1970 or 1 as reproducible builds do
 * @param platform what it runs on, null if it does not say
 * @param size total of its compressed layers in bytes, -1 when unknown
 * @param labels values of the OCI annotation keys {@code org.opencontainers.image.} version, revision, source, created, title and
 *     url, by the word after the prefix; each one printable line of bounded length
 */
public record ImageDetails(
        @CheckForNull Instant created, @CheckForNull Platform platform, long size, Map<String, String> labels) {
    private static final String PREFIX = "org.opencontainers.image.";
    private static final List<String> NAMES = List.of("version", "revision", "source", "created", "title", "url");

    public ImageDetails {
        labels = Map.copyOf(labels);
    }

    /** @param name without the prefix, such as {@code revision} */
    @CheckForNull
    public String label(String name) {
        return labels.get(name);
    }

    /**
     * From an image's manifest and its configuration (OCI image specification, "Image Manifest" and "Image Configuration"; Docker's
     * have the same fields). Whatever is missing or of another kind is unknown.
     */
    static ImageDetails of(JsonNode manifest, JsonNode config) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String name : NAMES) {
            String label = Json.text(config.path("config").path("Labels"), PREFIX + name);
            String value =
                    Printable.of(label.isBlank() ? Json.text(manifest.path("annotations"), PREFIX + name) : label);
            if (!value.isEmpty()) {
                labels.put(name, value);
            }
        }
        return new ImageDetails(created(config), platform(config), size(manifest.path("layers")), labels);
    }

    @CheckForNull
    private static Instant created(JsonNode config) {
        try {
            Instant created = Instant.parse(Json.text(config, "created"));
            return created.isAfter(Instant.EPOCH) ? created : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    @CheckForNull
    private static Platform platform(JsonNode config) {
        String variant = Json.text(config, "variant");
        try {
            return Platform.parse(Json.text(config, "os") + "/" + Json.text(config, "architecture")
                    + (variant.isEmpty() ? "" : "/" + variant));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static long size(JsonNode layers) {
        long total = layers.isArray() ? 0 : -1;
        for (JsonNode layer : layers) {
            JsonNode size = layer.path("size");
            boolean sensible = size.isIntegralNumber() && size.canConvertToLong() && size.longValue() >= 0;
            if (!sensible || Long.MAX_VALUE - total < size.longValue()) {
                return -1;
            }
            total += size.longValue();
        }
        return total;
    }
}
