package io.jenkins.plugins.imageupdate.push;

import io.jenkins.plugins.imageupdate.events.RequestRate;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The limits of one source, and what was heard of it. */
final class SourceState {
    /** Requests whose body is read at once. A sender that is slow on purpose holds no more threads of Jenkins than this. */
    private static final int AT_ONCE = 8;

    private static final int BURST = 1_000;

    /** 50 a second. */
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final RequestRate rate = new RequestRate(BURST, INTERVAL, Clock.systemUTC());
    private final AtomicReference<EventStatus> status = new AtomicReference<>(EventStatus.NOTHING);

    /** Whether one more request is read now. If so, {@link #leave} must follow. */
    boolean enter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }

    /** Whether one more request that proved its source is taken now. */
    boolean take() {
        return rate.take();
    }

    EventStatus status() {
        return status.get();
    }

    void note(UnaryOperator<EventStatus> change) {
        status.updateAndGet(change);
    }
}
