package io.jenkins.plugins.imageupdate.registry.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that the token server gave and the registry refuses all the same. */
class RefusedTokensTest {
    private static final Authentication ROBOT = Authentications.ofUserPassword("robot", "robot", "a-long-password");
    private static final Predicate<RecordedRequest> WITH_TOKEN =
            request -> !request.isToken() && request.authorization().isPresent();

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final GcrFront front = GcrFront.inFrontOf(registry.origin());
    private final Checks checks = Checks.of(front.host());
    private String digest;

    @BeforeEach
    void push() {
        digest = registry.pushImage("p/app", "stable", "one");
        front.grantUser("robot", "a-long-password", "p/*");
        front.clock(checks.clock());
    }

    @AfterEach
    void stop() {
        checks.close();
        front.close();
        registry.close();
    }

    private Reply challenge(String error) {
        return Reply.error(401, "UNAUTHORIZED", "authentication required")
                .with("Www-Authenticate", "Bearer realm=\"" + front.origin() + "/v2/token\",error=\"" + error + "\"");
    }

    /** Gitea answers like this to a login that may not read the package (Gitea issue 36910). */
    @Test
    void aMissingRightCostsOneRequestACheckUntilItMayHaveBeenGranted() {
        Fault refusal =
                Fault.reply(Reply.of(401, "text/plain", "no").with("Www-Authenticate", "Basic realm=\"Gitea\""));
        front.faults().always(WITH_TOKEN, refusal);
        for (int expected : new int[] {4, 1, 1}) {
            front.clear();
            assertEquals(
                    FailureKind.FORBIDDEN, checks.failure("p/app:stable", ROBOT).kind());
            assertEquals(
                    expected, front.requests().size(), "at first with a refusal, a token, a refusal and the reason");
        }
        front.faults().clear();
        front.clear();
        assertEquals(digest, checks.digest("p/app:stable", ROBOT));
        assertEquals(1, front.requests().size(), "a token that is accepted is not doubted");
    }

    @Test
    void aRefusalIsNotBelievedForGood() {
        front.tokenLife(Duration.ofHours(1));
        front.faults().always(WITH_TOKEN, Fault.reply(Reply.error(403, "DENIED", "no role")));
        checks.failure("p/app:stable", ROBOT);
        checks.clock().advance(Duration.ofMinutes(6));
        front.clear();
        checks.failure("p/app:stable", ROBOT);
        assertEquals(1, front.count(RecordedRequest::isToken), "a new token, which may be good for more");
    }

    /** Harbor issue 15911. */
    @Test
    void aTokenThatComesTooEarlyForTheRegistrysClockIsSentOnceMore() {
        front.faults().next(WITH_TOKEN, Fault.reply(challenge("invalid_token")));
        assertEquals(digest, checks.digest("p/app:stable", ROBOT));
        assertEquals(1, front.count(RecordedRequest::isToken));
    }

    @Test
    void soItIsForTheListOfTags() {
        front.faults().next(WITH_TOKEN, Fault.reply(challenge("invalid_token")));
        TagList tags = Checks.await(Clients.repository(
                        checks.transport(),
                        ImageReference.parse(front.host() + "/p/app"),
                        Clients.plain(front.host()),
                        ROBOT)
                .tags());
        assertEquals(java.util.List.of("stable"), tags.names());
    }

    @Test
    void aTokenThatIsInvalidTwiceIsRefused() {
        front.faults().always(WITH_TOKEN, Fault.reply(challenge("invalid_token")));
        assertEquals(
                FailureKind.FORBIDDEN, checks.failure("p/app:stable", ROBOT).kind());
    }
}
