package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import io.jenkins.plugins.imageupdate.testing.PublicInternet;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A credential is sent only to its own registry and to a token server that may get it. */
class CredentialBoundariesTest {
    private static final String KEY = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", "key-1");
    /** An address that is not one is a fault of the registry, one that is not allowed a matter of its settings. */
    private static final Set<FailureKind> REFUSALS = Set.of(FailureKind.NOT_A_REGISTRY, FailureKind.CONFIGURATION);

    private static final Authentication ROBOT = Authentications.ofUserPassword("robot", "robot", "canary-password");

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final InProcessRegistry other = InProcessRegistry.start();

    @AfterEach
    void stop() {
        registry.close();
        other.close();
    }

    private static Stream<Authentication> googleIdentities() {
        return Stream.of(
                Authentications.ofSecret("key", KEY),
                Authentications.ofUserPassword("user", "_json_key", KEY),
                Authentications.signedLocally(Authentications.ofSecret("signing", KEY)),
                Authentications.ofSecret("token", "ya29.access"),
                Authentications.ofUserPassword("token", "_token", "ya29.access"),
                Authentications.ofUserPassword("token", "_dcgcr_2_1_0_token", "ya29.access"),
                new GoogleAuthentication.ControllerIdentity());
    }

    @ParameterizedTest
    @MethodSource("googleIdentities")
    void aGoogleIdentityForAForeignHostIsRefusedBeforeAnyRequest(Authentication google) {
        RegistryEndpoint foreign = new RegistryEndpoint(registry.host(), true, Duration.ofSeconds(10), 8, false);
        try (Checks checks = Checks.of(foreign, Clients.HTTP)) {
            Failure failure = checks.failure("p/app:stable", google);
            assertEquals(FailureKind.CONFIGURATION, failure.kind());
            assertTrue(failure.message().contains("nothing was sent"), failure.message());
        }
        assertEquals(0, registry.requests().size());
    }

    private void challenge(InProcessRegistry server, String realm) {
        server.faults()
                .always(
                        request -> request.authorization().isEmpty(),
                        Fault.reply(Reply.error(401, "UNAUTHORIZED", "authentication required")
                                .with("Www-Authenticate", "Bearer realm=\"" + realm + "\",service=\"s\"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/token",
                "http://10.0.0.1/token",
                "http://localhost:%d/token",
                "http://[::1]:%d/token",
                "http://user@127.0.0.1:%d/token",
                "file:///etc/passwd",
                "/token",
                "ht tp://x"
            })
    void aTokenServerInsideTheNetworkIsNotAsked(String realm) {
        int port = URI.create(other.origin()).getPort();
        challenge(registry, realm.contains("%d") ? realm.formatted(port) : realm);
        try (Checks checks = Checks.of(registry.host())) {
            Failure failure = checks.failure("p/app:stable", ROBOT);
            assertTrue(REFUSALS.contains(failure.kind()), failure::message);
        }
        assertEquals(0, other.requests().size());
        assertTrue(registry.requests().stream()
                .allMatch(request -> request.authorization().isEmpty()));
    }

    @Test
    void aTokenServerOverPlainHttpIsNotAskedForAnHttpsRegistry() {
        try (InProcessRegistry secure = InProcessRegistry.start(LoopbackCertificate.server());
                Checks checks = Checks.of(
                        new RegistryEndpoint(secure.host(), false, Duration.ofSeconds(10), 8, true), trusting())) {
            challenge(secure, other.origin() + "/token");
            Failure failure = checks.failure("p/app:stable", ROBOT);
            assertEquals(FailureKind.CONFIGURATION, failure.kind());
            assertTrue(failure.message().contains("unencrypted"), failure.message());

            secure.faults().clear();
            secure.faults().always(request -> true, Fault.redirect(other.origin() + "/v2/p/app/manifests/stable"));
            assertEquals(
                    FailureKind.CONFIGURATION,
                    checks.failure("p/app:stable", ROBOT).kind());
        }
        assertEquals(0, other.requests().size());
    }

    @Test
    void aGoogleIdentityIsNotTakenToATokenServerThatIsNotGoogles() {
        challenge(registry, "http://192.0.2.1/token");
        try (Checks checks = Checks.of(endpoint(), PublicInternet.answeredBy(other.origin()))) {
            Failure failure = checks.failure("p/app:stable", Authentications.ofSecret("gcr-key", KEY));
            assertEquals(FailureKind.CONFIGURATION, failure.kind());
        }
        assertEquals(0, other.requests().size());
    }

    @Test
    void aLoginIsTakenToATokenServerElsewhereOnThePublicInternet() {
        challenge(registry, "http://192.0.2.1/token");
        other.faults().always(request -> true, Fault.reply(Reply.of(200, "application/json", "{\"token\":\"t1\"}")));
        String digest = registry.pushImage("p/app", "stable", "one");
        try (Checks checks = Checks.of(endpoint(), PublicInternet.answeredBy(other.origin()))) {
            assertEquals(digest, checks.digest("p/app:stable", ROBOT));
        }
        assertEquals(1, other.requests().size());
        assertEquals("Bearer t1", registry.requests().get(1).authorization().orElseThrow());
    }

    @Test
    void aRedirectToAnotherHostIsFollowedWithoutTheCredential() {
        String digest = other.pushImage("p/app", "stable", "one");
        basicThenRedirect("http://192.0.2.1/v2/p/app/manifests/stable");
        try (Checks checks = Checks.of(endpoint(), PublicInternet.answeredBy(other.origin()))) {
            assertEquals(digest, checks.digest("p/app:stable", ROBOT));
        }
        assertEquals(1, other.requests().size());
        assertTrue(other.requests().get(0).authorization().isEmpty());
        assertTrue(registry.requests().get(1).authorization().isPresent());
    }

    /** A private image fails there. {@link RedirectedRegistryTest} has public images. */
    @ParameterizedTest
    @ValueSource(strings = {"Basic realm=\"r\"", "Bearer realm=\"http://192.0.2.1/token\",service=\"s\""})
    void aChallengeOfTheHostThatARedirectLeadsToIsNotAnsweredWithTheLogin(String challenge) {
        basicThenRedirect("http://192.0.2.1/v2/p/app/manifests/stable");
        other.faults()
                .always(
                        request -> true,
                        Fault.reply(
                                Reply.error(401, "UNAUTHORIZED", "sign in here").with("Www-Authenticate", challenge)));
        try (Checks checks = Checks.of(endpoint(), PublicInternet.answeredBy(other.origin()))) {
            Failure failure = checks.failure("p/app:stable", ROBOT);
            assertEquals(FailureKind.CONFIGURATION, failure.kind(), failure.message());
        }
        assertTrue(registry.requests().get(1).authorization().isPresent());
        assertFalse(other.requests().isEmpty());
        assertTrue(other.requests().stream()
                .allMatch(request -> request.authorization().isEmpty()));
    }

    @Test
    void aRedirectWithinTheRegistryKeepsTheCredential() {
        String digest = registry.pushImage("p/app", "stable", "one");
        registry.faults().next(request -> true, Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic")));
        registry.faults()
                .always(
                        request -> !request.path().contains("/real/"),
                        (request, regular) -> Reply.of(308).with("Location", "/v2/real/app/manifests/stable"));
        registry.pushImage("real/app", "stable", "one");
        try (Checks checks = Checks.of(endpoint(), Clients.HTTP)) {
            assertEquals(digest, checks.digest("p/app:stable", ROBOT));
        }
        RecordedRequest last = registry.requests().get(registry.requests().size() - 1);
        assertTrue(last.authorization().isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "169.254.169.254:80", "[fe80::1]", "[fd00:ec2::254]"})
    void aMetadataServerIsNotARegistry(String host) {
        RegistryEndpoint endpoint = new RegistryEndpoint(host, true, Duration.ofSeconds(10), 8, true);
        try (Checks checks = Checks.of(endpoint, PublicInternet.answeredBy(other.origin()))) {
            Failure failure = checks.failure("latest/meta-data:x", Checks.ANONYMOUS);
            assertEquals(FailureKind.CONFIGURATION, failure.kind(), failure.message());
        }
        assertEquals(0, other.requests().size());
    }

    @Test
    void whatAServerRepeatsOfACredentialIsWithheld() {
        try (GcrFront front = GcrFront.inFrontOf(registry.origin());
                Checks checks = Checks.of(front.host())) {
            front.grantUser("robot", "canary-password", "p/*");
            front.faults()
                    .next(
                            RecordedRequest::isToken,
                            Fault.reply(Reply.error(401, "UNAUTHORIZED", "no user robot:canary-password")));
            String token = checks.failure("p/app:stable", ROBOT).message();
            assertFalse(token.contains("canary-password"), token);
            assertTrue(token.contains("words withheld"), token);

            front.faults()
                    .always(
                            request -> request.isManifest()
                                    && request.authorization().isPresent(),
                            (request, regular) -> Reply.error(
                                    403,
                                    "DENIED",
                                    "bad " + request.authorization().get()));
            String manifest = checks.failure("p/app:stable", ROBOT).message();
            assertFalse(manifest.contains(front.tokensIssued().get(0).value()), manifest);
            assertTrue(manifest.contains("words withheld"), manifest);
        }
    }

    private void basicThenRedirect(String location) {
        registry.faults()
                .next(request -> true, Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic realm=\"r\"")));
        registry.faults().always(request -> true, Fault.redirect(location));
    }

    private RegistryEndpoint endpoint() {
        return new RegistryEndpoint(registry.host(), true, Duration.ofSeconds(10), 8, true);
    }

    private static HttpClient trusting() {
        return HttpClient.newBuilder().sslContext(LoopbackCertificate.client()).build();
    }
}
