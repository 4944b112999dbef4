package io.jenkins.plugins.imageupdate.registry.auth.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imageupdate.registry.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Google service account's key file: JSON with {@code type}, {@code project_id}, {@code private_key_id}, {@code private_key} (PKCS#8
 * PEM), {@code client_email}, {@code token_uri}. Damage by pipelines, shells and forms is repaired if possible.
 *
 * @param clientEmail the account
 * @param json the whole key as compact JSON, which is what {@code _json_key} takes as password; a secret
 */
public record ServiceAccountKey(String clientEmail, String json) {
    private static final int MAX_LENGTH = 64 * 1024;

    /** What shells put around each other's. */
    private static final int MAX_QUOTES = 8;

    private static final String BOM = "\uFEFF";
    private static final Pattern EMAIL = Pattern.compile("[!-~&&[^@:]]+@[!-~&&[^@:]]+");
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final Pattern PEM = Pattern.compile(BEGIN + "(.*?)" + END, Pattern.DOTALL);
    /** A line break as JSON writes it, however often its backslash was doubled. */
    private static final Pattern ESCAPED_BREAK = Pattern.compile("(?<!\\\\)\\\\++[nr]");
    /** Other files of Google's libraries; only these names are safe to repeat. */
    private static final Set<String> OTHER_TYPES = Set.of(
            "authorized_user",
            "external_account",
            "external_account_authorized_user",
            "gdch_service_account",
            "impersonated_service_account");

    /**
     * Reads a key, also one with a byte order mark, in quotes, as base64 of the whole, or with line breaks escaped once too often or not
     * at all; an {@link IllegalArgumentException} says what is wrong and where, and repeats nothing of the content.
     */
    public static ServiceAccountKey parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("it is longer than " + MAX_LENGTH + " characters, so it is not a key");
        }
        String bare = unwrap(text);
        ObjectNode document = document(bare);
        checkType(document);
        String email = required(document, "client_email");
        if (!EMAIL.matcher(email).matches()) {
            throw new IllegalArgumentException("the service account key's \"client_email\" is not an e-mail address");
        }
        document.put("private_key", privateKey(required(document, "private_key")));
        return new ServiceAccountKey(email, Json.write(document));
    }

    /**
     * A key of which only the account and its RSA key are known, so that it can sign and not be sent; an
     * {@link IllegalArgumentException} says what is wrong.
     */
    static ServiceAccountKey of(String clientEmail, PrivateKey key) {
        if (!EMAIL.matcher(clientEmail).matches()) {
            throw new IllegalArgumentException("the service account's name is not an e-mail address");
        }
        byte[] der = key.getEncoded();
        if (der == null || !key.getAlgorithm().equals("RSA")) {
            throw new IllegalArgumentException("the service account's private key is not an RSA key in PKCS#8 form");
        }
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("type", "service_account")
                .put("client_email", clientEmail)
                .put("private_key", pem(der));
        return new ServiceAccountKey(clientEmail, Json.write(document));
    }

    /** Whether a text looks like a JSON document or base64 of one, and so like a key rather than a token. */
    public static boolean looksLikeKey(String text) {
        return text.length() <= MAX_LENGTH && unwrap(text).startsWith("{");
    }

    private static String unwrap(String text) {
        String bare = strip(text);
        String decoded = strip(decoded(bare));
        return decoded.startsWith("{") ? decoded : bare;
    }

    private static String strip(String text) {
        String bare = text;
        for (int quotes = 0; quotes <= MAX_QUOTES; quotes++) {
            bare = (bare.startsWith(BOM) ? bare.substring(1) : bare).strip();
            boolean quoted = bare.length() > 1
                    && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
                    && bare.charAt(0) == bare.charAt(bare.length() - 1);
            if (!quoted) {
                return bare;
            }
            bare = bare.substring(1, bare.length() - 1);
        }
        return bare;
    }

    /** Base64 of either alphabet; empty when it is none. A JSON Web Token's dots keep it from being taken for a key. */
    private static String decoded(String text) {
        String compact = ESCAPED_BREAK.matcher(text).replaceAll("").replaceAll("\\s++", "");
        try {
            byte[] bytes = Base64.getDecoder().decode(compact.replace('-', '+').replace('_', '/'));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The text as it is, with its line breaks written out as {@code \n}, or escaped as a whole. */
    private static ObjectNode document(String text) {
        String unescaped = Json.readLenient('"' + text + '"').asText("");
        for (String candidate : List.of(text, ESCAPED_BREAK.matcher(text).replaceAll("\n"), unescaped)) {
            if (Json.readLenient(candidate) instanceof ObjectNode object) {
                return object;
            }
        }
        throw new IllegalArgumentException(fault(text) + ". Upload the file as Google made it, as a Secret file;"
                + " editors, shells and copies through a terminal often damage it");
    }

    private static String fault(String text) {
        if (text.isEmpty()) {
            return "the key is empty";
        }
        if (text.indexOf('\0') >= 0 || text.indexOf('\uFFFD') >= 0) {
            return "the key is not UTF-8 text (Windows PowerShell writes UTF-16 unless told otherwise)";
        }
        if (text.startsWith("-----BEGIN")) {
            return "the key is a private key alone, where the whole JSON file is needed";
        }
        if (!text.startsWith("{")) {
            return "the key is neither JSON nor base64 of JSON: it does not start with \"{\"";
        }
        return "the key is JSON that "
                + (text.endsWith("}") ? "is damaged" : "breaks off or has something behind its end") + ", at "
                + Json.fault(text);
    }

    private static void checkType(JsonNode document) {
        String type = Json.text(document, "type");
        if (type.equals("service_account")) {
            return;
        }
        String found = OTHER_TYPES.contains(type) ? "\"" + type + "\"" : type.isEmpty() ? "missing" : "another";
        String client = document.has("installed") || document.has("web") ? "; it is an OAuth client's file" : "";
        throw new IllegalArgumentException("the JSON is not a service account's key: its \"type\" is " + found
                + " where \"service_account\" is expected" + client);
    }

    private static String required(JsonNode document, String field) {
        String value = Json.text(document, field);
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "the service account's key has no \"" + field + "\": it is not the whole file that Google made");
        }
        return value;
    }

    /** The PEM block as Google writes it, its lines broken again wherever the breaks went. */
    private static String privateKey(String text) {
        Matcher block = PEM.matcher(ESCAPED_BREAK.matcher(text).replaceAll("\n"));
        if (!block.find()) {
            throw damaged("is not a complete PEM block (" + BEGIN + " … " + END + ")");
        }
        byte[] der;
        try {
            der = Base64.getDecoder().decode(block.group(1).replaceAll("\\s++", ""));
            KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw damaged(
                    block.group(1).startsWith("n")
                            ? "has lost the backslashes of its line breaks"
                            : "is not an RSA key: characters of it are missing or were changed");
        }
        return pem(der);
    }

    private static String pem(byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return BEGIN + "\n" + lines + "\n" + END + "\n";
    }

    private static IllegalArgumentException damaged(String how) {
        return new IllegalArgumentException("the service account's \"private_key\" " + how);
    }

    @Override
    public String toString() {
        return "ServiceAccountKey[" + clientEmail + "]";
    }
}
