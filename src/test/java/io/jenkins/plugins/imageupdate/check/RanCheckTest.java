package io.jenkins.plugins.imageupdate.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Digests that builds really ran, compared with tags of a registry. */
class RanCheckTest {
    private static final Authentication LOGIN = new Authentication.Anonymous();
    private static final int BUILD = 7;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ImageChecker checker =
            new ImageChecker(new HttpTransport(endpoint -> http, ForkJoinPool.commonPool(), Clock.systemUTC()));
    private InProcessRegistry registry;

    @BeforeEach
    void start() {
        registry = InProcessRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Sighting check(RanDigests ran) {
        RegistryEndpoint endpoint = new RegistryEndpoint(registry.host(), true, Duration.ofSeconds(10), 8, true);
        WatchedImage image = WatchedImage.parse(registry.host() + "/p/app:stable", null);
        registry.clear();
        Sighting seen = checker.check(image, endpoint, LOGIN, null).join();
        return checker.compareRan(seen, ran, endpoint, LOGIN).join();
    }

    private Sighting check(String... digests) {
        return check(new RanDigests(BUILD, Stream.of(digests).map(Digest::parse).toList()));
    }

    private void assertCurrent(Sighting seen) {
        assertEquals(new Ran(BUILD, null), seen.ran());
    }

    private static void assertOutdated(String digest, Sighting seen) {
        assertEquals(new Ran(BUILD, Digest.parse(digest)), seen.ran());
    }

    private long requests() {
        return registry.count(RecordedRequest::isManifest);
    }

    private String image(String marker) {
        return registry.pushImage("p/app", null, marker);
    }

    @Test
    void theTagsOwnDigestTakesNoFurtherRequest() {
        String digest = registry.pushImage("p/app", "stable", "one");
        assertCurrent(check(digest));
        assertEquals(1, requests());
    }

    @Test
    void thePlatformsOfTheTagsIndexAreReadOnce() {
        String arm = image("arm");
        String index = registry.pushIndex("p/app", "stable", Map.of("linux/amd64", image("amd"), "linux/arm64", arm));
        assertCurrent(check(arm));
        assertEquals(2, requests());
        assertCurrent(check(arm));
        assertEquals(1, requests());
        assertCurrent(check(index, arm));
        assertEquals(1, requests());
    }

    @Test
    void anIndexWithinTheIndexIsReadToo() {
        String arm = image("arm");
        String inner = registry.pushIndex("p/app", null, Map.of("linux/arm64", arm));
        registry.pushIndex("p/app", "stable", Map.of("linux/amd64", inner));
        assertCurrent(check(arm));
        assertEquals(3, requests());
    }

    @Test
    void anOlderDigestOrOneOfAnOlderIndexIsOutdated() {
        String old = image("old");
        String oldIndex = registry.pushIndex("p/app", "stable", Map.of("linux/amd64", old));
        String now = image("new");
        registry.pushIndex("p/app", "stable", Map.of("linux/amd64", now));
        assertOutdated(old, check(old));
        assertOutdated(oldIndex, check(oldIndex));
        assertEquals(2, requests());
        assertOutdated(oldIndex, check(oldIndex));
        assertEquals(1, requests());
    }

    @Test
    void theFirstOutdatedOneOfSeveralNodesCounts() {
        String old = image("old");
        String now = image("new");
        registry.pushIndex("p/app", "stable", Map.of("linux/amd64", now));
        assertOutdated(old, check(now, old, image("older")));
    }

    @Test
    void aTagOfOneManifestHasNoPlatforms() {
        String old = registry.pushImage("p/app", "stable", "old");
        registry.pushImage("p/app", "stable", "new");
        assertOutdated(old, check(old));
    }

    @Test
    void aDigestThatHasStartedABuildIsNotCompared() {
        String old = image("old");
        Digest now = Digest.parse(registry.pushImage("p/app", "stable", "new"));
        assertNull(check(new RanDigests(BUILD, List.of(Digest.parse(old)), now)).ran());
        assertEquals(1, requests());
    }

    @Test
    void aRegistryThatFailsLeavesTheSightingAndIsAskedAgain() {
        String arm = image("arm");
        registry.pushIndex("p/app", "stable", Map.of("linux/arm64", arm));
        registry.faults().next(RecordedRequest::isGet, Fault.reply(Reply.error(404, "MANIFEST_UNKNOWN", "gone")));
        Sighting seen = check(arm);
        assertNotNull(seen.tags());
        assertNull(seen.ran());
        assertCurrent(check(arm));
    }

    @Test
    void aFailedCheckComparesNothing() {
        Sighting seen = check("sha256:" + "a".repeat(64));
        assertNotNull(seen.failure());
        assertNull(seen.ran());
    }
}
