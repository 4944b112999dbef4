package io.jenkins.plugins.imageupdate.view;

import io.jenkins.plugins.imageupdate.ledger.UpdateDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A bar chart of how often images changed on each of the last days. Drawn without a script. */
public final class UpdatesChart {
    /** In units of the drawing, which scales to the page. */
    private static final int BAR_STEP = 10;

    private static final int BAR_WIDTH = 8;
    private static final int HEIGHT = 100;
    private static final int LEAST = 2;

    private final LocalDate today;
    private final Map<LocalDate, Integer> counts = new TreeMap<>();

    UpdatesChart(LocalDate today) {
        this.today = today;
    }

    /** Ignores days before the first one and after today, which a wrong clock can cause. */
    void add(Map<LocalDate, Integer> updates) {
        updates.forEach((day, count) -> {
            if (!day.isBefore(getFirst()) && !day.isAfter(today)) {
                counts.merge(day, count, Integer::sum);
            }
        });
    }

    public int getDays() {
        return UpdateDays.KEPT;
    }

    public LocalDate getFirst() {
        return today.minusDays(UpdateDays.KEPT - 1L);
    }

    public LocalDate getLast() {
        return today;
    }

    public int getTotal() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int getMost() {
        return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    public int getWidth() {
        return UpdateDays.KEPT * BAR_STEP;
    }

    public int getHeight() {
        return HEIGHT;
    }

    /** Days with updates, by ISO 8601 date. */
    Map<String, Integer> perDay() {
        Map<String, Integer> perDay = new TreeMap<>();
        counts.forEach((day, count) -> perDay.put(day.toString(), count));
        return perDay;
    }

    /** Days with updates, oldest first. */
    public List<Bar> getBars() {
        int most = getMost();
        List<Bar> bars = new ArrayList<>();
        counts.forEach((day, count) -> {
            int x = (int) (day.toEpochDay() - getFirst().toEpochDay()) * BAR_STEP + (BAR_STEP - BAR_WIDTH) / 2;
            int height = Math.max(LEAST, (int) ((long) count * HEIGHT / most));
            bars.add(new Bar(day, count, x, height));
        });
        return bars;
    }

    /** One day. */
    public record Bar(LocalDate day, int count, int x, int height) {
        public LocalDate getDay() {
            return day;
        }

        public int getCount() {
            return count;
        }

        public int getX() {
            return x;
        }

        public int getY() {
            return HEIGHT - height;
        }

        public int getWidth() {
            return BAR_WIDTH;
        }

        public int getHeight() {
            return height;
        }
    }
}
