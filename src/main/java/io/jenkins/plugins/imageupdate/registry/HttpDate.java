package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** The three forms of RFC 9110, section 5.6.7, which every recipient has to accept: IMF-fixdate, RFC 850 and asctime. */
public final class HttpDate {
    private static final List<DateTimeFormatter> FORMS = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 1980)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private HttpDate() {}

    /** Returns null if the text has none of the forms. */
    @CheckForNull
    public static Instant parse(String value) {
        for (DateTimeFormatter form : FORMS) {
            try {
                return form.parse(value, Instant::from);
            } catch (DateTimeException e) {
                continue; // another form, or no date at all
            }
        }
        return null;
    }
}
