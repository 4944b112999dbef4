package io.jenkins.plugins.imageupdate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FormAnswerTest {
    private static RegistryException failure(CompletableFuture<String> asked, Duration timeout) {
        return assertThrows(RegistryException.class, () -> FormAnswer.of(asked, timeout));
    }

    @Test
    void anAnswerIsReturned() throws Exception {
        assertEquals("yes", FormAnswer.of(CompletableFuture.completedFuture("yes"), Duration.ofSeconds(1)));
    }

    @Test
    void aCheckThatStillWaitsInLineIsATimeout() {
        // No time is left, whatever is granted beyond the timeout.
        RegistryException waits = failure(new CompletableFuture<>(), Duration.ofDays(-1));
        assertEquals(FailureKind.TIMEOUT, waits.kind());
    }

    @Test
    void aCheckThatBreaksIsAFailureWithoutItsMessage() {
        RegistryException broken =
                failure(CompletableFuture.failedFuture(new IllegalStateException("canary")), Duration.ofSeconds(1));
        assertEquals(FailureKind.CONFIGURATION, broken.kind());
        assertFalse(broken.detail().contains("canary"), broken::detail);
    }
}
