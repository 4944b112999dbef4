package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Reads the tags of one repository, page by page (distribution-spec, "Listing Tags"), until they end or a cap is reached. */
final class TagLister {
    /** Artifact Registry answers 405 to ten thousand (Renovate issue 15555); this is what the distribution server gives at most. */
    static final int PAGE_SIZE = 1_000;

    static final int MAX_PAGES = 50;
    static final int MAX_TAGS = 50_000;

    private final RemoteRepository repository;
    private final Requests requests;
    private final Set<URI> visited = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Push> pushes = new HashMap<>();
    private Instant at;
    private boolean sized = true;

    TagLister(RemoteRepository repository, Requests requests) {
        this.repository = repository;
        this.requests = requests;
    }

    /** Fails when the registry does not have the repository; that is never an empty list. */
    CompletableFuture<TagList> list() {
        return get(page("?n=" + PAGE_SIZE)).thenCompose(answer -> {
            // The distribution server answers 400 where its operator allows fewer to a page.
            sized = answer.status() != 400 && answer.status() != 405;
            return sized ? collect(answer) : get(page("")).thenCompose(this::collect);
        });
    }

    private URI page(String query) {
        return repository.tagList(query);
    }

    private CompletableFuture<Response> get(URI uri) {
        visited.add(uri);
        return requests.send("GET", uri, "application/json");
    }

    private CompletableFuture<TagList> collect(Response answer) {
        try {
            if (!answer.succeeded()) {
                throw diagnose(answer);
            }
            TagPage page = page(answer);
            int before = seen.size();
            boolean whole = keep(page);
            keepPushes(answer);
            URI next = next(answer, page);
            boolean repeated = page.size() > 0 && seen.size() == before;
            // Distribution 2 knows neither n nor last: if it has exactly a page's worth, it repeats that.
            boolean end =
                    next == null || repeated && NextLink.of(answer.headers()).isEmpty();
            if (whole && end) {
                return done(false);
            }
            // Without a query a link leads to the first page.
            boolean circle = repeated || visited.contains(next) || next != null && next.getRawQuery() == null;
            return !whole || circle || visited.size() >= MAX_PAGES
                    ? done(true)
                    : get(next).thenCompose(this::collect);
        } catch (RegistryException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private TagPage page(Response answer) throws RegistryException {
        try {
            return TagPage.parse(answer.body());
        } catch (RegistryException e) {
            throw requests.unexpected(answer, e.kind(), e.detail());
        }
    }

    /** False when there was no room for all. */
    private boolean keep(TagPage page) {
        for (String text : page.texts()) {
            if (seen.size() >= MAX_TAGS && !seen.contains(text)) {
                return false;
            }
            if (seen.add(text) && TagPage.isImage(text)) {
                names.add(text);
            }
        }
        return true;
    }

    /** A list that came from another host by a redirect is not believed. The time of the first page counts: it is the earliest. */
    private void keepPushes(Response answer) {
        if (repository.tellsPushes(answer.uri())) {
            at = visited.size() == 1 ? HttpDate.parse(answer.header("Date")) : at;
            TagPage.pushes(answer.body()).forEach((tag, push) -> {
                if (seen.contains(tag)) {
                    pushes.put(tag, push);
                }
            });
        }
    }

    /**
     * By {@code Link}; by {@code last} if a page is full and there is no Link (Nexus issue 209); null at the end. Only the query of a link
     * counts: its host or path may be an internal one (Artifactory, Nexus and Pulp behind a proxy), and the next page is of our own
     * repository, on the host that the authorization is for.
     */
    @CheckForNull
    private URI next(Response answer, TagPage page) throws RegistryException {
        Optional<String> link = NextLink.of(answer.headers());
        if (link.isEmpty()) {
            boolean full = sized && page.size() == PAGE_SIZE && !page.texts().isEmpty();
            return full ? page("?n=" + PAGE_SIZE + "&last=" + encoded(page.last())) : null;
        }
        String query = NextLink.query(link.get());
        if (query.isEmpty()) {
            requireAddress(link.get());
        }
        return page(query);
    }

    private static void requireAddress(String link) throws RegistryException {
        try {
            URI.create(link);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(FailureKind.NOT_A_REGISTRY, "the tag list's next page has no valid address");
        }
    }

    /** RFC 3986 knows no {@code +} for a space. */
    private static String encoded(String tag) {
        return URLEncoder.encode(tag, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whatever a registry calls a missing list, it is not a tag that is missing. */
    private RegistryException diagnose(Response answer) {
        RegistryException said = requests.diagnose(answer);
        return said.kind() == FailureKind.TAG_NOT_FOUND
                ? new RegistryException(FailureKind.REPOSITORY_NOT_FOUND, said.detail(), said.retryAt())
                : said;
    }

    private CompletableFuture<TagList> done(boolean truncated) {
        return CompletableFuture.completedFuture(new TagList(names, truncated, pushes, at));
    }
}
