package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.imageupdate.registry.Response;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-06T08:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    /** The dates are the three forms of RFC 9110, section 5.6.7. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "1|1",
                "120|120",
                "007|7",
                "3600|3600",
                "3601|3600",
                "999999|3600",
                "99999999999999999999999|3600",
                "Fri, 06 Nov 2026 08:10:00 GMT|600",
                "Friday, 06-Nov-26 08:10:00 GMT|600",
                "Fri Nov  6 08:10:00 2026|600",
                "Fri, 06 Nov 2026 07:59:59 GMT|0",
                "Sunday, 06-Nov-94 08:49:37 GMT|0",
                "Sun Nov  6 08:49:37 1994|0",
                "Sat, 07 Nov 2026 08:10:00 GMT|3600",
                "Fri, 31 Dec 9999 23:59:59 GMT|3600",
            })
    void readsSecondsAndDatesUpToAnHour(String header, long seconds) {
        assertEquals(NOW.plusSeconds(seconds), RetryAfter.of(answer(header, null), CLOCK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-5",
                "1.5",
                "+3",
                "60, 120",
                "٣",
                "0x10",
                "Fri, 06 Nov 2026",
                "Mon, 06 Nov 2026 08:10:00 GMT"
            })
    void ignoresWhatCannotBeRead(String header) {
        assertNull(RetryAfter.of(answer(header, null), CLOCK));
    }

    @Test
    void isNothingWithoutTheHeader() {
        assertNull(RetryAfter.of(answer(null, "Fri, 06 Nov 2026 08:00:00 GMT"), CLOCK));
    }

    @Test
    void aDateCountsFromTheRegistrysOwnClock() {
        String inFiveMinutes = "Fri, 06 Nov 2026 12:05:00 GMT";
        assertEquals(
                NOW.plus(Duration.ofMinutes(5)),
                RetryAfter.of(answer(inFiveMinutes, "Fri, 06 Nov 2026 12:00:00 GMT"), CLOCK));
        assertEquals(NOW.plus(RetryAfter.MAX), RetryAfter.of(answer(inFiveMinutes, "rubbish"), CLOCK));
    }

    private static Response answer(String retryAfter, String date) {
        Map<String, List<String>> headers = new HashMap<>();
        if (retryAfter != null) {
            headers.put("Retry-After", List.of(retryAfter));
        }
        if (date != null) {
            headers.put("Date", List.of(date));
        }
        return new Response(
                URI.create("https://gcr.io/v2/"), 429, HttpHeaders.of(headers, (name, value) -> true), new byte[0]);
    }
}
