package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/** Id tokens as an issuer signs them, and the judgement of those that others signed. */
public final class IdTokens {
    public static final String ISSUER = "https://ci.example.com/oidc";
    public static final String PROVIDER =
            "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/jenkins";
    public static final String AUDIENCE = "https:" + PROVIDER;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyPair PAIR = generate();

    private IdTokens() {}

    public static PublicKey publicKey() {
        return PAIR.getPublic();
    }

    /** Claims of a token that is valid for an hour. */
    public static ObjectNode claims() {
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.putArray("aud").add(AUDIENCE);
        return claims.put("iss", ISSUER)
                .put("sub", "https://ci.example.com/job/team/")
                .put("iat", now)
                .put("exp", now + 3600);
    }

    /** A token signed with RS256. */
    public static String sign(JsonNode claims) {
        String unsigned =
                encode("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"one\"}") + "." + encode(claims.toString());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(PAIR.getPrivate());
            signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
            String signed = unsigned + "." + encode(signature.sign());
            return Canaries.plant("an id token", signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a token claims, if this key signed it; a missing node if not. */
    static JsonNode verified(String token, PublicKey key) throws IOException {
        String[] parts = token.split("\\.");
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return parts.length == 3 && signature.verify(Base64.getUrlDecoder().decode(parts[2]))
                    ? JSON.readTree(Base64.getUrlDecoder().decode(parts[1]))
                    : JSON.missingNode();
        } catch (GeneralSecurityException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return JSON.missingNode();
        }
    }

    private static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has RSA", e);
        }
    }
}
