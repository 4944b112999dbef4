package io.jenkins.plugins.imageupdate.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How often an image changed on each of the last {@link #KEPT} days.
 *
 * @param counts by date in UTC; only days on which it changed
 */
public record UpdateDays(Map<LocalDate, Integer> counts) {
    /** The days that a chart shows. More days would only make ledgers larger. */
    public static final int KEPT = 30;

    static final UpdateDays NONE = new UpdateDays(Map.of());

    public UpdateDays {
        counts = Collections.unmodifiableMap(
                new TreeMap<>(Objects.requireNonNull(counts, "the days of an image's updates are missing")));
        if (counts.values().stream().anyMatch(count -> count == null || count < 1)) {
            throw new IllegalArgumentException("a day's number of updates is less than 1");
        }
    }

    /** The day of an update, in UTC in every time zone. */
    public static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    UpdateDays with(Instant update) {
        LocalDate today = day(update);
        LocalDate oldest = today.minusDays(KEPT - 1L);
        Map<LocalDate, Integer> days = new TreeMap<>(counts);
        days.keySet().removeIf(day -> day.isBefore(oldest));
        days.merge(today, 1, Integer::sum);
        return new UpdateDays(days);
    }
}
