package io.jenkins.plugins.imageupdate.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How many requests of one source are taken: at most so many at once, and so many in a time on average. */
public final class RequestRate {
    private final int atOnce;
    private final Duration interval;
    private final Clock clock;
    private Instant next = Instant.EPOCH;

    /**
     * @param atOnce requests that may come without a pause between them
     * @param interval between requests on average
     */
    public RequestRate(int atOnce, Duration interval, Clock clock) {
        this.atOnce = atOnce;
        this.interval = interval;
        this.clock = clock;
    }

    /** Whether one more is taken now. */
    public synchronized boolean take() {
        Instant now = clock.instant();
        Instant start = now.minus(interval.multipliedBy(atOnce));
        if (next.isBefore(start)) {
            next = start;
        }
        if (!next.isBefore(now)) {
            return false;
        }
        next = next.plus(interval);
        return true;
    }
}
