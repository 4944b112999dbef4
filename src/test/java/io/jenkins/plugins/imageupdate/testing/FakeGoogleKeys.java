package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Google's public keys at {@code /oauth2/v3/certs} (RFC 7517), and id tokens that are signed with the private ones. The tokens are made by the
 * JDK alone, so that they do not depend on the library that verifies them.
 */
public final class FakeGoogleKeys extends LoopbackServer {
    private final List<KeyPair> pairs = new ArrayList<>();

    private FakeGoogleKeys() {
        super(null);
    }

    public static FakeGoogleKeys start() {
        FakeGoogleKeys keys = new FakeGoogleKeys();
        keys.rotate();
        keys.open();
        return keys;
    }

    public String address() {
        return origin() + "/oauth2/v3/certs";
    }

    /** From now on tokens are signed with a new key. The old ones stay known. */
    public synchronized void rotate() {
        pairs.add(pair());
    }

    /** A key pair that no one knows. */
    public static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has RSA", e);
        }
    }

    /** The claims of a token as Pub/Sub sends it along. */
    public static ObjectNode claims(String audience, String account) {
        long now = Instant.now().getEpochSecond();
        return JsonNodeFactory.instance
                .objectNode()
                .put("iss", "https://accounts.google.com")
                .put("aud", audience)
                .put("email", account)
                .put("email_verified", true)
                .put("iat", now)
                .put("exp", now + 3600);
    }

    /** A token that is signed with the newest key. */
    public synchronized String sign(ObjectNode claims) {
        return sign(header("RS256"), claims, pairs.get(pairs.size() - 1));
    }

    /** Names the newest key. */
    public synchronized ObjectNode header(String algorithm) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("alg", algorithm)
                .put("kid", "key-" + pairs.size())
                .put("typ", "JWT");
    }

    /** The newest public key, as it is published. */
    public synchronized byte[] publicKey() {
        return pairs.get(pairs.size() - 1).getPublic().getEncoded();
    }

    public static String sign(ObjectNode header, ObjectNode claims, KeyPair pair) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(unsigned(header, claims).getBytes(StandardCharsets.US_ASCII));
            return unsigned(header, claims) + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime signs with RSA", e);
        }
    }

    /** Header and claims, with a dot between them. */
    public static String unsigned(ObjectNode header, ObjectNode claims) {
        return encode(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + encode(claims.toString().getBytes(StandardCharsets.UTF_8));
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    synchronized Reply handle(RecordedRequest request, InputStream body) {
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        ArrayNode keys = set.putArray("keys");
        // Of a kind that no token is signed with here.
        keys.addObject().put("kty", "OKP").put("kid", "other").put("crv", "Ed448-of-the-future");
        for (int i = 0; i < pairs.size(); i++) {
            RSAPublicKey key = (RSAPublicKey) pairs.get(i).getPublic();
            keys.addObject()
                    .put("kty", "RSA")
                    .put("alg", "RS256")
                    .put("use", "sig")
                    .put("kid", "key-" + (i + 1))
                    .put("n", number(key.getModulus()))
                    .put("e", number(key.getPublicExponent()));
        }
        return request.path().equals("/oauth2/v3/certs") ? Reply.json(200, set) : Reply.of(404);
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return encode(Arrays.copyOfRange(bytes, sign, bytes.length));
    }
}
