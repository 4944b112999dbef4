package io.jenkins.plugins.imageupdate.registry.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry says of its rate limit, as Docker Hub does: {@code ratelimit-limit: 100;w=21600} and {@code ratelimit-remaining:
 * 76;w=21600}; others put {@code x-} before the names and leave the window out, or add {@code -reset}.
 *
 * @param limit requests allowed in a window, -1 when not said
 * @param remaining requests left, -1 when not said
 * @param windowSeconds how long a window is, -1 when not said
 * @param renews when all requests are allowed again, null when not said
 * @param heard when the registry said so. Registries count for each login or address; this is the count of the last request.
 */
public record Quota(
        long limit,
        long remaining,
        long windowSeconds,
        @CheckForNull Instant renews,
        Instant heard) {
    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,15})(?![0-9])");
    private static final Pattern WINDOW = Pattern.compile("[;,][ \t]*w[ \t]*=[ \t]*\"?([0-9]{1,15})(?![0-9])");
    private static final int MAX_LENGTH = 200;

    /** A limit is one of minutes or hours: what is said to be further off than a month was said wrongly. */
    private static final long MAX_SECONDS = Duration.ofDays(31).toSeconds();

    /** Null when these headers say nothing of it. */
    @CheckForNull
    static Quota of(HttpHeaders headers, Instant now) {
        String limit = header(headers, "limit");
        String remaining = header(headers, "remaining");
        long window = window(limit);
        Quota quota = new Quota(
                number(limit),
                number(remaining),
                window < 0 ? window(remaining) : window,
                renews(number(header(headers, "reset")), now),
                now);
        return quota.limit < 0 && quota.remaining < 0 ? null : quota;
    }

    /** For a message, such as {@code limit 100 in 21600 s, left 76}. */
    public String words() {
        String allowed = limit < 0 ? "" : "limit " + limit + (windowSeconds < 0 ? "" : " in " + windowSeconds + " s");
        String left = remaining < 0 ? "" : "left " + remaining;
        return allowed + (allowed.isEmpty() || left.isEmpty() ? "" : ", ") + left;
    }

    private static String header(HttpHeaders headers, String name) {
        String value = headers.firstValue("ratelimit-" + name)
                .or(() -> headers.firstValue("x-ratelimit-" + name))
                .orElse("");
        return value.substring(0, Math.min(value.length(), MAX_LENGTH)).strip();
    }

    private static long number(String value) {
        Matcher matcher = NUMBER.matcher(value);
        return matcher.lookingAt() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static long window(String value) {
        Matcher matcher = WINDOW.matcher(value);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** Seconds from now (draft-ietf-httpapi-ratelimit-headers, up to 06) or, as GitHub has it, since 1970. */
    @CheckForNull
    private static Instant renews(long reset, Instant now) {
        long seconds = reset > MAX_SECONDS ? reset - now.getEpochSecond() : reset;
        return reset < 0 || seconds < 0 || seconds > MAX_SECONDS ? null : now.plusSeconds(seconds);
    }
}
