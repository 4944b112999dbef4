package io.jenkins.plugins.imageupdate.registry.auth.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.registry.auth.Token;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Reads the access tokens of Google's services. They are renewed a tenth of their life before their end, between ten seconds and five
 * minutes: metadata servers hand out tokens from a store, with an hour left or a few minutes (docker-credential-gcr issue 182), and a
 * fixed margin is either too short for the one or longer than the other's life.
 */
final class GoogleTokenReader {
    private static final Duration LEAST_MARGIN = Duration.ofSeconds(10);
    private static final Duration MOST_MARGIN = Duration.ofMinutes(5);
    private static final Duration LONGEST_LIFE = Duration.ofHours(12);

    private GoogleTokenReader() {}

    /** {@code access_token} and {@code expires_in} (RFC 6749, section 5.1), as Google's token servers and metadata servers answer. */
    static Token oauth(Response answer, Instant now) throws RegistryException {
        JsonNode document = Json.read(answer.body());
        return token(
                Json.text(document, "access_token"), document.path("expires_in").asLong(), now);
    }

    /** {@code accessToken} and {@code expireTime} of the IAM Credentials API, counted from that server's own time. */
    static Token borrowed(Response answer, Instant now) throws RegistryException {
        JsonNode document = Json.read(answer.body());
        try {
            Instant end =
                    OffsetDateTime.parse(Json.text(document, "expireTime")).toInstant();
            Duration left = Duration.between(date(answer, now), end);
            return token(Json.text(document, "accessToken"), left.toSeconds(), now);
        } catch (DateTimeException e) {
            throw unreadable();
        }
    }

    /** What the clock of the answer's server showed, as far as it says. */
    static Instant date(Response answer, Instant otherwise) {
        try {
            return ZonedDateTime.parse(answer.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    private static Token token(String value, long secondsLeft, Instant now) throws RegistryException {
        if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw unreadable();
        }
        Duration left = Duration.ofSeconds(Math.min(Math.max(0, secondsLeft), LONGEST_LIFE.toSeconds()));
        return new Token(value, now.plus(left).minus(margin(left)));
    }

    private static Duration margin(Duration left) {
        Duration tenth = left.dividedBy(10);
        if (tenth.compareTo(LEAST_MARGIN) < 0) {
            return LEAST_MARGIN;
        }
        return tenth.compareTo(MOST_MARGIN) > 0 ? MOST_MARGIN : tenth;
    }

    private static RegistryException unreadable() {
        return new RegistryException(
                FailureKind.UNAVAILABLE, "Google's answer holds no access token, or no word on how long it is good");
    }
}
