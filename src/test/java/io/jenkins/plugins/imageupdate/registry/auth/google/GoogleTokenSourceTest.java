package io.jenkins.plugins.imageupdate.registry.auth.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.TokenCache;
import io.jenkins.plugins.imageupdate.testing.FakeGoogle;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long access tokens are kept, how they are fetched, and what a refusal is told as. */
class GoogleTokenSourceTest {
    private final GoogleFixture fixture = new GoogleFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void answers(Reply reply) {
        fixture.google.faults().always(request -> true, Fault.reply(reply));
    }

    @Test
    void howeverManyAskOneFetches() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        fixture.google.faults().always(request -> true, Fault.heldUntil(latch));
        List<CompletableFuture<TokenCache.Cached>> asked = IntStream.range(0, 50)
                .mapToObj(i -> fixture.tokens.get(GoogleFixture.signingKey()))
                .toList();
        assertTrue(fixture.google.awaitRequests(request -> true, 1, Duration.ofSeconds(10)));
        latch.countDown();
        asked.forEach(CompletableFuture::join);
        assertEquals(1, fixture.google.requests().size());
    }

    /** A tenth of the life before its end, ten seconds at least, five minutes at most. */
    @ParameterizedTest
    @CsvSource({"3599,3299", "1200,1080", "215,194", "60,50", "20,10"})
    void aTokenIsRenewedBeforeItsEnd(int life, int usable) {
        fixture.google.tokenLife(Duration.ofSeconds(life));
        fixture.fetch(GoogleFixture.signingKey());
        fixture.clock.advance(Duration.ofSeconds(usable - 1));
        assertEquals("ya29.issued-by-google-1", fixture.fetch(GoogleFixture.signingKey()));
        fixture.clock.advance(Duration.ofSeconds(2));
        assertEquals("ya29.issued-by-google-2", fixture.fetch(GoogleFixture.signingKey()));
    }

    @Test
    void aTokenThatIsNearlyDeadIsUsedAndNotKept() {
        fixture.google.tokenLife(Duration.ofSeconds(5));
        assertEquals("ya29.issued-by-google-1", fixture.fetch(GoogleFixture.signingKey()));
        assertEquals("ya29.issued-by-google-2", fixture.fetch(GoogleFixture.signingKey()));
    }

    @Test
    void aWrongClockIsNamedWithItsError() {
        fixture.clock.advance(Duration.ofHours(-2));
        fixture.google.clock(Clock.systemUTC());
        RegistryException failure = fixture.failure(GoogleFixture.signingKey());
        assertEquals(FailureKind.CONFIGURATION, failure.kind());
        assertTrue(
                failure.detail().matches("the controller's clock is wrong, 7\\d\\d\\d seconds behind Google's, .*"),
                failure.detail());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid_grant|Invalid grant: account not found|CREDENTIAL_REJECTED|the service account was deleted or"
                        + " disabled",
                "invalid_grant|Robot is disabled.|CREDENTIAL_REJECTED|the service account was deleted or disabled",
                "invalid_grant|Invalid JWT Signature.|CREDENTIAL_REJECTED|the key was deleted, or it is not this",
                "invalid_grant|Bad Request|CREDENTIAL_REJECTED|the key, or its service account, was deleted or"
                        + " disabled",
                "invalid_client|The OAuth client was not found.|CREDENTIAL_REJECTED|Google does not know the account",
                "deleted_client|The OAuth client was deleted.|CREDENTIAL_REJECTED|Google does not know the account",
                "invalid_scope|Invalid OAuth scope or ID token audience provided.|CONFIGURATION|the request is refused"
            })
    void refusalsAreExplained(String error, String description, FailureKind kind, String explanation) {
        answers(FakeGoogle.refused(error, description));
        RegistryException failure = fixture.failure(GoogleFixture.signingKey());
        assertEquals(kind, failure.kind());
        assertTrue(failure.detail().startsWith(explanation), failure.detail());
        assertTrue(failure.detail().contains(error + " " + description), failure.detail());
    }

    @Test
    void anAssertionThatIsEchoedIsNotRepeated() {
        fixture.google.faults().always(request -> true, (request, regular) -> {
            regular.get();
            String assertion = FakeGoogle.field(fixture.google.bodies().get(0), "assertion");
            return FakeGoogle.refused("invalid_grant", "Bad assertion " + assertion);
        });
        RegistryException failure = fixture.failure(GoogleFixture.signingKey());
        assertTrue(failure.detail().endsWith("Bad assertion …"), failure.detail());
    }

    @Test
    void onlyGooglesOwnWordsAreRepeated() {
        answers(Reply.of(400, "text/plain", "inner secret of another server"));
        RegistryException failure = fixture.failure(GoogleFixture.signingKey());
        assertEquals(FailureKind.NOT_A_REGISTRY, failure.kind());
        assertFalse(failure.detail().contains("secret"), failure.detail());
    }

    @Test
    void anAssertionIsNeverSentTwiceNorOnwards() {
        try (FakeGoogle other = FakeGoogle.start()) {
            answers(Reply.of(307).with("Location", other.origin() + "/token"));
            assertEquals(
                    FailureKind.NOT_A_REGISTRY,
                    fixture.failure(GoogleFixture.signingKey()).kind());
            assertEquals(0, other.requests().size());
        }
        fixture.google.clear();
        fixture.google.faults().clear();
        answers(Reply.of(500));
        assertEquals(
                FailureKind.UNAVAILABLE,
                fixture.failure(GoogleFixture.signingKey()).kind());
        assertEquals(1, fixture.google.requests().size());
    }

    @Test
    void aBlockedAddressIsNotTakenForABadKey() {
        fixture.google.faults().always(request -> true, Fault.edgeBlocked());
        assertEquals(
                FailureKind.EDGE_BLOCKED,
                fixture.failure(GoogleFixture.signingKey()).kind());
    }

    /** A revoked key with a hundred images is signed with and refused once, not a hundred times. */
    @Test
    void aRefusedKeyIsNotTriedAgainForAMoment() {
        answers(FakeGoogle.refused("invalid_grant", "Invalid JWT Signature."));
        for (int i = 0; i < 100; i++) {
            assertEquals(
                    FailureKind.CREDENTIAL_REJECTED,
                    fixture.failure(GoogleFixture.signingKey()).kind());
        }
        assertEquals(1, fixture.google.requests().size());

        fixture.google.faults().clear();
        assertEquals("ya29.issued-by-google-1", fixture.fetch(anotherKey()), "a key in its place is another one");
        fixture.clock.advance(Duration.ofSeconds(11));
        assertEquals("ya29.issued-by-google-2", fixture.fetch(GoogleFixture.signingKey()));
    }

    private static Authentication anotherKey() {
        String key = ServiceAccountKeys.create("p", GoogleFixture.ACCOUNT, "canary-id-2");
        return Authentications.signedLocally(Authentications.ofSecret("gcr-key", key));
    }

    /** Neither is a clock that is wrong, nor a fault of Google's own. */
    @ParameterizedTest
    @ValueSource(strings = {"clock", "503", "429", "403 page"})
    void whatIsNoMatterOfTheKeyIsNotKept(String fault) {
        fixture.google
                .faults()
                .next(
                        request -> true,
                        switch (fault) {
                            case "clock" ->
                                Fault.reply(FakeGoogle.refused(
                                        "invalid_grant", "Invalid JWT: Token must be a short-lived token"));
                            case "503" -> Fault.reply(Reply.of(503));
                            case "429" -> Fault.rateLimited("1");
                            default -> Fault.edgeBlocked();
                        });
        fixture.failure(GoogleFixture.signingKey());
        fixture.clock.advance(Duration.ofSeconds(1));
        assertEquals("ya29.issued-by-google-1", fixture.fetch(GoogleFixture.signingKey()));
    }

    @Test
    void anAnswerWithoutATokenIsNone() {
        answers(Reply.of(200, "application/json", "{\"access_token\":\"two words\",\"expires_in\":3599}"));
        assertEquals(
                FailureKind.UNAVAILABLE,
                fixture.failure(GoogleFixture.signingKey()).kind());
    }
}
