package io.jenkins.plugins.imageupdate.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageCheckerTest {
    private static final String KEY = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", "canary");

    private static final Authentication LOGIN = Authentications.ofSecret("gcr-key", KEY);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ImageChecker checker =
            new ImageChecker(new HttpTransport(endpoint -> http, ForkJoinPool.commonPool(), Clock.systemUTC()));
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

    private Sighting check(String image) {
        return checker.check(watched(image), endpoint(), LOGIN, null).join();
    }

    @Test
    void aKeyIsExchangedOnceAndAnUnchangedImageCostsOneRequest() {
        String digest = registry.pushImage("p/app", "stable", "one");

        Sighting first = check("p/app:stable");
        assertNull(first.failure(), () -> first.failure().message());
        assertEquals(digest, first.tags().newest().digest().toString());
        assertEquals(3, front.requests().size(), "refusal, token, digest");

        front.clear();
        check("p/app:stable");
        assertEquals(1, front.requests().size());
    }

    /** As Flux has it: who may not read an image gets no other one's answer, however fresh it is. */
    @Test
    void anAnswerIsSharedOnlyWithTheSameLogin() {
        registry.pushImage("p/app", "stable", "one");
        String stranger = ServiceAccountKeys.create("q", "stranger@q.iam.gserviceaccount.com", "canary");
        front.grantKey(stranger);
        assertNull(since(Instant.EPOCH, LOGIN).failure());
        front.clear();
        assertNull(since(Instant.EPOCH, LOGIN).failure());
        assertEquals(0, front.requests().size(), "an answer that was got a moment ago");
        for (Authentication other : List.of(
                Authentications.ofSecret("gcr-key", stranger),
                Authentications.ofSecret("other-key", stranger),
                new Authentication.Anonymous())) {
            assertNotNull(since(Instant.EPOCH, other).failure(), other::toString);
        }
    }

    private Sighting since(Instant since, Authentication login) {
        return checker.check(watched("p/app:stable"), endpoint(), login, null, since)
                .join();
    }

    /** Diun asks for every tag's manifest, Argo CD Image Updater for manifest and configuration besides. */
    @Test
    void aPolicyCostsTheListOfTagsAndOneRequestForAnyNumberOfTags() {
        for (int i = 0; i < 30; i++) {
            registry.pushImage("p/app", "1." + i, "one");
        }
        TagPolicy policy = TagPolicy.semver("1.x", null, TagFilter.none());
        for (int expected : new int[] {4, 2}) {
            front.clear();
            Sighting seen = checker.check(watched("p/app:1.0"), policy, endpoint(), LOGIN, List.of(), null)
                    .join();
            assertEquals("1.29", seen.tags().newest().tag());
            assertEquals(expected, front.requests().size(), "at first with a refusal and a token");
        }
    }

    @Test
    void aCheckThatCannotBeginFailsEachTime() {
        WatchedImage watched = WatchedImage.parse("gcr.io/p/app:stable", null);
        RegistryEndpoint broken = new RegistryEndpoint("no host", true, Duration.ofSeconds(10), 8, true);
        for (int i = 0; i < 2; i++) {
            Sighting seen = checker.check(watched, broken, new Authentication.Anonymous(), null)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertEquals(FailureKind.CONFIGURATION, seen.failure().kind());
        }
    }

    private CompletableFuture<Sighting> checkTags(int max, String... known) {
        TagPolicy policy = TagPolicy.semver("1.x", null, TagFilter.of(List.of(), List.of(), max));
        WatchedImage watched =
                new WatchedImage(ImageReference.parse(registry.host() + "/p/app:1.0"), null, policy.key());
        RegistryEndpoint endpoint = new RegistryEndpoint(registry.host(), true, Duration.ofSeconds(10), 8, true);
        return checker.check(watched, policy, endpoint, new Authentication.Anonymous(), List.of(known), null);
    }

    @Test
    void anotherCheckDoesNotWaitForAllTagsOfAPolicy() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            registry.pushImage("p/app", "1." + i, "one");
        }
        registry.pushImage("p/other", "stable", "other");
        CountDownLatch latch = new CountDownLatch(1);
        registry.faults().always(RecordedRequest::isManifest, Fault.heldUntil(latch));
        CompletableFuture<Sighting> tags = checkTags(20);
        assertTrue(registry.awaitRequests(RecordedRequest::isManifest, 8, Duration.ofSeconds(20)));
        RegistryEndpoint endpoint = new RegistryEndpoint(registry.host(), true, Duration.ofSeconds(10), 8, true);
        CompletableFuture<Sighting> other = checker.check(
                WatchedImage.parse(registry.host() + "/p/other:stable", null),
                endpoint,
                new Authentication.Anonymous(),
                null);
        latch.countDown();
        assertNull(other.join().failure());
        assertEquals(20, tags.join().tags().tags().size());
        List<String> asked = registry.requests().stream()
                .filter(RecordedRequest::isManifest)
                .map(RecordedRequest::path)
                .toList();
        assertTrue(asked.indexOf("/v2/p/other/manifests/stable") < 16, asked::toString);
    }

    @Test
    void eachTagThatCountsCostsARequestBesideTheList() {
        String second = registry.pushImage("p/app", "1.1", "one");
        String first = registry.pushImage("p/app", "1.2", "two");
        registry.pushImage("p/app", "1.0", "none");
        Sighting seen = checkTags(2).join();
        assertEquals(
                List.of("1.2 " + first, "1.1 " + second),
                seen.tags().tags().stream().map(TagDigest::toString).toList());
        assertFalse(seen.listCut());
        assertEquals(3, registry.requests().size());
    }

    @Test
    void oneTagThatFailsIsAFailureOfTheWholeWhichNamesIt() {
        registry.pushImage("p/app", "1.1", "one");
        registry.pushImage("p/app", "1.2", "two");
        registry.faults()
                .always(request -> request.path().endsWith("/1.1"), Fault.reply(Reply.error(403, "DENIED", "no")));
        Sighting seen = checkTags(2).join();
        assertEquals(FailureKind.UNAUTHENTICATED, seen.failure().kind());
        assertTrue(
                seen.failure().detail().startsWith("tag 1.1: "), seen.failure().detail());
        assertNull(seen.tags());
    }

    @Test
    void aTagThatTheListLacksIsGoneOnlyWhereTheRegistrySaysSo() {
        registry.pushImage("p/app", "1.1", "one");
        registry.pushImage("p/app", "1.2", "two");
        TagSet seen = checkTags(3, "1.3", "1.2").join().tags();
        assertEquals(
                List.of("1.2", "1.1"), seen.tags().stream().map(TagDigest::tag).toList());
        assertEquals(List.of(new TagSet.GoneTag("1.3", 0)), seen.gone());

        registry.faults()
                .always(request -> request.path().endsWith("/1.3"), Fault.reply(Reply.error(500, "UNKNOWN", "down")));
        assertEquals(
                FailureKind.UNAVAILABLE,
                checkTags(3, "1.3", "1.2").join().failure().kind());
    }

    @Test
    void fiftyThousandTagsAreReadAndTheSentenceSaysThatThereAreMore() {
        ArrayNode tags = JsonNodeFactory.instance.arrayNode();
        tags.add("1.1");
        IntStream.range(0, 50_000).forEach(i -> tags.add("build-" + i));
        registry.faults()
                .always(
                        request -> request.path().endsWith("/tags/list"),
                        Fault.reply(Reply.json(
                                200, JsonNodeFactory.instance.objectNode().set("tags", tags))));
        registry.pushImage("p/app", "1.1", "one");
        Sighting seen = checkTags(1).join();
        assertTrue(seen.listCut());
        String sentence = CheckResult.compare(seen, null).sentence();
        assertTrue(
                sentence.contains("app:1.1 ") && sentence.contains("list was cut off, a newer tag may be missing"),
                sentence);
    }

    @Test
    void aListOfTagsThatCannotBeginFailsEachTime() {
        TagPolicy policy = TagPolicy.newest(TagFilter.none());
        WatchedImage watched = new WatchedImage(ImageReference.parse("gcr.io/p/app:1"), null, policy.key());
        RegistryEndpoint broken = new RegistryEndpoint("no host", true, Duration.ofSeconds(10), 8, true);
        for (int i = 0; i < 2; i++) {
            Sighting seen = checker.check(watched, policy, broken, new Authentication.Anonymous(), List.of(), null)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertEquals(FailureKind.CONFIGURATION, seen.failure().kind());
        }
    }

    /** distribution issue 1293, Flux issues 1701 and 2517. */
    @Test
    void aListedTagWhoseManifestIsGoneIsPassedOver() {
        String good = registry.pushImage("p/app", "1.1", "one");
        registry.pushImage("p/app", "1.2", "two");
        registry.faults()
                .always(
                        request -> request.path().endsWith("/1.2"),
                        Fault.reply(Reply.error(404, "MANIFEST_UNKNOWN", "manifest unknown")));
        Sighting seen = checkTags(1, "1.1").join();
        assertNull(seen.failure(), () -> seen.failure().message());
        assertEquals("1.1", seen.tags().newest().tag());
        assertEquals(good, seen.tags().newest().digest().toString());
        assertEquals(List.of(), seen.tags().gone());
        assertEquals(List.of("The registry lists 1.2, but has no usable manifest for it: passed over."), seen.notes());
    }

    /** Harbor's while it scans, a schema that is not served any more, and a country's rule: each is about this one tag. */
    @ParameterizedTest
    @CsvSource({
        "412, PROJECTPOLICYVIOLATION, not scanned yet",
        "400, MANIFEST_INVALID, manifest schema version not supported",
        "451, UNAVAILABLE_FOR_LEGAL_REASONS, not here"
    })
    void aListedTagThatARuleKeepsBackIsPassedOver(int status, String code, String words) {
        registry.pushImage("p/app", "1.1", "one");
        registry.pushImage("p/app", "1.2", "two");
        registry.faults()
                .always(request -> request.path().endsWith("/1.2"), Fault.reply(Reply.error(status, code, words)));
        Sighting seen = checkTags(1, "1.1").join();
        assertNull(seen.failure(), () -> seen.failure().message());
        assertEquals("1.1", seen.tags().newest().tag());
        assertEquals(1, seen.notes().size());
    }

    /** The recorded tag is not passed over: an older one would be taken for an update. */
    @Test
    void aRecordedTagThatARuleKeepsBackIsAFailure() {
        registry.pushImage("p/app", "1.1", "one");
        registry.pushImage("p/app", "1.2", "two");
        registry.faults()
                .always(
                        request -> request.path().endsWith("/1.2"),
                        Fault.reply(Reply.error(412, "PROJECTPOLICYVIOLATION", "vulnerable")));
        Sighting seen = checkTags(1, "1.2").join();
        assertEquals(
                FailureKind.REFUSED, seen.failure().kind(), () -> seen.failure().message());
        assertTrue(seen.failure().message().contains("tag 1.2: HTTP 412"), seen.failure()::message);
    }

    @Test
    void aCheckThatCanNeverFindAnythingSaysSoInItsSentence() {
        registry.pushImage("p/app", "1.0", "one");
        registry.pushImage("p/app", "1.1-slim", "two");
        String sentence = CheckResult.compare(checkTags(1).join(), null).sentence();
        assertTrue(
                sentence.endsWith(
                        "(no credential). Only 1.0, the tag on the image, matches. The tags that are most like it do"
                                + " not match: 1.1-slim (variant slim)."),
                sentence);
        registry.pushImage("p/app", "1.2", "three");
        assertEquals(List.of(), checkTags(1).join().notes());
    }

    @Test
    void aPreviewAsksForTheListAlone() {
        registry.pushImage("p/app", "1.0", "one");
        registry.pushImage("p/app", "1.1", "two");
        Preview preview = preview("p/app:1.0");
        assertEquals(
                List.of(
                        registry.host() + "/p/app:1.0, a preview (no credential):",
                        "  Chosen now: 1.1.",
                        "  Before 1.1 it was 1.0.",
                        "  Why: semver *: 2 of 2 tags match, the newest is 1.1."),
                preview.lines());
        assertEquals(
                List.of("/v2/p/app/tags/list"),
                registry.requests().stream().map(RecordedRequest::path).toList());
    }

    @Test
    void aPreviewWithoutAListSaysWhy() {
        Preview preview = preview("p/none:1.0");
        assertNull(preview.tags());
        assertEquals(FailureKind.REPOSITORY_NOT_FOUND, preview.failure().kind());
        assertEquals(List.of(preview.failure().message()), preview.lines());
    }

    private Preview preview(String image) {
        RegistryEndpoint endpoint = new RegistryEndpoint(registry.host(), true, Duration.ofSeconds(10), 8, true);
        return checker.preview(
                        WatchedImage.parse(registry.host() + "/" + image, null),
                        TagPolicy.semver("*", null, TagFilter.none()),
                        endpoint,
                        new Authentication.Anonymous())
                .join();
    }

    @Test
    void aTagWhoseDigestCannotBeTrustedIsPassedOverToo() {
        registry.pushImage("p/app", "1.1", "one");
        registry.pushImage("p/app", "1.2", "two");
        registry.pushImage("p/app", "1.3", "three");
        registry.faults()
                .always(request -> request.path().endsWith("/1.3"), Fault.with("Docker-Content-Digest", "sha256:zz"));
        Sighting seen = checkTags(2).join();
        assertEquals(
                List.of("1.2", "1.1"),
                seen.tags().tags().stream().map(TagDigest::tag).toList());
    }

    @Test
    void aRepositoryOfBrokenTagsIsAFailureThatNamesThemAndNoTagIsGone() {
        for (int i = 0; i < 20; i++) {
            registry.pushImage("p/app", "1." + i, "one");
        }
        registry.faults()
                .always(RecordedRequest::isManifest, Fault.reply(Reply.error(404, "MANIFEST_UNKNOWN", "unknown")));
        Sighting seen = checkTags(1).join();
        assertEquals(FailureKind.NO_DIGEST, seen.failure().kind());
        assertTrue(
                seen.failure().detail().contains("cannot give their manifests: 1.19, 1.18"),
                () -> seen.failure().detail());
        assertTrue(registry.requests().size() < 40);
        assertEquals(
                CheckStatus.FAILED,
                CheckResult.compare(
                                seen, TagSet.of(TagDigest.of("1.0", new ResolvedImage(Digest.of(new byte[0]), null))))
                        .status());
    }

    @Test
    void theOnlyTagThatMatchesMayBeBroken() {
        registry.pushImage("p/app", "1.0", "one");
        registry.pushImage("p/app", "latest", "one");
        registry.faults()
                .always(RecordedRequest::isManifest, Fault.reply(Reply.error(404, "MANIFEST_UNKNOWN", "unknown")));
        Sighting seen = checkTags(1).join();
        assertEquals(FailureKind.NO_DIGEST, seen.failure().kind());
        assertTrue(
                seen.failure().detail().endsWith("cannot give their manifests: 1.0"),
                () -> seen.failure().detail());
    }

    @Test
    void imagesThatWereKeptWaitingComeFirst() {
        registry.pushImage("p/first", "stable", "one");
        registry.pushImage("p/second", "stable", "two");
        WatchedImage first = watched("p/first:stable");
        WatchedImage second = watched("p/second:stable");
        front.faults().always(request -> request.path().contains("/second/"), Fault.rateLimited("60"));
        check("p/first:stable");
        check("p/second:stable");
        assertEquals(
                List.of(second, first),
                Stream.of(first, second).sorted(checker.longestWaitingFirst()).toList());
    }
}
