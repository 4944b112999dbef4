package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first date in a tag's name: {@code 20240131}, {@code 2024-01-31}, {@code RELEASE.2024-01-31T20-20-33Z},
 * {@code nightly-202401312020}, or seconds since 1970, as in {@code main-3f2a1b0-1706732433}. Times are taken for UTC. Year and month
 * alone are a version, such as {@code 24.04}.
 *
 * @param rest the tag with a star for the date
 */
record TagDate(LocalDateTime time, String rest) {
    private static final Pattern DATE =
            Pattern.compile("(?<![0-9])((?:19|20)[0-9]{2})([-._]?)([01][0-9])\\2([0-3][0-9])"
                    + "(?:[T._-]?([0-2][0-9])[-:._]?([0-5][0-9])(?:[-:._]?([0-5][0-9]))?Z?)?(?![0-9])");
    /** A commit's hash, which is another one in each tag. */
    private static final Pattern COMMIT =
            Pattern.compile("(?<![A-Za-z0-9])g?(?=[a-f]*[0-9])[0-9a-f]{7,40}(?![A-Za-z0-9])");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern SECONDS = Pattern.compile("(?<![0-9])1[0-9]{9}(?![0-9])");

    /** Null for a tag without one. */
    @CheckForNull
    static TagDate parse(String tag) {
        Matcher date = DATE.matcher(tag);
        while (date.find()) {
            LocalDateTime time = time(date);
            if (time != null) {
                return new TagDate(time, rest(tag, date));
            }
        }
        Matcher seconds = SECONDS.matcher(tag);
        return seconds.find()
                ? new TagDate(
                        LocalDateTime.ofEpochSecond(Long.parseLong(seconds.group()), 0, ZoneOffset.UTC),
                        rest(tag, seconds))
                : null;
    }

    /** What is the same in the tags that follow one another. */
    String series() {
        return COMMIT.matcher(rest).replaceAll("#");
    }

    /** What of it stands before the date, without the number of a build. */
    String lead() {
        String series = series();
        return NUMBER.matcher(series.substring(0, series.indexOf('*'))).replaceAll("#");
    }

    @CheckForNull
    private static LocalDateTime time(Matcher date) {
        try {
            return LocalDateTime.of(
                    number(date, 1),
                    number(date, 3),
                    number(date, 4),
                    number(date, 5),
                    number(date, 6),
                    number(date, 7));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(Matcher date, int group) {
        String digits = date.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static String rest(String tag, Matcher found) {
        return tag.substring(0, found.start()) + "*" + tag.substring(found.end());
    }
}
