package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How hard one host is asked, and when not at all. */
class HostLimitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final Checks checks = Checks.of(registry.host());

    @BeforeEach
    void push() {
        registry.pushImage("p/app", "stable", "one");
        registry.pushImage("p/other", "stable", "one");
    }

    @AfterEach
    void stop() {
        checks.close();
        registry.close();
    }

    private Failure limited(String image) {
        Failure failure = checks.failure(image, Checks.ANONYMOUS);
        assertEquals(FailureKind.RATE_LIMITED, failure.kind());
        return failure;
    }

    @Test
    void noMoreChecksAreUnderWayThanAllowed() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        registry.faults().always(request -> true, Fault.heldUntil(release));
        checks.parallel(3);
        List<CompletableFuture<Sighting>> begun = IntStream.range(0, 12)
                .mapToObj(i -> {
                    registry.pushImage("p/app", "tag" + i, "one");
                    return checks.begin("p/app:tag" + i, Checks.ANONYMOUS);
                })
                .toList();
        assertTrue(registry.awaitRequests(RecordedRequest::isHead, 3, PATIENCE));
        release.countDown();
        begun.forEach(check -> Checks.digest(Checks.await(check)));
        assertEquals(3, registry.mostInFlight());
        assertEquals(12, registry.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "date"})
    void afterA429TheHostIsNotAskedBeforeItsTime(String form) {
        Instant inHalfAMinute = checks.clock().instant().plusSeconds(30);
        String retryAfter =
                switch (form) {
                    case "date" -> DateTimeFormatter.RFC_1123_DATE_TIME.format(inHalfAMinute.atOffset(ZoneOffset.UTC));
                    default -> form;
                };
        registry.faults().next(RecordedRequest::isHead, Fault.rateLimited(retryAfter));
        Duration wanted = Duration.ofSeconds(30);
        Failure refused = limited("p/app:stable");
        assertEquals("HTTP 429; a login usually has a higher limit than none", refused.detail(), "HEAD has no words");
        Instant until = refused.retryAt();
        // A date is measured from the Date of the answer, which may be some seconds old by then.
        Duration off = Duration.between(until, checks.clock().instant().plus(wanted));
        assertTrue(form.equals("date") ? off.toSeconds() < 20 && !off.isNegative() : off.isZero(), until::toString);
        assertEquals(1, registry.requests().size(), "a 429 is not asked for its reason");

        assertEquals(until, limited("p/other:stable").retryAt());
        checks.clock().advance(Duration.between(checks.clock().instant(), until.minusMillis(1)));
        limited("p/app:stable");
        assertEquals(1, registry.requests().size(), "the host was not asked meanwhile");

        checks.clock().advance(Duration.ofMillis(1));
        checks.digest("p/app:stable", Checks.ANONYMOUS);
        assertEquals(2, registry.requests().size());
    }

    /** Registries count for each login, and by address for requests without one (Docker Hub). */
    @Test
    void aLimitOfAnonymousRequestsIsNotThatOfALogin() {
        registry.faults()
                .always(
                        request -> request.isHead() && request.authorization().isEmpty(),
                        (request, regular) -> registry.requests().size() >= 2
                                ? Reply.of(401).with("Www-Authenticate", "Basic realm=\"registry\"")
                                : Fault.rateLimited("300").answer(request, regular));
        limited("p/app:stable");
        limited("p/app:stable");
        assertEquals(1, registry.requests().size());
        checks.digest("p/app:stable", Authentications.ofUserPassword("robot", "robot", "robots-password"));
        limited("p/app:stable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "none", "unreadable"})
    void aShortPauseIsWaitedOutWithinTheCheck(String form) {
        registry.faults().next(RecordedRequest::isHead, Fault.rateLimited(form.equals("none") ? null : form));
        checks.digest("p/app:stable", Checks.ANONYMOUS);
        assertEquals(2, registry.requests().size());
    }

    @Test
    void aRefusalWithoutEndIsReported() {
        registry.faults().always(RecordedRequest::isHead, Fault.rateLimited(null));
        limited("p/app:stable");
        assertTrue(registry.requests().size() <= 5, "with pauses that double");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRegistryThatTakesOneRequestASecondHasAllImagesChecked(boolean known) {
        AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);
        registry.faults().always(request -> true, (request, regular) -> {
            Instant now = checks.clock().instant();
            if (now.isBefore(last.get().plusSeconds(1))) {
                return Reply.of(429, "text/plain", "Rate exceeded");
            }
            last.set(now);
            return regular.get();
        });
        checks.parallel(1).requestsPerSecond(known ? 1 : 0);
        for (int sweep = 0; sweep < 4; sweep++) {
            List<CompletableFuture<Sighting>> begun = IntStream.range(0, 12)
                    .mapToObj(i -> {
                        registry.pushImage("p/app" + i, "stable", "one");
                        return checks.begin("p/app" + i + ":stable", Checks.ANONYMOUS);
                    })
                    .toList();
            begun.forEach(check -> Checks.digest(Checks.await(check)));
        }
        long refused = registry.requests().size() - 48;
        assertTrue(known ? refused == 0 : refused <= 2, () -> refused + " requests were refused");
    }

    @Test
    void whoStandsInLineIsNotSentAfterA429() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        registry.faults().next(RecordedRequest::isHead, (request, regular) -> {
            release.await();
            return Fault.rateLimited("30").answer(request, regular);
        });
        checks.parallel(1);
        CompletableFuture<Sighting> first = checks.begin("p/app:stable", Checks.ANONYMOUS);
        CompletableFuture<Sighting> second = checks.begin("p/other:stable", Checks.ANONYMOUS);
        assertTrue(registry.awaitRequests(RecordedRequest::isHead, 1, PATIENCE));
        release.countDown();
        assertEquals(
                FailureKind.RATE_LIMITED, Checks.failure(Checks.await(first)).kind());
        assertEquals(
                FailureKind.RATE_LIMITED, Checks.failure(Checks.await(second)).kind());
        assertEquals(1, registry.requests().size());
    }

    @Test
    void a503CoolsTheHostDownOnlyWhereItNamesATime() {
        Reply busy = Reply.error(503, "UNAVAILABLE", "overloaded");
        registry.faults().next(RecordedRequest::isHead, Fault.reply(busy.with("Retry-After", "30")));
        Failure failure = checks.failure("p/app:stable", Checks.ANONYMOUS);
        assertEquals(FailureKind.UNAVAILABLE, failure.kind());
        assertEquals(checks.clock().instant().plusSeconds(30), failure.retryAt());
        assertEquals(1, registry.requests().size(), "it is not repeated");
        limited("p/other:stable");
        checks.clock().advance(Duration.ofSeconds(30));
        checks.digest("p/other:stable", Checks.ANONYMOUS);

        registry.faults().always(RecordedRequest::isHead, Fault.reply(busy));
        Failure again = checks.failure("p/app:stable", Checks.ANONYMOUS);
        assertEquals(FailureKind.UNAVAILABLE, again.kind());
        assertNull(again.retryAt());
        registry.faults().clear();
        checks.digest("p/app:stable", Checks.ANONYMOUS);
    }
}
