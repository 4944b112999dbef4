package io.jenkins.plugins.imageupdate.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Amazon ECR's tokens, as its API gives them. */
public final class EcrTokens {
    private EcrTokens() {}

    /** A password that tells its end. */
    public static String password(Instant end) {
        String document =
                "{\"payload\":\"" + UUID.randomUUID() + "\",\"datakey\":\"k\",\"version\":\"2\",\"type\":\"DATA_KEY\","
                        + "\"expiration\":" + end.getEpochSecond() + "}";
        return Canaries.plant("an ECR token", encode(document));
    }

    /** The authorization token of a password. */
    public static String authorization(String password) {
        return Canaries.plant("an ECR authorization token", encode("AWS:" + password));
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
