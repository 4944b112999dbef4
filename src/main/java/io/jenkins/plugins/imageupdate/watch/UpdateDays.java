package io.jenkins.plugins.imageupdate.watch;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** How often an image changed on each day, as it is kept on disk: of the last {@link #KEPT} days, and of those on which it did. */
public final class UpdateDays {
    /** What a chart shows; more would only make ledgers grow. */
    public static final int KEPT = 30;

    /** By date in UTC, as ISO 8601 writes it. */
    private final Map<String, Integer> days = new TreeMap<>();

    /** In whose days updates are counted, wherever controller and reader are. */
    public static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    void count(Instant at) {
        LocalDate today = day(at);
        String oldest = today.minusDays(KEPT - 1L).toString();
        days.keySet().removeIf(day -> day.compareTo(oldest) < 0);
        days.merge(today.toString(), 1, Integer::sum);
    }

    Map<LocalDate, Integer> counts() {
        Map<LocalDate, Integer> counts = new TreeMap<>();
        days.forEach((day, count) -> counts.put(LocalDate.parse(day), count));
        return Map.copyOf(counts);
    }

    /** As {@link UpdateLedger#verify}. */
    void verify() {
        if (days == null) {
            throw new IllegalArgumentException("the days of its updates are missing");
        }
        days.forEach((day, count) -> {
            try {
                LocalDate.parse(day);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("\"" + day + "\" is no date", e);
            }
            if (count == null || count < 1) {
                throw new IllegalArgumentException(count + " is no number of updates");
            }
        });
    }
}
