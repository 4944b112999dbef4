package io.jenkins.plugins.imageupdate.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import io.jenkins.plugins.imageupdate.watch.tags.TagFilter;
import io.jenkins.plugins.imageupdate.watch.tags.TagPolicy;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdateCheckerTest {
    private static final String KEY = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", "canary");

    private static final Authentication LOGIN = Authentication.ofSecret("gcr-key", KEY);

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

    private WatchedImage watched(String image) {
        return WatchedImage.parse(front.host() + "/" + image, null);
    }

    private RegistryEndpoint endpoint() {
        return new RegistryEndpoint(front.host(), true, Duration.ofSeconds(10), 8, true);
    }

    private Observation check(String image) {
        return checker.check(watched(image), endpoint(), LOGIN, null).join();
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

    /** As Flux has it: who may not read an image gets no other one's answer, however fresh it is. */
    @Test
    void anAnswerIsForTheLoginThatGotItAlone() {
        registry.pushImage("p/app", "stable", "one");
        String stranger = ServiceAccountKeys.create("q", "stranger@q.iam.gserviceaccount.com", "canary");
        front.grantKey(stranger);
        assertNull(since(Instant.EPOCH, LOGIN).failure());
        front.clear();
        assertNull(since(Instant.EPOCH, LOGIN).failure());
        assertEquals(0, front.requests().size(), "an answer that was got a moment ago");
        for (Authentication other : List.of(
                Authentication.ofSecret("gcr-key", stranger),
                Authentication.ofSecret("other-key", stranger),
                new Authentication.Anonymous())) {
            assertNotNull(since(Instant.EPOCH, other).failure(), other::toString);
        }
    }

    private Observation since(Instant since, Authentication login) {
        return checker.check(watched("p/app:stable"), endpoint(), login, null, since)
                .join();
    }

    /** Diun asks for every tag's manifest, Argo CD Image Updater for manifest and configuration besides. */
    @Test
    void aPolicyCostsTheListOfTagsAndOneRequestHoweverManyTheyAre() {
        for (int i = 0; i < 30; i++) {
            registry.pushImage("p/app", "1." + i, "one");
        }
        TagPolicy policy = TagPolicy.semver("1.x", null, TagFilter.none());
        for (int expected : new int[] {4, 2}) {
            front.clear();
            Observation seen = checker.check(watched("p/app:1.0"), policy, endpoint(), LOGIN, null, null)
                    .join();
            assertEquals("1.29", seen.tag());
            assertEquals(expected, front.requests().size(), "at first with a refusal and a token");
        }
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
