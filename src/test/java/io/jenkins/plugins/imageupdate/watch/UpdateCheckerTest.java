package io.jenkins.plugins.imageupdate.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdateCheckerTest {
    private static final String KEY = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", "canary");

    private final HttpClient http = HttpClient.newHttpClient();
    private final UpdateChecker checker =
            new UpdateChecker(new HttpTransport(endpoint -> http, ForkJoinPool.commonPool(), Clock.systemUTC()));
    private InProcessRegistry registry;
    private GcrFront front;

    @BeforeEach
    void start() {
        registry = InProcessRegistry.start();
        front = GcrFront.inFrontOf(registry.origin());
        front.grantKey(KEY, "p/*");
    }

    @AfterEach
    void stop() {
        front.close();
        registry.close();
    }

    private Observation check(String image) {
        WatchedImage watched = WatchedImage.parse(front.host() + "/" + image, null);
        RegistryEndpoint endpoint = new RegistryEndpoint(front.host(), true, Duration.ofSeconds(10), 8, true);
        return checker.check(watched, endpoint, Authentication.ofSecret("gcr-key", KEY), null)
                .join();
    }

    @Test
    void aKeyIsExchangedOnceAndAnUnchangedImageCostsOneRequest() {
        String digest = registry.pushImage("p/app", "stable", "one");

        Observation first = check("p/app:stable");
        assertNull(first.failure(), () -> first.failure().message());
        assertEquals(digest, first.resolved().digest().toString());
        assertEquals(3, front.requests().size(), "refusal, token, digest");

        front.clear();
        check("p/app:stable");
        assertEquals(1, front.requests().size());
    }

    @Test
    void whatCannotEvenBeBegunFailsAndIsNotUnderWayForGood() {
        WatchedImage watched = WatchedImage.parse("gcr.io/p/app:stable", null);
        RegistryEndpoint broken = new RegistryEndpoint("no host", true, Duration.ofSeconds(10), 8, true);
        for (int i = 0; i < 2; i++) {
            Observation seen = checker.check(watched, broken, new Authentication.Anonymous(), null)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertEquals(FailureKind.CONFIGURATION, seen.failure().kind());
        }
    }
}
