package io.jenkins.plugins.imageupdate.events;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ProofTest {
    private static final String SECRET = "a-secret-of-some-length";
    private static final byte[] BODY = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);

    private static boolean proven(Proof proof, String path, Map<String, String> headers) {
        Proof.Claim claim = new Proof.Claim(path, name -> headers.getOrDefault(name, ""));
        return proof.promising(claim, SECRET) && proof.given(claim, BODY, SECRET);
    }

    private static String hmac(String algorithm, String secret, byte[] body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }

    @Test
    void aHeaderHoldsTheSecretWithOrWithoutBearer() {
        for (String name : List.of("Authorization", "X-API-Key", "X-JFrog-Event-Auth")) {
            assertTrue(proven(Proof.HEADER, "", Map.of(name, SECRET)), name);
            assertTrue(proven(Proof.HEADER, "", Map.of(name, "Bearer " + SECRET)), name);
            assertTrue(proven(Proof.HEADER, "", Map.of(name, "bearer " + SECRET)), name);
            for (String wrong :
                    List.of("", "Bearer", "Bearer ", SECRET + "x", SECRET.substring(1), "Basic " + SECRET)) {
                assertFalse(proven(Proof.HEADER, "", Map.of(name, wrong)), wrong);
            }
        }
        assertFalse(proven(Proof.HEADER, SECRET, Map.of()), "the address may be in a log");
    }

    @Test
    void anAddressHoldsTheSecretOnlyForRegistriesWithoutHeaders() {
        assertTrue(proven(Proof.PATH, SECRET, Map.of()));
        assertFalse(proven(Proof.PATH, "", Map.of()));
        assertFalse(proven(Proof.PATH, SECRET + "/", Map.of()));
        assertFalse(proven(Proof.PATH, "", Map.of("Authorization", SECRET)));
    }

    @Test
    void aSignatureBelongsToTheBodyAndTheSecret() throws GeneralSecurityException {
        String good = hmac("HmacSHA256", SECRET, BODY);
        for (String name : List.of("X-Hub-Signature-256", "X-Gitea-Signature", "X-Forgejo-Signature")) {
            assertTrue(proven(Proof.HMAC_SHA256, "", Map.of(name, good)), name);
            assertTrue(proven(Proof.HMAC_SHA256, "", Map.of(name, "sha256=" + good.toUpperCase())), name);
            for (String wrong : List.of(
                    "",
                    "sha256=",
                    good.substring(1),
                    hmac("HmacSHA256", "another-secret-of-some-length", BODY),
                    hmac("HmacSHA256", SECRET, new byte[0]),
                    hmac("HmacSHA1", SECRET, BODY))) {
                assertFalse(proven(Proof.HMAC_SHA256, "", Map.of(name, wrong)), wrong);
            }
        }
        assertTrue(proven(Proof.HMAC_SHA1, "", Map.of("X-Nexus-Webhook-Signature", hmac("HmacSHA1", SECRET, BODY))));
        assertFalse(proven(Proof.HMAC_SHA1, "", Map.of("X-Hub-Signature-256", good)));
    }

    @Test
    void aTokenOfGoogleIsNotProvenByASecret() {
        assertFalse(proven(Proof.GOOGLE_TOKEN, SECRET, Map.of("Authorization", "Bearer " + SECRET)));
    }
}
