package io.jenkins.plugins.imageupdate.registry.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred images with one login. */
class SignInsTest {
    private static final int IMAGES = 100;
    private static final Authentication WRONG = Authentications.ofUserPassword("robot", "robot", "yesterdays-password");
    private static final Authentication RIGHT = Authentications.ofUserPassword("robot", "robot", "todays-password");

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final GcrFront front = GcrFront.inFrontOf(registry.origin());

    @BeforeEach
    void push() {
        IntStream.range(0, IMAGES).forEach(i -> registry.pushImage("p/app" + i, "stable", "one"));
        front.grantUser("robot", "todays-password", "p/*");
    }

    @AfterEach
    void stop() {
        front.close();
        registry.close();
    }

    private static List<Sighting> sweep(Checks checks, Authentication login) {
        List<CompletableFuture<Sighting>> begun = IntStream.range(0, IMAGES)
                .mapToObj(i -> checks.begin("p/app" + i + ":stable", login))
                .toList();
        return begun.stream().map(Checks::await).toList();
    }

    private static void allRejected(List<Sighting> sightings) {
        for (Sighting sighting : sightings) {
            assertEquals(
                    FailureKind.CREDENTIAL_REJECTED, Checks.failure(sighting).kind());
        }
    }

    @Test
    void aPasswordThatTheTokenServerRejectsIsTriedThreeTimes() {
        try (Checks checks = Checks.of(front.host())) {
            allRejected(sweep(checks, WRONG));
            assertEquals(SignIns.MAX_REJECTIONS, front.count(RecordedRequest::isToken));
            allRejected(sweep(checks, WRONG));
            assertEquals(SignIns.MAX_REJECTIONS, front.count(RecordedRequest::isToken), "not again for a while");
            checks.clock().advance(Duration.ofMinutes(5));
            allRejected(sweep(checks, WRONG));
            assertEquals(SignIns.MAX_REJECTIONS + 1, front.count(RecordedRequest::isToken));
            sweep(checks, RIGHT).forEach(Checks::digest);
        }
    }

    @Test
    void aPasswordThatTheRegistryRejectsIsTriedThreeTimes() {
        String right = "Basic cm9ib3Q6dG9kYXlzLXBhc3N3b3Jk";
        registry.faults()
                .always(
                        request -> !request.authorization().orElse("").equals(right),
                        Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic realm=\"registry\"")));
        try (Checks checks = Checks.of(registry.host())) {
            registry.clear();
            List<Sighting> sightings = sweep(checks, WRONG);
            allRejected(sightings);
            long failed = registry.count(request -> request.authorization().isPresent());
            assertTrue(failed <= SignIns.MAX_REJECTIONS, () -> failed + " failed logins");
            Failure last = Checks.failure(sightings.get(IMAGES - 1));
            assertTrue(last.message().contains("more attempts could lock the account"), last.message());
            sweep(checks, RIGHT).forEach(Checks::digest);
        }
    }

    /** As Amazon's expired ones: HEAD is refused without a word, so the login is tried until GET has told why. */
    @Test
    void aPasswordThatIsRefusedLikeAMissingRightIsTriedAFewTimes() {
        registry.faults()
                .always(
                        request -> request.authorization().isEmpty(),
                        Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic realm=\"registry\"")));
        registry.faults()
                .always(
                        request -> true,
                        Fault.reply(
                                Reply.error(403, "DENIED", "Your authorization token has expired. Reauthenticate.")));
        try (Checks checks = Checks.of(registry.host())) {
            registry.clear();
            allRejected(sweep(checks, WRONG));
            long failed = registry.count(request -> request.authorization().isPresent());
            assertTrue(failed <= 12, () -> failed + " failed logins");
            registry.clear();
            allRejected(sweep(checks, WRONG));
            assertEquals(0, registry.count(request -> request.authorization().isPresent()), "not again for a while");
        }
    }

    /** A right may be missing for many repositories of a login that is good. */
    @Test
    void missingRightsAreNotRejections() {
        registry.faults()
                .always(
                        request -> request.authorization().isEmpty(),
                        Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic realm=\"registry\"")));
        registry.faults().always(request -> true, Fault.reply(Reply.error(403, "DENIED", "pull access denied")));
        try (Checks checks = Checks.of(registry.host())) {
            for (Sighting sighting : sweep(checks, RIGHT)) {
                assertEquals(FailureKind.FORBIDDEN, Checks.failure(sighting).kind());
            }
        }
    }

    /** Of a proxy in front, for a request that is too long for it. It would hold for every image of the login. */
    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain"})
    void aRequestThatIsRefusedBeforeTheTokenServerSeesItIsNotARejection(String type) {
        front.faults()
                .always(
                        RecordedRequest::isToken,
                        Fault.reply(Reply.of(400, type, "Request Header Or Cookie Too Large")));
        try (Checks checks = Checks.of(front.host())) {
            for (int i = 0; i < 2 * SignIns.MAX_REJECTIONS; i++) {
                assertEquals(
                        FailureKind.NOT_A_REGISTRY,
                        checks.failure("p/app" + i + ":stable", RIGHT).kind());
            }
            front.faults().clear();
            sweep(checks, RIGHT).forEach(Checks::digest);
        }
    }

    @Test
    void aPasswordThatIsChangedWhileItIsInUseIsTriedThreeTimes() {
        try (Checks checks = Checks.of(front.host())) {
            front.clock(checks.clock());
            front.tokenLife(Duration.ofMinutes(3));
            sweep(checks, RIGHT).forEach(Checks::digest);
            checks.clock().advance(Duration.ofMinutes(10));
            front.faults().always(RecordedRequest::isToken, Fault.reply(Reply.error(401, "UNAUTHORIZED", "no")));
            front.clear();
            allRejected(sweep(checks, RIGHT));
            assertEquals(SignIns.MAX_REJECTIONS, front.count(RecordedRequest::isToken));
        }
    }

    @Test
    void aRejectionInBetweenDoesNotCount() {
        try (Checks checks = Checks.of(front.host())) {
            for (int i = 0; i < 6; i++) {
                front.faults().next(RecordedRequest::isToken, Fault.reply(Reply.error(401, "UNAUTHORIZED", "no")));
                checks.failure("p/app" + i + ":stable", RIGHT);
                checks.digest("p/app" + i + ":stable", RIGHT);
            }
        }
    }
}
