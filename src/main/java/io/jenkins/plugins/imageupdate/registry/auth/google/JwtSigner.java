package io.jenkins.plugins.imageupdate.registry.auth.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imageupdate.registry.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Signs in a service account's name (RFC 7523, RS256), as Google's "Using OAuth 2.0 for Server to Server Applications" has it. The
 * private key stays in here.
 */
final class JwtSigner {
    /** The longest that Google accepts. */
    private static final Duration LIFE = Duration.ofHours(1);

    /** Issued a little in the past: an assertion of a controller whose clock is ahead would come from Google's future. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

    private final String account;
    private final String header;
    private final PrivateKey signer;

    private JwtSigner(String account, String header, PrivateKey signer) {
        this.account = account;
        this.header = header;
        this.signer = signer;
    }

    /** An {@link IllegalArgumentException} says why this key cannot sign, and repeats nothing secret of it. */
    static JwtSigner of(ServiceAccountKey key) {
        JsonNode document = Json.read(key.json().getBytes(StandardCharsets.UTF_8));
        GooglePins.require(document, "token_uri", GoogleEndpoints.GOOGLE.oauth());
        GooglePins.requireUniverse(document);
        ObjectNode header =
                JsonNodeFactory.instance.objectNode().put("alg", "RS256").put("typ", "JWT");
        String id = Json.text(document, "private_key_id");
        if (!id.isEmpty()) {
            header.put("kid", id);
        }
        return new JwtSigner(key.clientEmail(), encode(header), privateKey(Json.text(document, "private_key")));
    }

    private static PrivateKey privateKey(String pem) {
        String body = pem.replaceAll("-----[A-Z ]+-----", "");
        try {
            byte[] der = Base64.getMimeDecoder().decode(body);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without its cause, which may repeat a part of the key.
            throw new IllegalArgumentException(
                    "the service account's \"private_key\" cannot be read as an RSA key in PKCS#8"
                            + " form; upload the file as Google made it");
        }
    }

    /** An assertion that Google exchanges for an access token; good for an hour, and so a secret. */
    String assertion(String scope, Instant now) {
        long issued = now.minus(CLOCK_TOLERANCE).getEpochSecond();
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", account)
                .put("scope", scope)
                .put("aud", GoogleEndpoints.GOOGLE.oauth().toString())
                .put("iat", issued)
                .put("exp", issued + LIFE.toSeconds());
        String unsigned = header + "." + encode(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signer);
            signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
            return unsigned + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime signs with RSA");
        }
    }

    private static String encode(JsonNode part) {
        return encode(Json.write(part).getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
    }

    @Override
    public String toString() {
        return "JwtSigner[" + account + "]";
    }
}
