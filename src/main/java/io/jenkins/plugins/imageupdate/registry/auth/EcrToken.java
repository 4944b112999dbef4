package io.jenkins.plugins.imageupdate.registry.auth;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * The password of user {@code AWS} at Amazon ECR, valid for 12 hours. It is base64 of a JSON document whose {@code expiration} is its end, in
 * seconds since 1970. ECR's API gives base64 of {@code AWS:PASSWORD} (Amazon ECR API Reference, "AuthorizationData").
 *
 * @param value the password that the registry wants, a secret
 * @param end null if it does not tell it
 */
public record EcrToken(String value, @CheckForNull Instant end) {
    public static final String USER = "AWS";

    private static final int MAX_LENGTH = 64 * 1024;
    private static final String PREFIX = USER + ":";

    /** Reads a password, or the API's whole authorization token. */
    public static EcrToken read(String text) {
        String bare = text.strip();
        String decoded = decoded(bare);
        String password = decoded.startsWith(PREFIX) ? decoded.substring(PREFIX.length()) : bare;
        return new EcrToken(password, end(password));
    }

    /** Refuses a token that has ended, with an {@link IllegalArgumentException}. */
    public EcrToken requireValid(Instant now) {
        if (end != null && !end.isAfter(now)) {
            throw new IllegalArgumentException("the ECR token expired at " + end
                    + ", since Amazon's tokens are valid for 12 hours; choose a credential of the Amazon ECR plugin, which"
                    + " gets a new one by itself, or store the output of \"aws ecr get-login-password\" again");
        }
        return this;
    }

    @CheckForNull
    private static Instant end(String password) {
        JsonNode expiration =
                Json.read(decoded(password).getBytes(StandardCharsets.UTF_8)).path("expiration");
        return expiration.isIntegralNumber() && expiration.canConvertToInt()
                ? Instant.ofEpochSecond(expiration.asLong())
                : null;
    }

    /** Empty if it is not base64. */
    private static String decoded(String text) {
        try {
            return text.length() > MAX_LENGTH
                    ? ""
                    : new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return "EcrToken[end=" + end + "]";
    }
}
