package io.jenkins.plugins.imageupdate.push;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;

/**
 * What was heard of a sender of push events since Jenkins started. Nothing of an event is kept.
 *
 * @param events how many were taken
 * @param lastEvent null if there was none
 * @param problem why the last one that was not taken was refused, or why nothing is heard; null for none
 * @param problemAt null without a problem
 */
record EventStatus(
        long events,
        @CheckForNull Instant lastEvent,
        @CheckForNull String problem,
        @CheckForNull Instant problemAt) {
    static final EventStatus NOTHING = new EventStatus(0, null, null, null);

    EventStatus taken(Instant now) {
        return new EventStatus(events + 1, now, problem, problemAt);
    }

    EventStatus refused(String why, Instant now) {
        return new EventStatus(events, lastEvent, why, now);
    }
}
