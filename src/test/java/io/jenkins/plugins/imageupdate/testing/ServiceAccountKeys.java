package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** Service accounts' keys in the form of the file that Google hands out; they open nothing. */
public final class ServiceAccountKeys {
    private static final class Holder {
        private static final KeyPair PAIR = generate();
    }

    private ServiceAccountKeys() {}

    /**
     * @param canary becomes {@code private_key_id}; a test searches for it where no secret may be
     * @return the key file, its lines broken as Google breaks them; all have the same RSA key
     */
    public static String create(String projectId, String clientEmail, String canary) {
        return JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "service_account")
                        .put("project_id", projectId)
                        .put("private_key_id", canary)
                        .put("private_key", privateKey())
                        .put("client_email", clientEmail)
                        .put("client_id", "100000000000000000000")
                        .put("auth_uri", "https://accounts.google.com/o/oauth2/auth")
                        .put("token_uri", "https://oauth2.googleapis.com/token")
                        .put("auth_provider_x509_cert_url", "https://www.googleapis.com/oauth2/v1/certs")
                        .put(
                                "client_x509_cert_url",
                                "https://www.googleapis.com/robot/v1/metadata/x509/" + clientEmail.replace("@", "%40"))
                        .put("universe_domain", "googleapis.com")
                        .toPrettyString()
                + "\n";
    }

    /** Verifies what was signed with a key of {@link #create}. */
    public static PublicKey publicKey() {
        return Holder.PAIR.getPublic();
    }

    /** The key of {@link #create} as another plugin hands it over. */
    public static PrivateKey privateKeyObject() {
        return Holder.PAIR.getPrivate();
    }

    /** PKCS#8 as PEM; the same in every key, and so a canary as well. */
    public static String privateKey() {
        return pem(Holder.PAIR);
    }

    /** Pieces of its private numbers, as they stand in memory and in what is encoded in the file. */
    public static Map<String, byte[]> privateNumbers() {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) Holder.PAIR.getPrivate();
        return Map.of(
                "the private exponent", piece(key.getPrivateExponent()),
                "a prime", piece(key.getPrimeP()),
                "the other prime", piece(key.getPrimeQ()));
    }

    private static byte[] piece(BigInteger number) {
        return Arrays.copyOfRange(number.toByteArray(), 8, 40);
    }

    private static String pem(KeyPair pair) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            Canaries.plant("the private key", pem(pair));
            return pair;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has RSA", e);
        }
    }
}
