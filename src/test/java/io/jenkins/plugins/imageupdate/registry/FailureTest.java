package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {
    private static final Instant THEN = Instant.parse("2026-11-06T08:00:00.123456789Z");

    @Test
    void saysEverythingInOneLine() {
        Failure failure =
                new Failure(FailureKind.RATE_LIMITED, "gcr.io/p/app:1", "gcr-key", "HTTP 429: TOOMANYREQUESTS", THEN);
        assertEquals(
                "gcr.io/p/app:1: RATE_LIMITED: the registry counts too many requests (until 2026-11-06T08:00:00Z)"
                        + " [HTTP 429: TOOMANYREQUESTS]; credential 'gcr-key'. Way out: wait; checks go on by themselves"
                        + " afterwards.",
                failure.message());
        assertEquals(THEN, failure.retryAt());
    }

    @Test
    void saysThatNoCredentialWasUsed() {
        String message = new Failure(FailureKind.TAG_NOT_FOUND, "app", null, "", null).message();
        assertEquals(
                "app: TAG_NOT_FOUND: the repository has no such tag or digest; no credential was used. Way out: check the tag's"
                        + " name, or push it.",
                message);
    }

    @Test
    void textOfARegistryCannotForgeLogLines() {
        Failure failure = new Failure(FailureKind.TLS, "a\nb", "c\r\nd", "e\u202Ef" + "x".repeat(5_000), null);
        assertEquals("a b", failure.image());
        assertEquals("c d", failure.credentialsId());
        assertEquals(1, failure.message().lines().count());
        assertTrue(failure.message().length() < 1_000);
    }

    @Test
    void missingTextIsEmpty() {
        Failure failure = new Failure(FailureKind.CONFIGURATION, null, null, null, null);
        assertEquals("", failure.image());
        assertEquals("", failure.detail());
        assertThrows(NullPointerException.class, () -> new Failure(null, "app", null, "", null));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasItsWordsAndItsWayOut(FailureKind kind) {
        assertFalse(kind.meaning().isBlank());
        assertFalse(kind.wayOut().isBlank());
        assertFalse(kind.meaning().endsWith(".") || kind.wayOut().endsWith("."), "clauses without a full stop");
        for (FailureKind other : FailureKind.values()) {
            assertTrue(other == kind || !other.meaning().equals(kind.meaning()), "own words");
        }
    }

    /** Which registry and which login it is, a kind does not know: its words must be true for all. */
    @Test
    void theWordsOfAKindNameNoProduct() {
        for (FailureKind kind : FailureKind.values()) {
            String words = kind.meaning() + kind.wayOut();
            assertFalse(words.contains("oogle") || words.contains("roles/"), words);
        }
    }
}
