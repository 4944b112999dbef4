package io.jenkins.plugins.imageupdate.bench;

import java.util.List;
import java.util.Locale;

/** Seconds measured several times. */
record Spread(List<Double> seconds) {
    Spread {
        seconds = seconds.stream().sorted().toList();
    }

    double median() {
        int middle = seconds.size() / 2;
        return seconds.size() % 2 == 1 ? seconds.get(middle) : (seconds.get(middle - 1) + seconds.get(middle)) / 2;
    }

    /** The median and, in brackets, the least and the most. */
    String text() {
        return seconds.isEmpty()
                ? "–"
                : String.format(
                        Locale.ROOT, "%.2f (%.2f–%.2f)", median(), seconds.get(0), seconds.get(seconds.size() - 1));
    }

    /** How many times the limit the median is. */
    String times(double limit) {
        return seconds.isEmpty() ? "–" : String.format(Locale.ROOT, "%.2f ×", median() / limit);
    }
}
