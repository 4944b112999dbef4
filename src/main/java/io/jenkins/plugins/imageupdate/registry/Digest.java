package io.jenkins.plugins.imageupdate.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A content digest such as {@code sha256:9f86…}: what a registry calls the exact bytes of a manifest.
 * Registered algorithms of the OCI image specification, "Digests": sha256, sha384 (distribution) and sha512, in lower-case hexadecimal.
 *
 * @param algorithm one of {@code sha256}, {@code sha384}, {@code sha512}
 * @param hex the value, in lower case
 */
public record Digest(String algorithm, String hex) {
    private static final Map<String, Integer> HEX_LENGTHS = Map.of("sha256", 64, "sha384", 96, "sha512", 128);
    private static final Pattern LOWER_HEX = Pattern.compile("[0-9a-f]+");
    private static final int SHORT_LENGTH = 12;

    public Digest {
        Integer length = HEX_LENGTHS.get(algorithm);
        if (length == null) {
            throw new IllegalArgumentException(
                    "unsupported digest algorithm \"" + Printable.of(algorithm) + "\": use sha256, sha384 or sha512");
        }
        if (hex.length() != length || !LOWER_HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a " + algorithm + " digest has " + length
                    + " lower-case hexadecimal digits, this one does not: \"" + Printable.of(hex) + "\"");
        }
    }

    /** Reads {@code algorithm:hex}; an {@link IllegalArgumentException} says what is wrong with any other text. */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "a digest has the form algorithm:hex, this one does not: \"" + Printable.of(text) + "\"");
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The SHA-256 digest of these bytes, the form every registry uses for manifests. */
    public static Digest of(byte[] content) {
        return new Digest("sha256", hash("SHA-256", content));
    }

    /** Whether these bytes are what this digest names. */
    public boolean matches(byte[] content) {
        return hash("SHA-" + algorithm.substring(3), content).equals(hex);
    }

    /** The first characters of the value, enough for a person to tell two digests apart: {@code sha256:9f86d081884c}. */
    public String abbreviated() {
        return algorithm + ":" + hex.substring(0, SHORT_LENGTH);
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }

    private static String hash(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has " + algorithm, e);
        }
    }
}
