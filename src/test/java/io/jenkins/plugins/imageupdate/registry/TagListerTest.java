package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.Authorizers;
import io.jenkins.plugins.imageupdate.testing.DistributionServer;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.ImagePusher;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagListerTest {
    private static final String KEY = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", "canary");
    private static final String HEX = "0123456789abcdef".repeat(4);

    private final HttpTransport transport = Clients.transport();
    private InProcessRegistry registry;

    @BeforeEach
    void start() {
        registry = InProcessRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private CompletableFuture<TagList> list(String host) {
        return new RegistryClient(transport)
                .tags(
                        ImageReference.parse(host + "/p/app"),
                        Clients.plain(host),
                        new Authorizers(transport).of(Authentication.ofSecret("gcr-key", KEY)));
    }

    private TagList list() {
        return list(registry.host()).join();
    }

    private static boolean isTags(RecordedRequest request) {
        return request.path().endsWith("/tags/list");
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj("v%06d"::formatted).toList();
    }

    private static Reply page(List<String> tags) {
        ArrayNode listed = JsonNodeFactory.instance.arrayNode();
        tags.forEach(listed::add);
        return Reply.json(
                200, JsonNodeFactory.instance.objectNode().put("name", "p/app").set("tags", listed));
    }

    private static Reply linked(List<String> tags, String next) {
        return page(tags).with("Link", "<" + next + ">; rel=\"next\"");
    }

    private void answer(Fault fault) {
        registry.faults().always(TagListerTest::isTags, fault);
    }

    @Test
    void everyPageIsReadWithTheSameToken() {
        try (GcrFront front = GcrFront.inFrontOf(registry.origin())) {
            front.grantKey(KEY, "p/app");
            registry.pageLimit(2);
            List<String> tags = List.of("1.0", "1.1", "1.2", "latest", "stable");
            tags.forEach(tag -> registry.pushImage("p/app", tag, tag));

            assertEquals(new TagList(tags, false), list(front.host()).join());
            assertEquals(1, front.tokensIssued().size());
            assertEquals(5, front.requests().size(), "refusal, token, three pages");
            assertEquals("1000", registry.requests().get(0).parameter("n").orElseThrow());
        }
    }

    @Test
    void signaturesDigestsAndFaultyTagsAreDropped() {
        answer(Fault.reply(
                Reply.of(200, "application/json", """
                    {"name": "p/app", "tags": ["1.0", null, "", 7, {"a": 1}, "sha256-%s", "sha256-%s.sig", "sha256-%s.att",
                     "sha256-%s.sbom", "sha512-%s", "sha256:%s", "-x", "a b", "%s", "1.0", "sha256-short", "latest"]}
                    """.formatted(HEX, HEX, HEX, HEX, HEX, HEX, "x".repeat(129)))));
        assertEquals(new TagList(List.of("1.0", "sha256-short", "latest"), false), list());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"p/app\", \"tags\": null}", "{\"name\": \"p/app\", \"tags\": []}"})
    void aRepositoryWithoutTagsHasNone(String body) {
        answer(Fault.reply(Reply.of(200, "application/json", body)));
        assertEquals(new TagList(List.of(), false), list());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"tags\": {}}", "{\"tags\": \"1.0\"}", "<html>", "{\"tags\": [\"1.0\""})
    void whatIsNoListIsAFailure(String body) {
        answer(Fault.reply(Reply.of(200, "application/json", body)));
        assertEquals(
                FailureKind.NOT_A_REGISTRY,
                Clients.failure(list(registry.host())).kind());
    }

    @Test
    void anUnknownRepositoryIsAFailureAndNoEmptyList() {
        assertEquals(
                FailureKind.REPOSITORY_NOT_FOUND,
                Clients.failure(list(registry.host())).kind());
        answer(Fault.reply(Reply.error(404, "NOT_FOUND", "no such thing")));
        assertEquals(
                FailureKind.REPOSITORY_NOT_FOUND,
                Clients.failure(list(registry.host())).kind());
    }

    @Test
    void withoutLinkAFullPageIsFollowedByTheTagsAfterItsLast() {
        List<String> all =
                Stream.concat(Stream.of("a+b"), numbered(0, 2_500).stream()).toList();
        registry.faults().decide(request -> {
            int from = request.parameter("last").map(all::indexOf).orElse(-1) + 1;
            int size = Integer.parseInt(request.parameter("n").orElseThrow());
            return Optional.of(Fault.reply(page(all.subList(from, Math.min(from + size, all.size())))));
        });
        assertEquals(new TagList(numbered(0, 2_500), false), list());
        assertEquals(3, registry.requests().size());
    }

    @Test
    void aRegistryThatKnowsNoPagesIsAskedOnceMoreAtMost() {
        answer(Fault.reply(page(numbered(0, 1_500))));
        assertEquals(new TagList(numbered(0, 1_500), false), list());
        assertEquals(1, registry.requests().size());

        registry.faults().clear();
        registry.clear();
        answer(Fault.reply(page(numbered(0, 1_000))));
        assertEquals(new TagList(numbered(0, 1_000), false), list());
        assertEquals(2, registry.requests().size());
    }

    @Test
    void aRefusedPageSizeIsLeftOut() {
        registry.pageLimit(2);
        numbered(0, 5).forEach(tag -> registry.pushImage("p/app", tag, tag));
        registry.faults()
                .always(
                        request -> request.parameter("n").filter("1000"::equals).isPresent(),
                        Fault.reply(Reply.error(405, "UNSUPPORTED", "page size")));
        assertEquals(new TagList(numbered(0, 5), false), list());
        assertEquals(4, registry.requests().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://198.51.100.7/v2/p/app/tags/list?last=a",
                "//198.51.100.7/v2/p/app/tags/list",
                "https://127.0.0.1/v2/p/app/tags/list",
                "http://user@HOST/v2/p/app/tags/list?last=a",
                "mailto:somebody",
                "http://[oops/",
                "/v2/p/app/tags/list?last=a b"
            })
    void aLinkToAnotherOriginOrToNoneIsRefused(String next) {
        answer(Fault.reply(linked(List.of("a"), next.replace("HOST", registry.host()))));
        RegistryException failure = Clients.failure(list(registry.host()));
        assertEquals(FailureKind.NOT_A_REGISTRY, failure.kind());
        assertTrue(failure.detail().contains("next page"), failure.detail());
        assertEquals(1, registry.requests().size());
    }

    @Test
    void circlesAndRepetitionsEnd() {
        answer(Fault.reply(linked(List.of("a", "b"), "/v2/p/app/tags/list?n=1000")));
        assertEquals(new TagList(List.of("a", "b"), true), list());
        assertEquals(1, registry.requests().size());

        registry.faults().clear();
        registry.clear();
        registry.faults()
                .decide(request -> Optional.of(Fault.reply(linked(
                        List.of("a", "b"),
                        "/v2/p/app/tags/list?page=" + registry.requests().size()))));
        assertEquals(new TagList(List.of("a", "b"), true), list());
        assertEquals(2, registry.requests().size());
    }

    @Test
    void pagesAreReadUpToACap() {
        registry.faults().decide(request -> {
            int number = request.parameter("page").map(Integer::parseInt).orElse(0);
            return Optional.of(
                    Fault.reply(linked(numbered(number, number + 1), "/v2/p/app/tags/list?page=" + (number + 1))));
        });
        assertEquals(new TagList(numbered(0, TagLister.MAX_PAGES), true), list());
        assertEquals(TagLister.MAX_PAGES, registry.requests().size());
    }

    @Test
    void tagsAreReadUpToACap() {
        answer(Fault.reply(page(numbered(0, TagLister.MAX_TAGS + 1))));
        TagList list = list();
        assertTrue(list.truncated());
        assertEquals(TagLister.MAX_TAGS, list.names().size());
    }

    @Test
    void aFailureOnALaterPageFailsTheWhole() {
        registry.pageLimit(1);
        registry.pushImage("p/app", "a", "a");
        registry.pushImage("p/app", "b", "b");
        registry.faults().next(request -> request.parameter("last").isPresent(), Fault.rateLimited("60"));
        RegistryException failure = Clients.failure(list(registry.host()));
        assertEquals(FailureKind.RATE_LIMITED, failure.kind());
    }

    @Test
    void theDistributionServersPagesAreRead(@TempDir Path directory) throws IOException {
        try (DistributionServer server = DistributionServer.start(directory)) {
            ImagePusher pusher = new ImagePusher(server.origin());
            pusher.pushImage("p/app", "1.0", "x");
            pusher.pushImage("p/app", "sha256-" + HEX + ".sig", "signature");
            pusher.pushImage("p/app", "latest", "x");
            TagList list = list(server.host()).join();
            assertEquals(Set.of("1.0", "latest"), Set.copyOf(list.names()), "version 2 does not sort them");
            assertFalse(list.truncated());
        }
    }
}
