package io.jenkins.plugins.imageupdate.registry.auth;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;

/**
 * A bearer token of a registry's token server (distribution, "Token Authentication Specification").
 *
 * @param value a secret
 * @param usableUntil when to stop using it, by the clock of this machine
 * @param repositories how many repositories it was asked for
 */
public record Token(String value, Instant usableUntil, int repositories) {
    /** The specification's life of a token that names none, and the least it lets a server give. */
    static final Duration LEAST_LIFE = Duration.ofSeconds(60);

    /** Renewed this much before its end, so that no request arrives with a token that died on the way. */
    static final Duration MARGIN = Duration.ofSeconds(30);

    private static final Duration LONGEST_LIFE = Duration.ofHours(24);

    /** A token for one repository, or for all. */
    public Token(String value, Instant usableUntil) {
        this(value, usableUntil, 1);
    }

    Token of(int severalRepositories) {
        return new Token(value, usableUntil, severalRepositories);
    }

    /** Reads {@code token} or {@code access_token}, {@code expires_in} and {@code issued_at}. */
    static Token parse(Response answer, Instant now) throws RegistryException {
        JsonNode document = Json.read(answer.body());
        String value = Json.text(document, "token");
        if (value.isEmpty()) {
            value = Json.text(document, "access_token");
        }
        if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new RegistryException(FailureKind.NOT_A_REGISTRY, "the token server's answer holds no token");
        }
        JsonNode claims = claims(value);
        Duration left = life(document, claims, answer).minus(MARGIN).minus(age(document, claims, answer));
        return new Token(value, now.plus(left.compareTo(LEAST_LIFE) < 0 ? LEAST_LIFE : left));
    }

    /** By {@code expires_in}; if that is missing by what the token says of itself, if it is a JWT (RFC 7519) as Quay's. */
    private static Duration life(JsonNode document, JsonNode claims, Response answer) {
        long seconds = LEAST_LIFE.toSeconds();
        Instant begin = begin(claims, answer);
        if (document.path("expires_in").asLong(0) > 0) {
            seconds = document.path("expires_in").asLong();
        } else if (claims.path("exp").isNumber() && begin != null) {
            seconds = claims.path("exp").asLong() - begin.getEpochSecond();
        }
        return seconds > LONGEST_LIFE.toSeconds() ? LONGEST_LIFE : Duration.ofSeconds(Math.max(0, seconds));
    }

    /**
     * Returns the time from which the token is valid: the one in its claims, otherwise the time in the answer's {@code Date}. Returns null if
     * both are missing.
     */
    @CheckForNull
    private static Instant begin(JsonNode claims, Response answer) {
        for (String claim : List.of("iat", "nbf")) {
            if (claims.path(claim).isNumber()) {
                return Instant.ofEpochSecond(claims.path(claim).asLong());
            }
        }
        return date(answer);
    }

    @CheckForNull
    private static Instant date(Response answer) {
        try {
            return ZonedDateTime.parse(answer.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The claims of a JWT, a missing node for any other token. */
    private static JsonNode claims(String token) {
        String[] parts = token.split("\\.", -1);
        try {
            return Json.read(parts.length == 3 ? Base64.getUrlDecoder().decode(parts[1]) : new byte[0]);
        } catch (IllegalArgumentException e) {
            return Json.read(new byte[0]);
        }
    }

    /** How old a token is that the server had in store: by its own clock alone, since ours may differ. */
    private static Duration age(JsonNode document, JsonNode claims, Response answer) {
        try {
            String text = Json.text(document, "issued_at");
            Instant issued = text.isEmpty()
                    ? begin(claims, answer)
                    : OffsetDateTime.parse(text).toInstant();
            Instant theirNow = date(answer);
            Duration age = issued == null || theirNow == null ? Duration.ZERO : Duration.between(issued, theirNow);
            return age.isNegative() ? Duration.ZERO : age;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    @Override
    public String toString() {
        return "Token[usableUntil=" + usableUntil + "]";
    }
}
