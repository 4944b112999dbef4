package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdatesChartTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-03-01");

    private final UpdatesChart chart = new UpdatesChart(TODAY);

    private void add(String day, int count) {
        chart.add(Map.of(LocalDate.parse(day), count));
    }

    @Test
    void daysAreAddedUpFromTheFirstToToday() {
        add("2026-01-31", 4);
        add("2026-01-30", 5);
        add("2026-03-01", 1);
        add("2026-03-01", 2);
        add("2026-03-02", 7);
        assertEquals(Map.of("2026-01-31", 4, "2026-03-01", 3), chart.perDay());
        assertEquals(7, chart.getTotal());
        assertEquals(4, chart.getMost());
    }

    /** x from the left, y from the top, width and height, in the drawing's own units. */
    @Test
    void barsStandInTheDrawing() {
        add("2026-01-31", 1000);
        add("2026-02-28", 250);
        add("2026-03-01", 1);
        assertEquals(
                List.of("1 0 8 100", "281 75 8 25", "291 98 8 2"),
                chart.getBars().stream()
                        .map(bar -> bar.getX() + " " + bar.getY() + " " + bar.getWidth() + " " + bar.getHeight())
                        .toList());
        assertEquals("300 100", chart.getWidth() + " " + chart.getHeight());
    }

    @Test
    void aDayWithoutUpdatesHasNoBar() {
        assertEquals(List.of(), chart.getBars());
        assertEquals(0, chart.getTotal() + chart.getMost());
    }
}
