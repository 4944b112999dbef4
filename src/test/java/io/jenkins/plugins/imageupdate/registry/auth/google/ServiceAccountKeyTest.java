package io.jenkins.plugins.imageupdate.registry.auth.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountKeyTest {
    private static final String EMAIL = "ci@acme.iam.gserviceaccount.com";
    private static final String CANARY = "canary-5c1e";
    private static final String FILE = ServiceAccountKeys.create("acme", EMAIL, CANARY);
    private static final String COMPACT = compact(FILE);

    /** What editors, shells, forms and CI systems make of a key file. */
    static Stream<Arguments> keys() {
        String base64 = base64(FILE);
        return Map.ofEntries(
                        Map.entry("as Google made it", FILE),
                        Map.entry("compact", COMPACT),
                        Map.entry("white space around", "\n\t " + FILE + "\r\n\n"),
                        Map.entry("byte order mark", "\uFEFF" + FILE),
                        Map.entry("CRLF", FILE.replace("\n", "\r\n")),
                        Map.entry("single quotes around", "'" + FILE.strip() + "'\n"),
                        Map.entry("double quotes around", "\"" + COMPACT + "\""),
                        Map.entry("byte order mark in quotes", "'\uFEFF" + COMPACT + "'"),
                        Map.entry("as a JSON text", TextNode.valueOf(FILE).toString()),
                        Map.entry(
                                "as a JSON text without its quotes",
                                COMPACT.replace("\\", "\\\\").replace("\"", "\\\"")),
                        Map.entry("private key's line breaks escaped twice", COMPACT.replace("\\n", "\\\\n")),
                        Map.entry("and thrice", COMPACT.replace("\\n", "\\\\\\\\n")),
                        Map.entry("escaped CRLF", COMPACT.replace("\\n", "\\r\\n")),
                        Map.entry("private key's line breaks raw", COMPACT.replace("\\n", "\n")),
                        Map.entry("raw CRLF", COMPACT.replace("\\n", "\r\n")),
                        Map.entry("private key's line breaks are spaces", COMPACT.replace("\\n", " ")),
                        Map.entry("private key's line breaks gone", COMPACT.replace("\\n", "")),
                        Map.entry("every line break written out", FILE.replace("\n", "\\n")),
                        Map.entry("base64", base64),
                        Map.entry("base64 in lines", base64.replaceAll(".{76}", "$0\r\n")),
                        Map.entry("base64 in lines written out", base64.replaceAll(".{76}", "$0\\\\n")),
                        Map.entry("base64 without padding", base64.replace("=", "")),
                        Map.entry("base64url", base64.replace('+', '-').replace('/', '_')),
                        Map.entry("base64 in quotes", "\"" + base64 + "\""),
                        Map.entry(
                                "base64 of a byte order mark and CRLF", base64("\uFEFF" + FILE.replace("\n", "\r\n"))))
                .entrySet()
                .stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void becomesTheCompactKeyAgain(String how, String text) {
        assertTrue(ServiceAccountKey.looksLikeKey(text), how);
        ServiceAccountKey key = ServiceAccountKey.parse(text);
        assertEquals(EMAIL, key.clientEmail());
        assertEquals(COMPACT, key.json(), how);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"\"",
                "'",
                "ya29.a0AfB_byC",
                "dckr_pat_1",
                "/run/key.json",
                "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln",
                "hunter2"
            })
    void tokensDoNotLookLikeKeys(String text) {
        assertFalse(ServiceAccountKey.looksLikeKey(text));
    }

    static Stream<Arguments> damaged() {
        String pem = ServiceAccountKeys.privateKey();
        return Stream.of(
                Arguments.of("", "the key is empty"),
                Arguments.of("''", "the key is empty"),
                Arguments.of("ya29." + CANARY, "neither JSON nor base64 of JSON"),
                Arguments.of(pem, "a private key alone"),
                Arguments.of(utf16(FILE), "not UTF-8"),
                Arguments.of(FILE.substring(0, 900), "breaks off or has something behind its end, at line 5, column "),
                Arguments.of(FILE + FILE, "at line 14, column "),
                Arguments.of(FILE + CANARY, "at line 14, column "),
                Arguments.of(FILE.replaceFirst(",", ""), "damaged, at line 3, column "),
                Arguments.of(FILE.replace("\"", ""), "damaged, at line 2, column "),
                Arguments.of("[" + FILE + "]", "does not start with \"{\""),
                Arguments.of("{}", "its \"type\" is missing"),
                Arguments.of("{\"installed\":{\"client_secret\":\"" + CANARY + "\"}}", "it is an OAuth client's file"),
                Arguments.of(FILE.replace("service_account", "authorized_user"), "its \"type\" is \"authorized_user\""),
                Arguments.of(FILE.replace("service_account", CANARY), "its \"type\" is another"),
                Arguments.of(FILE.replace("client_email", "mail"), "has no \"client_email\""),
                Arguments.of(FILE.replace(EMAIL, " "), "has no \"client_email\""),
                Arguments.of(FILE.replace(EMAIL, CANARY), "\"client_email\" is not an e-mail address"),
                Arguments.of(FILE.replace(EMAIL, "a\\nb@c"), "\"client_email\" is not an e-mail address"),
                Arguments.of(FILE.replace("\"private_key\"", "\"key\""), "has no \"private_key\""),
                Arguments.of(FILE.replace("-----END PRIVATE KEY-----", ""), "not a complete PEM block"),
                Arguments.of(FILE.replace("PRIVATE KEY", "RSA PRIVATE KEY"), "not a complete PEM block"),
                Arguments.of(FILE.replace("\\n", "n"), "has lost the backslashes of its line breaks"),
                Arguments.of(FILE.replace(pem.substring(160, 200), ""), "is not an RSA key"),
                Arguments.of(FILE.replace(pem.substring(200, 210), "*redacted*"), "is not an RSA key"));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void saysWhatIsWrongAndNothingOfTheContent(String text, String reason) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> ServiceAccountKey.parse(text));
        String message = thrown.getMessage();
        assertTrue(message.contains(reason), message);
        assertFalse(
                message.contains("canary")
                        || message.contains(ServiceAccountKeys.privateKey().substring(30, 50)),
                message);
        assertEquals(null, thrown.getCause(), "a cause may quote the content");
    }

    @Test
    void keepsTheRestAsItIs() {
        String more = FILE.replaceFirst("\\{", "{\"quota_project_id\":\"schön\",");
        assertEquals(compact(more), ServiceAccountKey.parse(more).json());
    }

    @Test
    void textShowsTheAccountAlone() {
        assertEquals(
                "ServiceAccountKey[" + EMAIL + "]",
                ServiceAccountKey.parse(FILE).toString());
    }

    private static String compact(String json) {
        try {
            JsonNode node = new ObjectMapper().readTree(json);
            return node.toString();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String utf16(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_8);
    }
}
