package io.jenkins.plugins.imageupdate.tags.version;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first date in a tag's name: {@code 20240131}, {@code 2024-01-31}, {@code RELEASE.2024-01-31T20-20-33Z},
 * {@code nightly-202401312020}, or seconds since 1970, as in {@code main-3f2a1b0-1706732433}. Times are taken for UTC. Year and month
 * alone are a version, such as {@code 24.04}.
 *
 * @param rest the tag with a star for the date
 */
public record TagDate(LocalDateTime time, String rest) {
    private static final Pattern DATE =
            Pattern.compile("(?<![0-9])((?:19|20)[0-9]{2})([-._]?)([01][0-9])\\2([0-3][0-9])"
                    + "(?:[T._-]?([0-2][0-9])[-:._]?([0-5][0-9])(?:[-:._]?([0-5][0-9]))?Z?)?(?![0-9])");
    /** 250131; as any number of six digits may be one, only where the tag on the image is. */
    private static final Pattern SHORT =
            Pattern.compile("(?<![0-9])([0-9]{2})()([01][0-9])([0-3][0-9])(?![0-9])()()()");

    private static final int CENTURY = 2_000;
    private static final int FULL_YEAR = 4;
    private static final int DAY = 8;

    /** What is built twice on a day has a number: 20240131.2. */
    private static final Pattern COUNTER = Pattern.compile("\\*[._-]([0-9]{1,6})(?=$|[-_]|\\.[^0-9])");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern SECONDS = Pattern.compile("(?<![0-9])1[0-9]{9}(?![0-9])");

    /** Null for a tag without one. */
    @CheckForNull
    public static TagDate parse(String tag) {
        TagDate first = first(DATE.matcher(tag), tag);
        if (first != null) {
            return first;
        }
        Matcher seconds = SECONDS.matcher(tag);
        return seconds.find()
                ? new TagDate(
                        LocalDateTime.ofEpochSecond(Long.parseLong(seconds.group()), 0, ZoneOffset.UTC),
                        rest(tag, seconds))
                : null;
    }

    /** As {@link #parse}; without such a date, one with two digits for the year. */
    @CheckForNull
    public static TagDate parseWithShort(String tag) {
        TagDate date = parse(tag);
        return date != null ? date : first(SHORT.matcher(tag), tag);
    }

    /** The number of digits if the text is a date in digits, with or without a time; otherwise 0. */
    static int digits(String number) {
        if (number.length() < DAY || !NaturalOrder.isNumber(number)) {
            return 0;
        }
        Matcher date = DATE.matcher(number);
        return date.matches() && time(date) != null ? number.length() : 0;
    }

    @CheckForNull
    private static TagDate first(Matcher date, String tag) {
        while (date.find()) {
            LocalDateTime time = time(date);
            if (time != null) {
                return new TagDate(time, rest(tag, date));
            }
        }
        return null;
    }

    /** The number right behind the date; 0 for none. */
    public String counter() {
        Matcher counter = COUNTER.matcher(rest);
        return counter.find() ? NaturalOrder.withoutZeros(counter.group(1)) : "0";
    }

    /** The rest without that number and with a mark for each commit. */
    public String series() {
        return Commit.OR_LONG_NUMBER.marked(COUNTER.matcher(rest).replaceFirst("*"));
    }

    /** What of it stands before the date, without the number of a build. */
    public String lead() {
        String series = series();
        return NUMBER.matcher(series.substring(0, series.indexOf('*'))).replaceAll(Shape.NUMBER);
    }

    /** As the numbers of a version. */
    List<String> numbers() {
        return time.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? List.of(time.toLocalDate().toString())
                : List.of(time.toLocalDate().toString(), time.toLocalTime().toString());
    }

    @CheckForNull
    private static LocalDateTime time(Matcher date) {
        try {
            int year = number(date, 1);
            return LocalDateTime.of(
                    date.group(1).length() == FULL_YEAR ? year : CENTURY + year,
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
        return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static String rest(String tag, Matcher found) {
        return tag.substring(0, found.start()) + "*" + tag.substring(found.end());
    }
}
