package io.jenkins.plugins.imageupdate.registry.http;

import java.time.Duration;
import java.time.Instant;

/**
 * When the next request of one login may be sent to one host: no earlier than the registry's rate allows, and not before the end of a
 * pause. A registry that refuses a request as one too many without naming a time (429 without {@code Retry-After}, as public.ecr.aws
 * does) is asked slowly for a while.
 */
final class Pace {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration SLOW_FOR = Duration.ofMinutes(2);
    private static final int MAX_DOUBLINGS = 6;

    private Instant pausedUntil = Instant.MIN;
    private Instant slowUntil = Instant.MIN;
    private Instant free = Instant.MIN;
    private int refusals;

    /**
     * Takes the next place.
     *
     * @param interval between two requests, zero for no limit
     * @param latest places after this are not taken
     * @return when to send the request, now or later
     */
    synchronized Instant next(Instant now, Duration interval, Instant latest) {
        Instant place = latest(latest(now, pausedUntil), free);
        if (!place.isAfter(latest)) {
            Duration slow = now.isBefore(slowUntil) ? SLOW : Duration.ZERO;
            free = place.plus(interval.compareTo(slow) > 0 ? interval : slow);
        }
        return place;
    }

    /** The end of the pause, in the past for none. */
    synchronized Instant pausedUntil() {
        return pausedUntil;
    }

    /** No request before then. */
    synchronized void pause(Instant until) {
        pausedUntil = latest(pausedUntil, until);
    }

    /** After a refusal that names no time: pauses that double. Refusals of requests that were on their way together count once. */
    synchronized Instant refused(Instant now) {
        slowUntil = now.plus(SLOW_FOR);
        if (!now.isBefore(pausedUntil)) {
            pausedUntil = now.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(refusals, MAX_DOUBLINGS)));
            refusals++;
        }
        return pausedUntil;
    }

    synchronized void accepted(Instant now) {
        if (!now.isBefore(pausedUntil)) {
            refusals = 0;
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
