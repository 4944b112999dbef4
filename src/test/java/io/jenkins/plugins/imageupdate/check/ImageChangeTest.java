package io.jenkins.plugins.imageupdate.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.imageupdate.registry.ImageDetails;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageChangeTest {
    private static final String SOURCE = "https://github.com/team/app";

    private static ImageDetails details(String created, long size, Map<String, String> labels) {
        return new ImageDetails(created == null ? null : Instant.parse(created), null, size, labels);
    }

    @Test
    void theSummaryNamesBothSidesAndTheLinkComparesTheRevisions() {
        ImageDetails before = details(
                "2026-11-01T10:00:00Z",
                30 * 1024 * 1024,
                Map.of("version", "1.4.2", "revision", "0123456789abcdef0123456789abcdef01234567", "source", SOURCE));
        ImageDetails now = details(
                "2026-11-20T10:00:00Z",
                31 * 1024 * 1024,
                Map.of("version", "1.4.3", "revision", "fedcba9876543210fedcba9876543210fedcba98", "source", SOURCE));
        ImageChange change = ImageChange.of(before, now);
        assertEquals(
                "version 1.4.2 → 1.4.3, revision 0123456789ab → fedcba987654, created 2026-11-01 → 2026-11-20,"
                        + " size 30 MiB → 31 MiB",
                change.summary());
        assertEquals(
                SOURCE + "/compare/0123456789abcdef0123456789abcdef01234567...fedcba9876543210fedcba9876543210fedcba98",
                change.compareLink());
    }

    @Test
    void theSummaryLeavesOutWhatAnImageDoesNotSay() {
        ImageChange change = ImageChange.of(null, details(null, -1, Map.of("version", "2.0")));
        assertEquals("version 2.0", change.summary());
        assertNull(change.compareLink());
        assertNull(change.now().created());
        assertEquals("", ImageChange.of(null, details(null, -1, Map.of())).summary());
    }

    @Test
    void theSummaryNamesAValueOnceThatDidNotChange() {
        Map<String, String> labels = Map.of("version", "1.0", "revision", "main");
        ImageChange change = ImageChange.of(details(null, -1, labels), details(null, -1, labels));
        assertEquals("version 1.0, revision main", change.summary());
    }
}
