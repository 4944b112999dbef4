package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many requests and tokens checks cost. */
class RequestCountTest {
    private static final String KEY = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", "key-1");
    private static final Authentication LOGIN = Authentications.ofSecret("gcr-key", KEY);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final GcrFront front = GcrFront.inFrontOf(registry.origin());
    private final Checks checks = Checks.of(front.host());

    @BeforeEach
    void grant() {
        front.grantKey(KEY, "p/*");
        front.clock(checks.clock());
        registry.pushImage("p/app", "stable", "one");
    }

    @AfterEach
    void stop() {
        checks.close();
        front.close();
        registry.close();
    }

    private void assertCost(int requests, int tokens) {
        List<String> sent = front.requests().stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
        assertEquals(requests, sent.size(), sent::toString);
        assertEquals(tokens, front.count(RecordedRequest::isToken), sent::toString);
        front.clear();
    }

    private List<CompletableFuture<Sighting>> beginTags(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> {
                    registry.pushImage("p/app", "tag" + i, "one");
                    return checks.begin("p/app:tag" + i, LOGIN);
                })
                .toList();
    }

    @Test
    void threeForTheFirstTwoForEachFurtherRepositoryOneForEverWarm() {
        registry.pushImage("p/other", "stable", "one");
        checks.digest("p/app:stable", LOGIN);
        assertCost(3, 1);
        checks.digest("p/other:stable", LOGIN);
        assertCost(2, 1);
        for (int round = 0; round < 3; round++) {
            checks.digest("p/app:stable", LOGIN);
            checks.digest("p/other:stable", LOGIN);
            assertCost(2, 0);
        }
    }

    @Test
    void aTokenIsForOneRepositoryAndOneLogin() {
        String other = ServiceAccountKeys.create("p", "other@p.iam.gserviceaccount.com", "key-2");
        front.grantKey(other, "p/*");
        front.makePublic("p/app");
        checks.digest("p/app:stable", LOGIN);
        checks.digest("p/app:stable", Authentications.ofSecret("gcr-key", other));
        checks.digest("p/app:stable", Authentications.ofSecret("same-key-other-id", KEY));
        checks.digest("p/app:stable", Checks.ANONYMOUS);
        assertEquals(4, front.tokensIssued().size());
        assertTrue(front.requests().stream()
                .filter(RecordedRequest::isToken)
                .allMatch(request -> request.parameters("scope").toList().equals(List.of("repository:p/app:pull"))));
    }

    @Test
    void checksOfOneRepositoryShareTheTokenThatOneOfThemFetches() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        front.faults().always(RecordedRequest::isToken, Fault.heldUntil(release));
        List<CompletableFuture<Sighting>> begun = beginTags(8);
        assertTrue(front.awaitRequests(RecordedRequest::isToken, 1, PATIENCE));
        release.countDown();
        begun.forEach(check -> Checks.digest(Checks.await(check)));
        assertEquals(1, front.count(RecordedRequest::isToken));
        assertEquals(
                8,
                front.count(
                        request -> request.isHead() && request.authorization().isPresent()));
    }

    @Test
    void equalChecksAreOneAndEachHasItsOwnFuture() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        front.faults().always(RecordedRequest::isHead, Fault.heldUntil(release));
        CompletableFuture<Sighting> first = checks.begin("p/app:stable", LOGIN);
        CompletableFuture<Sighting> second = checks.begin("p/app:stable", LOGIN);
        assertTrue(front.awaitRequests(RecordedRequest::isHead, 1, PATIENCE));
        first.cancel(true);
        release.countDown();
        Checks.digest(Checks.await(second));
        assertCost(3, 1);
    }

    @Test
    void anExpiredTokenIsReplacedBeforeItIsSent() {
        front.tokenLife(Duration.ofMinutes(10));
        checks.digest("p/app:stable", LOGIN);
        front.clear();
        checks.clock().advance(Duration.ofMinutes(9).plusSeconds(20));
        checks.digest("p/app:stable", LOGIN);
        assertCost(1, 0);
        checks.clock().advance(Duration.ofSeconds(20));
        checks.digest("p/app:stable", LOGIN);
        assertCost(2, 1);
    }

    @Test
    void aTokenThatTheRegistryForgotIsReplacedOnceForAll() {
        beginTags(8).forEach(check -> Checks.digest(Checks.await(check)));
        front.clear();
        front.expireTokens();
        beginTags(8).forEach(check -> Checks.digest(Checks.await(check)));
        assertEquals(1, front.count(RecordedRequest::isToken));
    }

    @Test
    void aRefusalOfAReusedTokenIsBelievedOfTheSecond() {
        checks.digest("p/app:stable", LOGIN);
        front.clear();
        front.faults().always(RecordedRequest::isManifest, Fault.reply(Reply.error(403, "DENIED", "no role")));
        assertEquals(
                FailureKind.FORBIDDEN, checks.failure("p/app:stable", LOGIN).kind());
        // refused, token, refused, and the reason by GET
        assertCost(4, 1);
    }

    @Test
    void aPageFromTheEdgeIsNoMatterOfTokens() {
        checks.digest("p/app:stable", LOGIN);
        front.clear();
        front.faults().always(request -> true, Fault.edgeBlocked());
        assertEquals(
                FailureKind.EDGE_BLOCKED, checks.failure("p/app:stable", LOGIN).kind());
        assertCost(2, 0);
    }

    @Test
    void aBasicChallengeForATokenOfAnotherScopeGetsAFreshToken() {
        checks.digest("p/app:stable", LOGIN);
        front.clear();
        Reply harbor =
                Reply.error(401, "UNAUTHORIZED", "unauthorized").with("Www-Authenticate", "Basic realm=\"harbor\"");
        front.faults().next(RecordedRequest::isHead, Fault.reply(harbor));
        checks.digest("p/app:stable", LOGIN);
        assertCost(3, 1);
        checks.digest("p/app:stable", LOGIN);
        assertCost(1, 0);
    }

    @Test
    void aFailedTokenIsFetchedAnewByTheNextCheck() {
        front.faults().next(RecordedRequest::isToken, Fault.reply(Reply.error(401, "UNAUTHORIZED", "no")));
        assertEquals(
                FailureKind.CREDENTIAL_REJECTED,
                checks.failure("p/app:stable", LOGIN).kind());
        front.clear();
        checks.digest("p/app:stable", LOGIN);
        assertCost(2, 1);
    }

    @Test
    void aRegistryThatAsksForNothingIsAskedOnceEvenCold() {
        try (Checks open = Checks.of(registry.host())) {
            registry.clear();
            open.digest("p/app:stable", Checks.ANONYMOUS);
            assertEquals(1, registry.requests().size());
            assertTrue(registry.requests().get(0).authorization().isEmpty());
        }
    }

    @Test
    void aBasicLoginIsAskedForOnce() {
        registry.faults()
                .always(
                        request -> request.authorization().isEmpty(),
                        Fault.reply(Reply.of(401)
                                .with(
                                        "Www-Authenticate",
                                        "Bearer",
                                        "Basic realm=\"team, \\\"a\\\"\", charset=\"UTF-8\"")));
        Authentication login = Authentications.ofUserPassword("robot", "robot", "pass:word");
        try (Checks basic = Checks.of(registry.host())) {
            registry.clear();
            basic.digest("p/app:stable", login);
            assertEquals(2, registry.requests().size());
            assertEquals(
                    "Basic cm9ib3Q6cGFzczp3b3Jk",
                    registry.requests().get(1).authorization().orElseThrow());
            basic.digest("p/app:stable", login);
            assertEquals(3, registry.requests().size());
        }
    }

    @Test
    void aCheckDoesNotOutwaitItsDeadlineForAToken() {
        CountDownLatch release = new CountDownLatch(1);
        front.faults().always(RecordedRequest::isToken, Fault.heldUntil(release));
        checks.timeout(Duration.ofMillis(300));
        Failure failure = checks.failure("p/app:stable", LOGIN);
        release.countDown();
        assertEquals(FailureKind.TIMEOUT, failure.kind());
    }
}
