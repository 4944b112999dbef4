package io.jenkins.plugins.imageupdate.registry.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.HttpDate;
import io.jenkins.plugins.imageupdate.registry.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The {@code Retry-After} header of RFC 9110, section 10.2.3: seconds or an HTTP date. */
final class RetryAfter {
    /** A host that names no time is left alone for this long after a 429. */
    static final Duration DEFAULT = Duration.ofMinutes(1);
    /** Longer demands are cut to this, so that no answer can silence checks for good. */
    static final Duration MAX = Duration.ofHours(1);

    private RetryAfter() {}

    /** Seconds from here on are a point in Unix time, which Docker Hub writes in the header's place. */
    private static final int UNIX_TIME_DIGITS = 10;

    /** When to ask again: never in the past, at most an hour ahead; null when the header is missing or unreadable. */
    @CheckForNull
    static Instant of(Response answer, Clock clock) {
        String value = answer.header("Retry-After");
        if (value.isEmpty()) {
            return null;
        }
        Instant now = clock.instant();
        Duration wait =
                value.chars().allMatch(c -> c >= '0' && c <= '9') ? seconds(value, now) : untilDate(value, answer, now);
        if (wait == null) {
            return null;
        }
        Duration capped = wait.compareTo(MAX) > 0 ? MAX : wait;
        return now.plus(capped.isNegative() ? Duration.ZERO : capped);
    }

    /** After a 429, which asks for a pause even where it names none, or one that is over. */
    static Instant orDefault(Response answer, Clock clock) {
        Instant named = of(answer, clock);
        Instant now = clock.instant();
        return named == null || !named.isAfter(now) ? now.plus(DEFAULT) : named;
    }

    private static Duration seconds(String value, Instant now) {
        if (value.length() == UNIX_TIME_DIGITS) {
            return Duration.between(now, Instant.ofEpochSecond(Long.parseLong(value)));
        }
        return value.length() > 6 ? MAX : Duration.ofSeconds(Long.parseLong(value));
    }

    /** Measured from the registry's own {@code Date} where it sends one, so that a wrong clock here does no harm. */
    @CheckForNull
    private static Duration untilDate(String value, Response answer, Instant now) {
        Instant then = HttpDate.parse(value);
        Instant theirNow = HttpDate.parse(answer.header("Date"));
        return then == null ? null : Duration.between(theirNow == null ? now : theirNow, then);
    }
}
