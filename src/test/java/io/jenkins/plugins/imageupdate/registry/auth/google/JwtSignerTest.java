package io.jenkins.plugins.imageupdate.registry.auth.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtSignerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-08-22T10:00:00Z");

    private static ObjectNode key() {
        try {
            return (ObjectNode) JSON.readTree(GoogleFixture.KEY);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JwtSigner signer(JsonNode key) {
        return JwtSigner.of(ServiceAccountKey.parse(key.toString()));
    }

    private static String refusal(JsonNode key) {
        return assertThrows(IllegalArgumentException.class, () -> signer(key)).getMessage();
    }

    private static JsonNode part(String assertion, int index) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(assertion.split("\\.")[index]));
    }

    @Test
    void signsWhatGoogleAsksFor() throws Exception {
        String assertion = signer(key()).assertion("a-scope", NOW);

        assertEquals(JSON.readTree("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"canary-id\"}"), part(assertion, 0));
        JsonNode claims = part(assertion, 1);
        assertEquals(GoogleFixture.ACCOUNT, claims.path("iss").textValue());
        assertEquals("a-scope", claims.path("scope").textValue());
        assertEquals("https://oauth2.googleapis.com/token", claims.path("aud").textValue());
        assertEquals(
                NOW.getEpochSecond() - 30, claims.path("iat").longValue(), "a clock ahead by seconds does no harm");
        assertEquals(3600, claims.path("exp").longValue() - claims.path("iat").longValue());

        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(ServiceAccountKeys.publicKey());
        int dot = assertion.lastIndexOf('.');
        signature.update(assertion.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        assertTrue(signature.verify(Base64.getUrlDecoder().decode(assertion.substring(dot + 1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://oauth2.googleapis.com.evil.example/token",
                "http://oauth2.googleapis.com/token",
                "https://oauth2.googleapis.com/token/",
                "https://accounts.google.com/o/oauth2/token",
                "http://169.254.169.254/",
                ""
            })
    void aKeyThatNamesAnotherTokenServerIsRefused(String uri) {
        String message = refusal(key().put("token_uri", uri));
        assertTrue(message.contains("\"token_uri\" is not Google's"), message);
        assertFalse(message.contains("evil") || message.contains("169.254"), message);
    }

    @Test
    void aKeyOfASovereignCloudIsRefused() {
        assertTrue(refusal(key().put("universe_domain", "example.com")).contains("universe_domain"));
    }

    @Test
    void aKeyWithoutTokenServerOrIdSigns() throws Exception {
        ObjectNode key = key();
        key.remove("token_uri");
        key.remove("private_key_id");
        assertTrue(part(signer(key).assertion("s", NOW), 0).path("kid").isMissingNode());
    }

    @Test
    void linesEndedByBackslashAndNAreRead() {
        ObjectNode key = key();
        key.put("private_key", key.path("private_key").textValue().replace("\n", "\\n"));
        signer(key).assertion("s", NOW);
    }

    @Test
    void aDamagedPrivateKeyIsReportedAndNotRepeated() {
        String damaged = "-----BEGIN PRIVATE KEY-----\nTUlJRXZRSUJBREFOQmdr\n-----END PRIVATE KEY-----\n";
        ServiceAccountKey unchecked = new ServiceAccountKey(
                GoogleFixture.ACCOUNT, key().put("private_key", damaged).toString());
        Authentication key = new GoogleAuthentication.GoogleKey("id", unchecked);
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> Authentications.signedLocally(key));
        assertTrue(thrown.getMessage().contains("\"private_key\" cannot be read"), thrown.getMessage());
        assertFalse(thrown.getMessage().contains("TUlJ"));
        assertNull(thrown.getCause());
    }
}
