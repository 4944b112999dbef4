package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a digest must be known before it counts, as users write it: {@code 90m}, {@code 12h}, {@code 3d}, {@code 2w}. */
public final class MinimumAge {
    static final Duration MOST = Duration.ofDays(366);

    private static final Map<String, Duration> UNITS = Map.of(
            "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1), "w", Duration.ofDays(7));
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,6})([mhdw])");

    private MinimumAge() {}

    /**
     * Parses a number with a unit, {@code m}, {@code h}, {@code d} or {@code w}; {@code 0} for none.
     *
     * @return null for null and for a blank text: the next default applies
     * @throws IllegalArgumentException if the text is something different, or is longer than a year; the message says why
     */
    @CheckForNull
    public static Duration parse(@CheckForNull String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String written = text.strip();
        if (written.equals("0")) {
            return Duration.ZERO;
        }
        Matcher parts = WRITTEN.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + Printable.of(written)
                            + "' is not a minimum age. Write a whole number and its unit without a space: 90m, 12h, 3d or 2w. 0 is none");
        }
        Duration age = UNITS.get(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1)));
        if (age.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "the minimum age '" + written + "' is longer than a year. The most is " + MOST.toDays() + "d");
        }
        return age;
    }

    /** Writes an age as {@link #parse} reads it, with the largest unit that needs no fraction. */
    public static String text(Duration age) {
        long minutes = age.toMinutes();
        if (minutes == 0) {
            return "0";
        }
        if (minutes % 60 != 0) {
            return minutes + "m";
        }
        return minutes % 1440 == 0 ? minutes / 1440 + "d" : minutes / 60 + "h";
    }
}
