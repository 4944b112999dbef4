package io.jenkins.plugins.imageupdate.registry.auth.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.RegistryClient;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The controller's own identity: the metadata server, or the file that the environment names. */
class ControllerIdentityTest {
    private final GoogleFixture fixture = new GoogleFixture();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        fixture.close();
    }

    private String problem(FailureKind kind) {
        RegistryException failure = fixture.failure(GoogleFixture.controller());
        assertEquals(kind, failure.kind(), failure.detail());
        return failure.detail();
    }

    private void file(String content) throws IOException {
        fixture.file = Files.writeString(folder.resolve("identity-canary.json"), content)
                .toString();
    }

    @Test
    void withoutAFileTheMetadataServerIsAsked() {
        assertEquals("ya29.of-the-machine", fixture.fetch(GoogleFixture.controller()));
        assertEquals("ya29.of-the-machine", fixture.fetch(GoogleFixture.controller()));
        assertEquals(1, fixture.metadata.requests().size());
        assertEquals(
                GoogleEndpoints.SCOPE,
                fixture.metadata.requests().get(0).parameter("scopes").orElse(""));
        assertEquals(0, fixture.google.requests().size());
    }

    @Test
    void aStoredTokenWithMinutesLeftIsRenewedInTime() {
        fixture.metadata.holds("ya29.old", Duration.ofSeconds(215));
        assertEquals("ya29.old", fixture.fetch(GoogleFixture.controller()));
        fixture.metadata.holds("ya29.new", Duration.ofSeconds(3599));
        fixture.clock.advance(Duration.ofSeconds(190));
        assertEquals("ya29.old", fixture.fetch(GoogleFixture.controller()));
        fixture.clock.advance(Duration.ofSeconds(5));
        assertEquals("ya29.new", fixture.fetch(GoogleFixture.controller()));
    }

    @Test
    void offGoogleCloudThereIsNoIdentity() {
        fixture.metadata.close();
        String problem = problem(FailureKind.CONFIGURATION);
        assertTrue(problem.contains("it does not run on Google Cloud"), problem);
    }

    @Test
    void whatAnswersInTheMetadataServersPlaceIsNotBelieved() {
        fixture.metadata.faults().always(request -> true, Fault.without("Metadata-Flavor"));
        String problem = problem(FailureKind.CONFIGURATION);
        assertTrue(problem.contains("is not Google's"), problem);
    }

    @Test
    void theMetadataServersRefusalsAreExplained() {
        Reply reply = Reply.of(404, "text/plain", "secret words").with("Metadata-Flavor", "Google");
        fixture.metadata.faults().next(request -> true, Fault.reply(reply));
        assertTrue(problem(FailureKind.CONFIGURATION).contains("no service account"));

        reply = Reply.of(403, "text/plain", "secret words").with("Metadata-Flavor", "Google");
        fixture.metadata.faults().next(request -> true, Fault.reply(reply));
        assertTrue(problem(FailureKind.CONFIGURATION).contains("roles/iam.workloadIdentityUser"));

        reply = Reply.of(503, "text/plain", "secret words").with("Metadata-Flavor", "Google");
        fixture.metadata.faults().next(request -> true, Fault.reply(reply));
        String problem = problem(FailureKind.UNAVAILABLE);
        assertTrue(problem.startsWith("the metadata server: HTTP 503"), problem);
        assertFalse(problem.contains("secret"), problem);
    }

    @Test
    void aRedirectOfTheMetadataServerIsNotFollowed() {
        Reply reply = Reply.of(302).with("Metadata-Flavor", "Google").with("Location", fixture.google.origin());
        fixture.metadata.faults().always(request -> true, Fault.reply(reply));
        problem(FailureKind.NOT_A_REGISTRY);
        assertEquals(0, fixture.google.requests().size());
    }

    @Test
    void aServiceAccountsKeyInTheFileSigns() throws Exception {
        file(GoogleFixture.KEY);
        assertEquals("ya29.issued-by-google-1", fixture.fetch(GoogleFixture.controller()));
        assertEquals(0, fixture.metadata.requests().size());
    }

    @Test
    void aFileThatCannotBeReadIsNoReasonToBeSomebodyElse() {
        fixture.file = folder.resolve("identity-canary.json").toString();
        String problem = problem(FailureKind.CONFIGURATION);
        assertTrue(problem.startsWith("the file of GOOGLE_APPLICATION_CREDENTIALS: "), problem);
        assertFalse(problem.contains("canary"), "its path is not for jobs to see");
        assertEquals(0, fixture.metadata.requests().size());
    }

    @Test
    void filesOfOtherKindsAreRefused() throws Exception {
        file("{\"type\":\"authorized_user\",\"refresh_token\":\"1//canary\"}");
        assertTrue(problem(FailureKind.CONFIGURATION).contains("a person's login"));
        file("{\"type\":\"impersonated_service_account\"}");
        assertTrue(problem(FailureKind.CONFIGURATION).contains("\"impersonated_service_account\" where"));
        file("no JSON");
        assertTrue(problem(FailureKind.CONFIGURATION).contains("\"type\" is missing"));
        file("x".repeat(70_000));
        assertTrue(problem(FailureKind.CONFIGURATION).contains("longer than"));
        file(GoogleFixture.KEY.replace("https://oauth2.googleapis.com/token", "https://evil.example/token"));
        assertTrue(problem(FailureKind.CONFIGURATION).contains("\"token_uri\" is not Google's"));
    }

    @Test
    void itIsAGoogleIdentityThatNoOtherLoginEquals() {
        assertInstanceOf(GoogleAuthentication.class, GoogleFixture.controller());
        assertEquals(
                "Google identity of the controller", GoogleFixture.controller().credentialsId());
        assertFalse(GoogleFixture.controller().fingerprint().equals(new Authentication.Anonymous().fingerprint()));
    }

    @Test
    void noProxySeesTheMachinesToken() {
        InetSocketAddress nowhere = new InetSocketAddress("127.0.0.1", 1);
        HttpClient http =
                HttpClient.newBuilder().proxy(ProxySelector.of(nowhere)).build();
        try (GoogleFixture behindProxy = new GoogleFixture(http)) {
            assertEquals("ya29.of-the-machine", behindProxy.fetch(GoogleFixture.controller()));
            assertEquals(
                    FailureKind.UNREACHABLE,
                    behindProxy.failure(GoogleFixture.signingKey()).kind());
        }
    }

    @Test
    void itIsNotEvenAskedForAHostThatIsNotGoogles() {
        ImageReference image = ImageReference.parse("gcr.io.evil.example/p/app:stable");
        RegistryException failure = GoogleFixture.failure(new RegistryClient(fixture.transport, fixture.source)
                .repository(image, RegistryEndpoint.of(image.host()), GoogleFixture.controller())
                .resolve(image, null, null));
        assertEquals(FailureKind.CONFIGURATION, failure.kind());
        assertEquals(0, fixture.metadata.requests().size());
    }

    @Test
    void nothingSecretIsInATextOfTheToken() {
        String text = fixture.tokens.get(GoogleFixture.controller()).join().toString();
        assertFalse(text.contains("ya29"), text);
    }
}
