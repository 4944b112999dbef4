package io.jenkins.plugins.imageupdate.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A clock that stands at the time of its making until a test moves it: test servers date their answers by the real one. */
public final class TestClock extends Clock {
    private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** Never goes back. */
    public synchronized void advanceTo(Instant later) {
        now = now.isBefore(later) ? later : now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
