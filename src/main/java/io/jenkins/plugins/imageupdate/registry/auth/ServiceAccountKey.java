package io.jenkins.plugins.imageupdate.registry.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A Google service account's key file: JSON with {@code type}, {@code project_id}, {@code private_key_id}, {@code private_key} (PKCS#8
 * PEM), {@code client_email}, {@code token_uri}.
 *
 * @param clientEmail the account
 * @param json the whole key as compact JSON, which is what {@code _json_key} takes as password; a secret
 */
public record ServiceAccountKey(String clientEmail, String json) {
    private static final String BOM = "\uFEFF";

    /**
     * Reads a key, also one with a byte order mark or as base64 of the whole; an {@link IllegalArgumentException} says which field is
     * wrong and how, and repeats nothing of the content.
     */
    public static ServiceAccountKey parse(String text) {
        String stripped = strip(text);
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("the key is empty");
        }
        JsonNode document = Json.read(decoded(stripped).getBytes(StandardCharsets.UTF_8));
        if (!document.isObject()) {
            throw new IllegalArgumentException("the key is not JSON. Upload the file as Google made it, as a Secret file;"
                    + " editors, shells and copies through a terminal often damage it");
        }
        String type = Json.text(document, "type");
        if (!type.equals("service_account")) {
            throw new IllegalArgumentException("the JSON is not a service account's key: its \"type\" is "
                    + (type.isEmpty() ? "missing" : "\"" + Printable.of(type) + "\"")
                    + " where \"service_account\" is expected");
        }
        String email = required(document, "client_email");
        checkPrivateKey(required(document, "private_key"));
        return new ServiceAccountKey(email, Json.write(document));
    }

    /** Whether a text looks like a JSON document or base64 of one, and so like a key rather than a token. */
    public static boolean looksLikeKey(String text) {
        return decoded(strip(text)).startsWith("{");
    }

    private static String strip(String text) {
        return (text.startsWith(BOM) ? text.substring(1) : text).strip();
    }

    private static String decoded(String text) {
        if (text.startsWith("{")) {
            return text;
        }
        try {
            String decoded = new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
            String stripped = strip(decoded);
            return stripped.startsWith("{") ? stripped : text;
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String required(JsonNode document, String field) {
        String value = Json.text(document, field);
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "the service account's key has no \"" + field + "\": it is not the whole file that Google made");
        }
        return value;
    }

    private static void checkPrivateKey(String pem) {
        if (!pem.contains("-----BEGIN PRIVATE KEY-----") || !pem.contains("-----END PRIVATE KEY-----")) {
            throw new IllegalArgumentException(
                    "the service account's \"private_key\" is not a complete PEM block (BEGIN PRIVATE KEY … END PRIVATE KEY)");
        }
    }

    @Override
    public String toString() {
        return "ServiceAccountKey[" + clientEmail + "]";
    }
}
