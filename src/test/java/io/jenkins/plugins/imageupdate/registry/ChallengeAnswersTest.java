package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.PublicInternet;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that ask for tokens in their own ways. The token server gives {@code t1}, {@code t2} and so on, for a minute each. */
class ChallengeAnswersTest {
    private final InProcessRegistry registry = InProcessRegistry.start();
    private final Checks checks = Checks.of(registry.host());
    private final AtomicInteger tokens = new AtomicInteger();
    private String digest;

    @BeforeEach
    void push() {
        digest = registry.pushImage("p/app", "stable", "one");
        registry.faults()
                .always(
                        ChallengeAnswersTest::isToken,
                        (request, regular) -> Reply.of(
                                200, "application/json", "{\"access_token\":\"t" + tokens.incrementAndGet() + "\"}"));
    }

    @AfterEach
    void stop() {
        checks.close();
        registry.close();
    }

    private static boolean isToken(RecordedRequest request) {
        return request.path().equals("/token");
    }

    private static Predicate<RecordedRequest> with(String authorization) {
        return request -> request.isManifest()
                && request.authorization()
                        .equals(Optional.ofNullable(authorization).map(token -> "Bearer " + token));
    }

    private Fault challenge(String more) {
        return Fault.reply(
                refusal(401).with("Www-Authenticate", "Bearer realm=\"" + registry.origin() + "/token\"" + more));
    }

    private static Reply refusal(int status) {
        return Reply.error(status, "UNAUTHORIZED", "authentication required");
    }

    private void check() {
        assertEquals(digest, checks.digest("p/app:stable", Checks.ANONYMOUS));
    }

    private List<String> scopes() {
        return registry.requests().stream()
                .filter(ChallengeAnswersTest::isToken)
                .flatMap(request -> request.parameters("scope"))
                .toList();
    }

    /** What was asked since the last time. */
    private void assertAsked(String... requests) {
        List<String> asked = registry.requests().stream()
                .map(request -> request.method() + " "
                        + (isToken(request) ? "token" : request.isManifest() ? "manifest" : request.path()))
                .toList();
        assertEquals(List.of(requests), asked);
        registry.clear();
    }

    @Test
    void aServiceIsNamedOnlyWhereTheRegistryNamesOne() {
        registry.faults().always(with(null), challenge(""));
        check();
        RecordedRequest token = registry.requests().get(1);
        assertTrue(isToken(token) && token.parameter("service").isEmpty(), token::toString);
        assertEquals(List.of("repository:p/app:pull"), scopes());
    }

    @Test
    void theRightsThatTheRegistryWantsAreRememberedForAllItsRepositories() {
        String own = "repository:p/app:metadata_read,pull";
        registry.faults().always(with(null), challenge(",scope=\"" + own + "\""));
        check();
        assertEquals(List.of(own), scopes());
        assertAsked("HEAD manifest", "GET token", "HEAD manifest");
        check();
        assertAsked("HEAD manifest");
        checks.clock().advance(Duration.ofMinutes(2));
        check();
        assertEquals(List.of(own), scopes());
        assertAsked("GET token", "HEAD manifest");

        registry.pushImage("p/other", "stable", "one");
        checks.digest("p/other:stable", Checks.ANONYMOUS);
        assertEquals(List.of("repository:p/other:metadata_read,pull"), scopes());
    }

    /** Azure wants other rights for tags than for images, and names each in its own refusal only (Azure/acr issue 676). */
    @Test
    void rightsForTagsAndForImagesAreRememberedApart() {
        registry.faults()
                .always(
                        request -> request.path().endsWith("/tags/list")
                                && !request.authorization().orElse("").contains("t1"),
                        challenge(",scope=\"repository:p/app:metadata_read\""));
        registry.faults()
                .always(
                        request -> request.isManifest()
                                && !request.authorization().orElse("").contains("t2"),
                        challenge(",scope=\"repository:p/app:pull\""));
        RemoteRepository repository = Clients.repository(
                checks.transport(),
                ImageReference.parse(registry.host() + "/p/app:stable"),
                Clients.plain(registry.host()),
                Checks.ANONYMOUS);
        for (int expected : new int[] {6, 2, 2}) {
            registry.clear();
            assertEquals(List.of("stable"), Checks.await(repository.tags()).names());
            Checks.await(repository.resolve(ImageReference.parse(registry.host() + "/p/app:stable"), null, null));
            assertEquals(
                    expected,
                    registry.requests().size(),
                    () -> registry.requests().toString());
        }
    }

    /** As containers/image has it: the token is good, its scope is not enough, and only now the registry says what would be. */
    @Test
    void aTokenOfTooLittleScopeIsReplacedByOneOfTheScopeThatIsNamed() {
        String wanted = "repository:p/app:metadata_read,pull";
        registry.faults().always(with(null), challenge(""));
        registry.faults().always(with("t1"), challenge(",error=\"insufficient_scope\",scope=\"" + wanted + "\""));
        check();
        assertEquals(List.of("repository:p/app:pull", wanted), scopes());
        registry.clear();
        check();
        assertAsked("HEAD manifest");
    }

    @Test
    void aRegistryThatNamesAnotherScopeEachTimeIsNotAskedForGood() {
        AtomicInteger asked = new AtomicInteger();
        registry.faults()
                .always(
                        RecordedRequest::isManifest,
                        (request, regular) -> challenge(
                                        ",scope=\"repository:p/app:a" + "x".repeat(asked.incrementAndGet()) + "\"")
                                .answer(request, regular));
        assertEquals(
                FailureKind.UNAUTHENTICATED,
                checks.failure("p/app:stable", Checks.ANONYMOUS).kind());
        assertAsked("HEAD manifest", "GET token", "HEAD manifest", "GET token", "HEAD manifest", "GET manifest");
    }

    /** 401 with and without a challenge, and gcr.io's bare 403 (regclient issue 149, containers/image). */
    @ParameterizedTest
    @ValueSource(strings = {"401 challenge", "401", "403"})
    void aTokenThatWasGoodOnceIsReplacedHoweverItIsRefused(String form) {
        registry.faults().always(with(null), challenge(""));
        check();
        registry.clear();
        int status = Integer.parseInt(form.substring(0, 3));
        registry.faults().always(with("t1"), form.length() > 3 ? challenge("") : Fault.reply(refusal(status)));
        check();
        assertAsked("HEAD manifest", "GET token", "HEAD manifest");
        check();
        assertAsked("HEAD manifest");
    }

    /** gcr.io's resources once refused without a challenge, and its root did not (containerd pull request 1205). */
    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void whereARefusalAsksForNothingTheRegistrysRootIsHeard(int status) {
        registry.faults().always(with(null), Fault.reply(refusal(status)));
        registry.faults().always(request -> request.path().equals("/v2/"), challenge(",service=\"s\""));
        check();
        assertAsked("HEAD manifest", "GET /v2/", "GET token", "HEAD manifest");
        check();
        assertAsked("HEAD manifest");
    }

    @ParameterizedTest
    @CsvSource({"200, ''", "503, ''", "307, http://192.0.2.1/v2/"})
    void whereItsRootAsksForNothingEitherTheRefusalStands(int status, String location) {
        Reply root = Reply.of(status);
        registry.faults().always(with(null), Fault.reply(refusal(401)));
        registry.faults()
                .always(
                        request -> request.path().equals("/v2/"),
                        Fault.reply(location.isEmpty() ? root : root.with("Location", location)));
        try (InProcessRegistry other = InProcessRegistry.start();
                Checks beyond = Checks.of(Clients.plain(registry.host()), PublicInternet.answeredBy(other.origin()))) {
            other.faults()
                    .always(
                            request -> true,
                            Fault.reply(
                                    refusal(401).with("Www-Authenticate", "Bearer realm=\"http://192.0.2.1/token\"")));
            assertEquals(
                    FailureKind.UNAUTHENTICATED,
                    beyond.failure("p/app:stable", Checks.ANONYMOUS).kind());
            assertTrue(other.requests().stream().noneMatch(ChallengeAnswersTest::isToken), "its challenge is not ours");
        }
        assertEquals(0, tokens.get());
    }
}
