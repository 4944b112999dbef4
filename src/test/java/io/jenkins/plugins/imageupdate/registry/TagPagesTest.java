package io.jenkins.plugins.imageupdate.registry;

import static io.jenkins.plugins.imageupdate.registry.TagListing.linked;
import static io.jenkins.plugins.imageupdate.registry.TagListing.numbered;
import static io.jenkins.plugins.imageupdate.registry.TagListing.page;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a list comes in pages, and where they end. */
class TagPagesTest {
    private final TagListing listing = new TagListing();

    @AfterEach
    void stop() {
        listing.close();
    }

    @Test
    void everyPageIsReadWithTheSameToken() {
        try (GcrFront front = GcrFront.inFrontOf(listing.registry.origin())) {
            front.grantKey(TagListing.KEY, "p/app");
            listing.registry.pageLimit(2);
            List<String> tags = List.of("1.0", "1.1", "1.2", "latest", "stable");
            tags.forEach(tag -> listing.registry.pushImage("p/app", tag, tag));

            assertEquals(new TagList(tags, false), listing.list(front.host()).join());
            assertEquals(1, front.tokensIssued().size());
            assertEquals(5, front.requests().size(), "refusal, token, three pages");
            assertEquals(
                    "1000", listing.registry.requests().get(0).parameter("n").orElseThrow());
        }
    }

    @Test
    void withoutLinkAFullPageIsFollowedByTheTagsAfterItsLast() {
        List<String> all =
                Stream.concat(Stream.of("a+b"), numbered(0, 2_500).stream()).toList();
        listing.registry.faults().decide(request -> {
            int from = request.parameter("last").map(all::indexOf).orElse(-1) + 1;
            int size = Integer.parseInt(request.parameter("n").orElseThrow());
            return Optional.of(Fault.reply(page(all.subList(from, Math.min(from + size, all.size())))));
        });
        assertEquals(new TagList(numbered(0, 2_500), false), listing.list());
        assertEquals(3, listing.registry.requests().size());
    }

    @Test
    void aRegistryThatKnowsNoPagesIsAskedOnceMoreAtMost() {
        listing.answer(Fault.reply(page(numbered(0, 1_500))));
        assertEquals(new TagList(numbered(0, 1_500), false), listing.list());
        assertEquals(1, listing.registry.requests().size());

        listing.registry.faults().clear();
        listing.registry.clear();
        listing.answer(Fault.reply(page(numbered(0, 1_000))));
        assertEquals(new TagList(numbered(0, 1_000), false), listing.list());
        assertEquals(2, listing.registry.requests().size());
    }

    @Test
    void aRefusedPageSizeIsLeftOut() {
        listing.registry.pageLimit(2);
        numbered(0, 5).forEach(tag -> listing.registry.pushImage("p/app", tag, tag));
        listing.registry
                .faults()
                .always(
                        request -> request.parameter("n").filter("1000"::equals).isPresent(),
                        Fault.reply(Reply.error(405, "UNSUPPORTED", "page size")));
        assertEquals(new TagList(numbered(0, 5), false), listing.list());
        assertEquals(4, listing.registry.requests().size());
    }

    /** Artifactory leaves out the name of the virtual repository, Nexus and Pulp name an internal host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/app/tags/list?last=a",
                "http://198.51.100.7/v2/p/app/tags/list?last=a",
                "https://HOST/v2/p/app/tags/list?last=a",
                "http://user@HOST/v2/p/app/tags/list?last=a",
                "http://internal.invalid:8081/repository/p/app/tags/list?last=a",
                "?last=a",
                "http://[oops/?last=a",
                "https://artifactory_8/v2/app/tags/list?last=a#top"
            })
    void ofALinkOnlyTheQueryCounts(String next) {
        listing.registry
                .faults()
                .decide(request -> Optional.of(Fault.reply(
                        request.parameter("last").isEmpty()
                                ? linked(List.of("a"), next.replace("HOST", listing.registry.host()))
                                : page(List.of("b")))));
        assertEquals(new TagList(List.of("a", "b"), false), listing.list());
        assertTrue(listing.registry.requests().stream()
                .allMatch(request -> request.path().equals("/v2/p/app/tags/list")));
    }

    /** Characters that the registry should have encoded, and those that it has. */
    @ParameterizedTest
    @CsvSource({"a b,a b", "a|b,a|b", "a%20b,a b", "a%2Bb,a+b", "50%,50%", "caf\u00e9,caf\u00e9", "\"a\",\"a\""})
    void theQueryOfALinkIsReadHoweverItIsEncoded(String last, String read) {
        listing.registry
                .faults()
                .decide(request -> Optional.of(Fault.reply(
                        request.parameter("last").isEmpty()
                                ? linked(List.of("a"), "/v2/p/app/tags/list?n=1&last=" + last)
                                : page(List.of("b")))));
        assertEquals(new TagList(List.of("a", "b"), false), listing.list());
        assertEquals(read, listing.registry.requests().get(1).parameter("last").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"//198.51.100.7/v2/p/app/tags/list", "https://127.0.0.1/v2/p/app/tags/list", "mailto:me"})
    void aLinkWithoutAQueryLeadsNowhereSoThatThereMayBeMore(String next) {
        listing.answer(Fault.reply(linked(List.of("a"), next)));
        assertEquals(new TagList(List.of("a"), true), listing.list());
        assertEquals(1, listing.registry.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[oops/", "http://exa mple.com/"})
    void aLinkThatIsNoAddressIsAFailure(String next) {
        listing.answer(Fault.reply(linked(List.of("a"), next)));
        RegistryException failure = listing.failure();
        assertEquals(FailureKind.NOT_A_REGISTRY, failure.kind());
        assertTrue(failure.detail().contains("next page"), failure.detail());
    }

    @Test
    void circlesAndRepetitionsEnd() {
        listing.answer(Fault.reply(linked(List.of("a", "b"), "/v2/p/app/tags/list?n=1000")));
        assertEquals(new TagList(List.of("a", "b"), true), listing.list());
        assertEquals(1, listing.registry.requests().size());

        listing.registry.faults().clear();
        listing.registry.clear();
        listing.registry
                .faults()
                .decide(request -> Optional.of(Fault.reply(linked(
                        List.of("a", "b"),
                        "/v2/p/app/tags/list?page="
                                + listing.registry.requests().size()))));
        assertEquals(new TagList(List.of("a", "b"), true), listing.list());
        assertEquals(2, listing.registry.requests().size());
    }

    @Test
    void pagesAreReadUpToACap() {
        listing.registry.faults().decide(request -> {
            int number = request.parameter("page").map(Integer::parseInt).orElse(0);
            return Optional.of(
                    Fault.reply(linked(numbered(number, number + 1), "/v2/p/app/tags/list?page=" + (number + 1))));
        });
        assertEquals(new TagList(numbered(0, TagLister.MAX_PAGES), true), listing.list());
        assertEquals(TagLister.MAX_PAGES, listing.registry.requests().size());
    }

    @Test
    void tagsAreReadUpToACap() {
        listing.answer(Fault.reply(page(numbered(0, TagLister.MAX_TAGS + 1))));
        TagList list = listing.list();
        assertTrue(list.truncated());
        assertEquals(TagLister.MAX_TAGS, list.names().size());
    }

    @Test
    void aFailureOnALaterPageFailsTheWhole() {
        listing.registry.pageLimit(1);
        listing.registry.pushImage("p/app", "a", "a");
        listing.registry.pushImage("p/app", "b", "b");
        listing.registry.faults().next(request -> request.parameter("last").isPresent(), Fault.rateLimited("60"));
        RegistryException failure = listing.failure();
        assertEquals(FailureKind.RATE_LIMITED, failure.kind());
    }
}
