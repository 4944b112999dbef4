package io.jenkins.plugins.imageupdate.push;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;

/**
 * What was heard of a source or a subscription since Jenkins started. Nothing of an event is kept.
 *
 * @param events how many requests or messages were taken
 * @param lastEvent null if there was none
 * @param heard when the sender was last heard of, with an event or without; null for never
 * @param problem why the last one that was not taken was refused, or why nothing is heard; null for none
 * @param problemAt null without a problem
 */
public record EventStatus(
        long events,
        @CheckForNull Instant lastEvent,
        @CheckForNull Instant heard,
        @CheckForNull String problem,
        @CheckForNull Instant problemAt) {
    static final EventStatus NOTHING = new EventStatus(0, null, null, null, null);

    /** @param more how many events, or none */
    EventStatus heard(int more, Instant now) {
        return new EventStatus(events + more, more == 0 ? lastEvent : now, now, problem, problemAt);
    }

    EventStatus refused(String why, Instant now) {
        return new EventStatus(events, lastEvent, heard, why, now);
    }

    /** Whether the last that is known of it is a problem. */
    public boolean failing() {
        return problemAt != null && (heard == null || problemAt.isAfter(heard));
    }
}
