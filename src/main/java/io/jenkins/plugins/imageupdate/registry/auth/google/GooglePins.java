package io.jenkins.plugins.imageupdate.registry.auth.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imageupdate.registry.Json;
import java.net.URI;

/**
 * Holds files that a user or an administrator supplies to Google's own addresses (Google, "Security requirements when using credential
 * configurations from an external source").
 */
final class GooglePins {
    private static final String UNIVERSE = "googleapis.com";

    private GooglePins() {}

    /** Refuses a document that names another address than this; one that names none means Google's. */
    static void require(JsonNode document, String field, URI only) {
        JsonNode named = document.path(field);
        if (!named.isMissingNode() && !named.asText().equals(only.toString())) {
            throw new IllegalArgumentException("refused: its \"" + field + "\" is not Google's, which is " + only);
        }
    }

    /** Refuses sovereign clouds, whose addresses are others. */
    static void requireUniverse(JsonNode document) {
        String universe = Json.text(document, "universe_domain");
        if (!universe.isEmpty() && !universe.equals(UNIVERSE)) {
            throw new IllegalArgumentException("refused: its \"universe_domain\" is not " + UNIVERSE);
        }
    }
}
