package io.jenkins.plugins.imageupdate.registry.auth.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.RegistryClient;
import io.jenkins.plugins.imageupdate.testing.FakeGoogle;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service account's key that signs here, from the key to the digest. */
class SigningKeyTest {
    private final GoogleFixture fixture = new GoogleFixture();
    private final RegistryClient client = new RegistryClient(fixture.transport, fixture.source);
    private InProcessRegistry registry;
    private GcrFront front;

    @BeforeEach
    void start() {
        registry = InProcessRegistry.start();
        front = GcrFront.inFrontOf(registry.origin());
        front.grantAccessToken("ya29.issued-by-google-1", "p/*");
    }

    @AfterEach
    void stop() {
        front.close();
        registry.close();
        fixture.close();
    }

    private CompletableFuture<ResolvedImage> resolve(String image, boolean listed) {
        RegistryEndpoint endpoint = new RegistryEndpoint(front.host(), true, Duration.ofSeconds(10), 8, listed);
        ImageReference reference = ImageReference.parse(front.host() + "/" + image);
        return client.repository(reference, endpoint, GoogleFixture.signingKey())
                .resolve(reference, null, null);
    }

    private static String login(RecordedRequest request) {
        String basic = request.authorization().orElse("").replace("Basic ", "");
        return new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
    }

    @Test
    void oneSignatureServesAllImagesAndThePrivateKeyStaysHere() {
        String one = registry.pushImage("p/one", "stable", "1");
        String two = registry.pushImage("p/two", "stable", "2");

        assertEquals(one, resolve("p/one:stable", true).join().digest().toString());
        assertEquals(two, resolve("p/two:stable", true).join().digest().toString());

        assertEquals(1, fixture.google.requests().size());
        String form = fixture.google.bodies().get(0);
        assertEquals("urn:ietf:params:oauth:grant-type:jwt-bearer", FakeGoogle.field(form, "grant_type"));
        String secret =
                ServiceAccountKeys.privateKey().lines().skip(1).findFirst().orElseThrow();
        assertFalse(form.contains(secret));
        front.requests().stream()
                .filter(RecordedRequest::isToken)
                .forEach(request -> assertEquals("oauth2accesstoken:ya29.issued-by-google-1", login(request)));
        assertEquals(2, front.count(RecordedRequest::isToken));
    }

    @Test
    void nothingIsSignedForAHostThatIsNotGoogles() {
        RegistryException failure = GoogleFixture.failure(resolve("p/one:stable", false));
        assertEquals(FailureKind.CONFIGURATION, failure.kind());
        assertEquals(0, fixture.google.requests().size());
        assertEquals(0, front.requests().size());
    }

    @Test
    void aTokenThatWasRevokedIsReplacedOnce() {
        registry.pushImage("p/one", "stable", "1");
        String two = registry.pushImage("p/two", "stable", "2");
        front.grantAccessToken("ya29.issued-by-google-2", "p/*");
        resolve("p/one:stable", true).join();

        front.faults()
                .next(RecordedRequest::isToken, Fault.reply(FakeGoogle.apiRefused(401, "UNAUTHENTICATED", "gone")));
        assertEquals(two, resolve("p/two:stable", true).join().digest().toString());
        assertEquals(2, fixture.google.issued().size());

        front.clear();
        front.faults()
                .always(RecordedRequest::isToken, Fault.reply(FakeGoogle.apiRefused(401, "UNAUTHENTICATED", "gone")));
        RegistryException failure = GoogleFixture.failure(resolve("p/three:stable", true));
        assertEquals(FailureKind.CREDENTIAL_REJECTED, failure.kind());
        assertEquals(2, front.count(RecordedRequest::isToken), "the old token and one fresh one");
    }

    @Test
    void aKeyAndTheSameKeyThatSignsAreDifferentLogins() {
        Authentication key = Authentications.ofSecret("gcr-key", GoogleFixture.KEY);
        Authentication signing = Authentications.signedLocally(key);
        assertEquals("gcr-key", signing.credentialsId());
        assertInstanceOf(GoogleAuthentication.SigningKey.class, signing);
        assertNotEquals(key.fingerprint(), signing.fingerprint());
        assertEquals(signing.fingerprint(), GoogleFixture.signingKey().fingerprint());
        assertEquals("SigningKey[gcr-key]", signing.toString());
        assertSame(signing, Authentications.signedLocally(signing));
    }
}
