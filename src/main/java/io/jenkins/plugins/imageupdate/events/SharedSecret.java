package io.jenkins.plugins.imageupdate.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Compares what a caller shows with a secret, in a time that does not depend on how much of it is right. */
final class SharedSecret {
    private SharedSecret() {}

    /** Whether a text is the secret. */
    static boolean same(String shown, String secret) {
        return MessageDigest.isEqual(sha256(shown), sha256(secret));
    }

    /** Hashed first, since the comparison of different lengths ends earlier. */
    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /**
     * Whether a signature was made with the secret (RFC 2104).
     *
     * @param algorithm such as {@code HmacSHA256}
     * @param shown hexadecimal, in any case
     */
    static boolean signed(String algorithm, String shown, byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return same(shown.toLowerCase(Locale.ROOT), HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + algorithm, e);
        }
    }
}
