package io.jenkins.plugins.imageupdate.registry.auth.google;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.RegistryClient;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An access token of Google that is sent to the registry as it is. */
class DirectAccessTokenTest {
    private final GoogleFixture fixture = new GoogleFixture();
    private final RegistryClient client = new RegistryClient(fixture.transport, fixture.source);
    private final InProcessRegistry registry = InProcessRegistry.start();
    private final GcrFront front = GcrFront.inFrontOf(registry.origin());

    @BeforeEach
    void grant() {
        front.grantAccessToken("ya29.issued-by-google-1", "p/*");
        for (int i = 0; i < 5; i++) {
            registry.pushImage("p/app" + i, "stable", "image " + i);
        }
    }

    @AfterEach
    void stop() {
        front.close();
        registry.close();
        fixture.close();
    }

    private CompletableFuture<ResolvedImage> resolve(String image, Authentication login) {
        RegistryEndpoint endpoint = new RegistryEndpoint(front.host(), true, Duration.ofSeconds(10), 8, true);
        ImageReference reference = ImageReference.parse(front.host() + "/" + image);
        return client.repository(reference, endpoint, login).resolve(reference, null, null);
    }

    @Test
    void oneTokenInAllServesEveryRepository() {
        front.takeAccessTokens();
        for (int i = 0; i < 5; i++) {
            resolve("p/app" + i + ":stable", GoogleFixture.signingKey()).join();
        }
        assertEquals(5, front.requests().size(), "one request an image, cold");
        assertEquals(0, front.count(RecordedRequest::isToken));
        assertEquals(1, fixture.google.issued().size());
    }

    @Test
    void anAccessTokenThatWasObtainedElsewhereIsSentAsItIsToo() {
        front.takeAccessTokens();
        Authentication login = Authentications.ofSecret("token", "ya29.issued-by-google-1");
        resolve("p/app0:stable", login).join();
        resolve("p/app1:stable", login).join();
        assertEquals(2, front.requests().size());
    }

    @Test
    void aRegistryThatTakesNoneIsAskedOnceAndGetsTokensOfItsTokenServerFromThenOn() {
        for (int i = 0; i < 5; i++) {
            resolve("p/app" + i + ":stable", GoogleFixture.signingKey()).join();
        }
        assertEquals(5, front.count(RecordedRequest::isToken));
        assertEquals(
                1,
                front.count(request ->
                        !request.isToken() && request.authorization().orElse("").contains("ya29")));
        assertEquals(1, fixture.google.issued().size());
    }

    @Test
    void aMissingRightIsToldAndNotTakenForARefusalOfAccessTokens() {
        front.takeAccessTokens();
        registry.pushImage("other/app", "stable", "one");
        assertEquals(
                FailureKind.FORBIDDEN,
                GoogleFixture.failure(resolve("other/app:stable", GoogleFixture.signingKey()))
                        .kind());
        front.clear();
        resolve("p/app0:stable", GoogleFixture.signingKey()).join();
        assertEquals(1, front.requests().size());
    }
}
