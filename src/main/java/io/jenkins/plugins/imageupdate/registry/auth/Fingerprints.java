package io.jenkins.plugins.imageupdate.registry.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Salted hashes of secrets, for recognising equal ones within this process. */
public final class Fingerprints {
    private static final byte[] SALT = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);

    private Fingerprints() {}

    public static String of(String secret) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(SALT);
            return HexFormat.of().formatHex(sha256.digest(secret.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
