package io.jenkins.plugins.imageupdate.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.ImageChecker;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.Uptime;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import io.jenkins.plugins.imageupdate.testing.DistributionServer;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.ImagePusher;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The minimum age with the real distribution server, and with a registry whose tag lists are those of Google's registries. */
class MinimumAgeRegistryTest {
    private static final String KEY =
            ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", "CANARY-minimum-age-1f0c");
    private static final Duration AGE = Duration.ofDays(3);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ImageChecker checker =
            new ImageChecker(new HttpTransport(endpoint -> http, ForkJoinPool.commonPool(), Clock.systemUTC()));
    private final JobLedger ledger = new JobLedger();
    private RegistryEndpoint endpoint;
    private Authentication login = new Authentication.Anonymous();
    private int build;

    @TempDir
    private Path directory;

    /** A check by the trigger. What is pending is built at once. */
    private CheckResult check(String image) {
        WatchedImage watched = WatchedImage.parse(endpoint.host() + "/" + image, null);
        return record(
                checker.check(watched, endpoint, login, ledger.known(watched), null, AGE, ledger.knownDigests(watched))
                        .join());
    }

    private CheckResult check(String image, TagPolicy policy) {
        WatchedImage plain = WatchedImage.parse(endpoint.host() + "/" + image, null);
        WatchedImage watched = new WatchedImage(plain.reference(), null, policy.key());
        return record(checker.check(
                        watched,
                        policy,
                        endpoint,
                        login,
                        ledger.knownTags(watched),
                        null,
                        AGE,
                        ledger.knownDigests(watched))
                .join());
    }

    private CheckResult record(Sighting seen) {
        CheckResult result = ledger.observe(seen, false, build + 1);
        ledger.started(ledger.pending(), ++build, seen.at());
        return result;
    }

    private static void pass(Duration time) {
        Uptime.Saved now = Uptime.now();
        Uptime.resume(new Uptime.Saved(now.id(), now.seconds() + time.toSeconds()));
    }

    private static String pinned(CheckResult result) {
        return String.valueOf(result.pinned()).replaceFirst(".*@", "");
    }

    @Test
    void theRealRegistryServesADigestThatItsTagHasMovedAwayFromUntilItIsDeleted() throws Exception {
        try (DistributionServer server =
                DistributionServer.start(directory, Map.of("REGISTRY_STORAGE_DELETE_ENABLED", "true"))) {
            endpoint = new RegistryEndpoint(server.host(), true, Duration.ofSeconds(20), 8, false);
            ImagePusher pusher = new ImagePusher(server.origin());
            pusher.pushImage("p/app", "stable", "one");
            assertEquals(CheckStatus.WAITING, check("p/app:stable").status());
            pass(AGE);
            assertEquals(CheckStatus.NEW, check("p/app:stable").status());

            String two = pusher.pushImage("p/app", "stable", "two");
            assertEquals(CheckStatus.WAITING, check("p/app:stable").status());
            pass(AGE.dividedBy(3).multipliedBy(2));
            String three = pusher.pushImage("p/app", "stable", "three");
            check("p/app:stable");
            pass(AGE.dividedBy(3));
            CheckResult update = check("p/app:stable");
            assertEquals(CheckStatus.UPDATED, update.status());
            assertEquals(two, pinned(update));

            pass(AGE.dividedBy(3));
            pusher.pushImage("p/app", "stable", "four");
            check("p/app:stable");
            pusher.pushImage("p/app", "gone", "three");
            pusher.delete("p/app", "gone");
            pass(AGE.dividedBy(3));
            CheckResult passedOver = check("p/app:stable");
            assertEquals(CheckStatus.WAITING, passedOver.status());
            assertTrue(passedOver.sentence().contains("the registry no longer has it"), passedOver::sentence);
            assertTrue(passedOver.sentence().contains(three.substring(0, 19)), passedOver::sentence);
        }
    }

    private void withGoogle(Scene scene) throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start();
                GcrFront front = GcrFront.inFrontOf(registry.origin())) {
            registry.listAsGoogle();
            front.grantKey(KEY, "p/*");
            endpoint = new RegistryEndpoint(front.host(), true, Duration.ofSeconds(20), 8, true)
                    .withPushTimesBelieved(true);
            login = Authentications.ofSecret("gcr-key", KEY);
            scene.play(registry, front);
        }
    }

    private interface Scene {
        void play(InProcessRegistry registry, GcrFront front) throws Exception;
    }

    @Test
    void atFirstSightTheTimeOfThePushCountsAndLaterOurOwn() throws Exception {
        withGoogle((registry, front) -> {
            registry.pushEarlier(Duration.ofDays(5));
            registry.pushImage("p/app", "stable", "one");
            registry.pushImage("p/app", "prepared", "two");
            CheckResult first = check("p/app:stable");
            assertEquals(CheckStatus.NEW, first.status(), first::sentence);
            assertNotNull(first.pushed());
            front.clear();
            check("p/app:stable");
            assertEquals(1, front.requests().size(), "an unchanged image costs one request");

            registry.pushImage("p/app", "stable", "two");
            CheckResult prepared = check("p/app:stable");
            assertEquals(
                    CheckStatus.WAITING, prepared.status(), "it was pushed before, but the tag did not point at it");
        });
    }

    @Test
    void atFirstSightAnImageThatWasPushedADayAgoWaitsForTheRest() throws Exception {
        withGoogle((registry, front) -> {
            registry.pushEarlier(Duration.ofDays(1).plusMinutes(1));
            registry.pushImage("p/app", "stable", "one");
            assertEquals(CheckStatus.WAITING, check("p/app:stable").status());
            pass(Duration.ofDays(1));
            assertEquals(CheckStatus.WAITING, check("p/app:stable").status());
            pass(Duration.ofDays(1));
            assertEquals(CheckStatus.NEW, check("p/app:stable").status());
        });
    }

    @Test
    void timesOfPushesAreNotBelievedOfOtherRegistries() throws Exception {
        withGoogle((registry, front) -> {
            endpoint = endpoint.withPushTimesBelieved(false);
            registry.pushEarlier(Duration.ofDays(5));
            registry.pushImage("p/app", "stable", "one");
            CheckResult first = check("p/app:stable");
            assertEquals(CheckStatus.WAITING, first.status());
            assertNull(first.pushed());
        });
    }

    @Test
    void atFirstSightThePolicyChoosesTheNewestTagThatWasPushedLongEnoughAgo() throws Exception {
        withGoogle((registry, front) -> {
            registry.pushEarlier(Duration.ofDays(9));
            registry.pushImage("p/app", "1.4.1", "1");
            registry.pushEarlier(Duration.ofDays(4));
            registry.pushImage("p/app", "1.4.2", "2");
            registry.pushEarlier(Duration.ofDays(1).plusMinutes(1));
            registry.pushImage("p/app", "1.4.3", "3");
            TagPolicy policy = TagPolicy.semver("1.x", null, TagFilter.none());
            CheckResult first = check("p/app:1.0.0", policy);
            assertEquals(CheckStatus.NEW, first.status(), first::sentence);
            assertEquals("1.4.2", first.tag());
            assertTrue(first.sentence().contains("1.4.3 sha256:"), first::sentence);
            pass(Duration.ofDays(2));
            registry.pass(Duration.ofDays(2));
            CheckResult update = check("p/app:1.0.0", policy);
            assertEquals(CheckStatus.UPDATED, update.status(), update::sentence);
            assertEquals("1.4.3", update.tag());
        });
    }

    @Test
    void tagsThatRestAreNotAskedForAndATagIsPushedEveryDayForEver() throws Exception {
        withGoogle((registry, front) -> {
            endpoint = endpoint.withPushTimesBelieved(false);
            TagPolicy policy = TagPolicy.semver("1.x", null, TagFilter.none());
            int updates = 0;
            for (int day = 0; day < 100; day++) {
                registry.pushImage("p/app", "1." + day, "content " + day);
                CheckResult result = check("p/app:1.0", policy);
                updates += result.changed() ? 1 : 0;
                if (day > 3) {
                    assertEquals("1." + (day - 3), result.tag(), "on day " + day);
                }
                front.clear();
                check("p/app:1.0", policy);
                assertTrue(front.requests().size() <= 2, () -> front.requests().toString());
                pass(Duration.ofDays(1));
            }
            assertEquals(96, updates);
        });
    }

    @Test
    void theNewestPushIsChosenAndADeletedOneIsNotAnUpdate() throws Exception {
        withGoogle((registry, front) -> {
            TagPolicy policy = TagPolicy.newestByPush(TagFilter.none());
            registry.pushEarlier(Duration.ofDays(9));
            registry.pushImage("p/app", "zebra", "1");
            registry.pushEarlier(Duration.ofDays(4));
            registry.pushImage("p/app", "apple", "2");
            assertEquals("apple", check("p/app:latest", policy).tag());
            registry.delete("p/app", "apple");
            assertEquals(CheckStatus.REMOVED, check("p/app:latest", policy).status());
        });
    }
}
