package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;

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

    /** PKCS#8 as PEM; the same in every key, and so a canary as well. */
    public static String privateKey() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(Holder.PAIR.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
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
