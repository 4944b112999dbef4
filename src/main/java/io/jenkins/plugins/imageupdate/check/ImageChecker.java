package io.jenkins.plugins.imageupdate.check;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageDetails;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.RegistryClient;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleTokenSource;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.Limits;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import io.jenkins.plugins.imageupdate.tags.TagPreview;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Checks images. Equal checks at the same time share one request. A failed check is a {@link Sighting} with a failure; the futures fail
 * only if this program has a fault.
 */
public final class ImageChecker {
    private static final Logger LOGGER = Logger.getLogger(ImageChecker.class.getName());

    /** Failures of a single tag: the registry lists it, but its manifest is gone or broken (distribution issue 1293). */
    private static final Set<FailureKind> UNUSABLE = Set.of(FailureKind.TAG_NOT_FOUND, FailureKind.NO_DIGEST);

    private static final int MAX_PASSED_OVER = 10;

    private record Check(WatchedImage image, List<String> knownTags, RegistryEndpoint endpoint, String login) {}

    private final RegistryClient client;
    private final Limits limits;
    private final Clock clock;
    private final Executor executor;
    private final ConcurrentMap<Check, CompletableFuture<Sighting>> underWay = new ConcurrentHashMap<>();

    /** How long an answer is shared by jobs that are due at the same time. */
    private final Cache<Check, Sighting> recent = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(5))
            .maximumSize(50_000)
            .build();

    /** Since when a rate limit keeps an image from being checked. */
    private final Cache<WatchedImage, Instant> waiting =
            Caffeine.newBuilder().maximumSize(100_000).build();

    public ImageChecker(HttpTransport transport) {
        client = new RegistryClient(transport, new GoogleTokenSource(transport));
        limits = transport.limits();
        clock = transport.clock();
        executor = transport.executor();
    }

    public Limits limits() {
        return limits;
    }

    /** Asks the registry for the image's digest, now. */
    public CompletableFuture<Sighting> check(
            WatchedImage image,
            RegistryEndpoint endpoint,
            Authentication authentication,
            @CheckForNull ResolvedImage known) {
        return check(image, endpoint, authentication, known, null);
    }

    /**
     * Asks the registry for the image's digest.
     *
     * @param known the recorded digests, null if there are none; an index with the recorded digest is not fetched again
     * @param since an answer that is not older than this is good enough; null to ask the registry
     * @return completed on the transport's executor; cancelling it does not cancel the same check of other callers
     */
    public CompletableFuture<Sighting> check(
            WatchedImage image,
            RegistryEndpoint endpoint,
            Authentication authentication,
            @CheckForNull ResolvedImage known,
            @CheckForNull Instant since) {
        return shared(
                new Check(image, List.of(), endpoint, client.fingerprint(authentication)),
                since,
                () -> resolve(image, endpoint, authentication, known)
                        .handle((resolved, thrown) -> thrown == null
                                ? Sighting.of(
                                        image,
                                        TagSet.of(TagDigest.of(null, resolved)),
                                        false,
                                        authentication.credentialsId(),
                                        clock.instant())
                                : failed(image, authentication, thrown)));
    }

    /**
     * The same for the tags that a policy chooses. Takes one more request for each thousand tags of the repository, and one for each chosen
     * tag. A listed tag whose manifest is gone or broken is passed over;
     * any other failure of a chosen tag is one of the check.
     *
     * @param knownTags the recorded tags; if one of them is gone, this alone is not an update
     */
    public CompletableFuture<Sighting> check(
            WatchedImage image,
            TagPolicy policy,
            RegistryEndpoint endpoint,
            Authentication authentication,
            List<String> knownTags,
            @CheckForNull Instant since) {
        TagChooser chooser = new TagChooser(policy, image.reference(), knownTags);
        return shared(
                new Check(image, List.copyOf(knownTags), endpoint, client.fingerprint(authentication)),
                since,
                () -> begun(() -> client.repository(image.reference(), endpoint, authentication)
                                .tags())
                        // Off the thread that read the answer: tens of thousands of tags take a while.
                        .thenComposeAsync(
                                tags -> sighting(image, chooser, tags, endpoint, authentication, List.of()), executor)
                        .exceptionally(thrown -> failed(image, authentication, thrown)));
    }

    /**
     * What the tags point at that the policy chooses. A listed tag that cannot be used is passed over, and the choice is made again
     * without it.
     *
     * @param passedOver tags that cannot be used
     */
    private CompletableFuture<Sighting> sighting(
            WatchedImage image,
            TagChooser chooser,
            TagList tags,
            RegistryEndpoint endpoint,
            Authentication authentication,
            List<String> passedOver) {
        TagChooser.Chosen chosen = chooser.choose(tags);
        return digests(image, chosen, endpoint, authentication).thenCompose(asked -> {
            if (asked.unusable().isEmpty()) {
                return CompletableFuture.completedFuture(Sighting.of(
                        image,
                        chooser.seen(chosen, asked.digests()),
                        chosen.listCut(),
                        notes(chosen, passedOver),
                        authentication.credentialsId(),
                        clock.instant()));
            }
            List<String> all = new ArrayList<>(passedOver);
            all.addAll(asked.unusable().keySet());
            if (all.size() > MAX_PASSED_OVER) {
                throw new CompletionException(
                        asked.unusable().values().iterator().next());
            }
            asked.unusable()
                    .values()
                    .forEach(failure ->
                            LOGGER.warning(() -> image.reference().name() + ": passed over: " + failure.detail()));
            List<String> left = new ArrayList<>(tags.names());
            left.removeAll(asked.unusable().keySet());
            return sighting(image, chooser, new TagList(left, tags.truncated()), endpoint, authentication, all);
        });
    }

    private static List<String> notes(TagChooser.Chosen chosen, List<String> passedOver) {
        List<String> notes = new ArrayList<>(chosen.notes());
        if (!passedOver.isEmpty()) {
            notes.add("The registry lists " + String.join(", ", passedOver)
                    + ", but has no usable manifest for it: passed over.");
        }
        return notes;
    }

    /** Lists the repository's tags, and says what a policy would choose from them now. Asks for no manifest. */
    public CompletableFuture<Preview> preview(
            WatchedImage image, TagPolicy policy, RegistryEndpoint endpoint, Authentication authentication) {
        String id = authentication.credentialsId();
        return begun(() -> client.repository(image.reference(), endpoint, authentication)
                        .tags())
                .thenApplyAsync(tags -> TagPreview.of(policy, tags, image.reference().tag()), executor)
                .handle((tags, thrown) ->
                        new Preview(image, tags, id, thrown == null ? null : failure(image, id, thrown)));
    }

    /**
     * What was found out of the chosen tags; those that are gone are in neither map.
     *
     * @param unusable listed tags that the registry cannot give, by name
     */
    private record Asked(Map<String, TagDigest> digests, Map<String, RegistryException> unusable) {}

    /** Asks for no more tags at once than the registry allows, so that other checks come between. */
    private CompletableFuture<Asked> digests(
            WatchedImage image, TagChooser.Chosen chosen, RegistryEndpoint endpoint, Authentication authentication) {
        Asked asked = new Asked(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        List<CompletableFuture<?>> places = new ArrayList<>();
        for (String tag : chosen.tags()) {
            WatchedImage tagged = new WatchedImage(image.reference().withTag(tag), image.platform());
            boolean mayBeGone = chosen.unlisted().contains(tag);
            int ahead = places.size() - endpoint.parallel();
            CompletableFuture<?> place = ahead < 0 ? CompletableFuture.completedFuture(null) : places.get(ahead);
            places.add(place.handle((value, thrown) -> resolve(tagged, endpoint, authentication, null))
                    .thenCompose(Function.identity())
                    .handle((resolved, thrown) -> {
                        if (thrown == null) {
                            asked.digests().put(tag, TagDigest.of(tag, resolved));
                        } else {
                            note(asked, tag, Diagnosis.of(thrown), mayBeGone);
                        }
                        return null;
                    }));
        }
        return CompletableFuture.allOf(places.toArray(CompletableFuture[]::new)).thenApply(done -> asked);
    }

    /** Only what the registry says of this one tag makes it unusable; a refusal or an outage is a failure of the whole. */
    private static void note(Asked asked, String tag, RegistryException failure, boolean mayBeGone) {
        if (mayBeGone && failure.kind() == FailureKind.TAG_NOT_FOUND) {
            return;
        }
        RegistryException named =
                new RegistryException(failure.kind(), "tag " + tag + ": " + failure.detail(), failure.retryAt());
        if (mayBeGone || !UNUSABLE.contains(failure.kind())) {
            throw new CompletionException(named);
        }
        asked.unusable().put(tag, named);
    }

    private CompletableFuture<Sighting> shared(
            Check check, @CheckForNull Instant since, Supplier<CompletableFuture<Sighting>> ask) {
        Sighting before = since == null ? null : recent.getIfPresent(check);
        if (before != null && !before.at().isBefore(since)) {
            return CompletableFuture.completedFuture(before);
        }
        CompletableFuture<Sighting> mine = new CompletableFuture<>();
        CompletableFuture<Sighting> shared = underWay.putIfAbsent(check, mine);
        if (shared != null) {
            return shared.copy();
        }
        begun(ask).whenComplete((sighting, thrown) -> {
            if (thrown == null) {
                recent.put(check, sighting);
                noteWaiting(sighting);
            }
            underWay.remove(check, mine);
            if (thrown == null) {
                mine.complete(sighting);
            } else {
                mine.completeExceptionally(thrown);
            }
        });
        return mine.copy();
    }

    /**
     * Orders images for a round of checks: those first that a rate limit has kept from being checked, the longest waiting ones at the
     * front. Otherwise the same images would be left out in each round.
     */
    public Comparator<WatchedImage> longestWaitingFirst() {
        Map<WatchedImage, Instant> since = new HashMap<>(waiting.asMap());
        return Comparator.comparing(since::get, Comparator.nullsLast(Comparator.naturalOrder()));
    }

    private void noteWaiting(Sighting sighting) {
        Failure failure = sighting.failure();
        if (failure != null && failure.kind() == FailureKind.RATE_LIMITED) {
            waiting.asMap().putIfAbsent(sighting.image(), sighting.at());
        } else {
            waiting.invalidate(sighting.image());
        }
    }

    private CompletableFuture<ResolvedImage> resolve(
            WatchedImage image,
            RegistryEndpoint endpoint,
            Authentication authentication,
            @CheckForNull ResolvedImage known) {
        return begun(() -> client.repository(image.reference(), endpoint, authentication)
                .resolve(image.reference(), image.platform(), known));
    }

    /** Never throws: a check that ended before its future is stored would stay in the map forever. */
    private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Sighting failed(WatchedImage image, Authentication authentication, Throwable thrown) {
        String id = authentication.credentialsId();
        return Sighting.failed(image, failure(image, id, thrown), id, clock.instant());
    }

    private static Failure failure(WatchedImage image, @CheckForNull String credentialsId, Throwable thrown) {
        return Diagnosis.of(thrown).toFailure(image.reference().toString(), credentialsId);
    }

    /** Adds what the update changed, as far as the registry tells. Takes two to four more requests. Never fails. */
    public CompletableFuture<CheckResult> describe(
            CheckResult update, RegistryEndpoint endpoint, Authentication authentication) {
        CompletableFuture<ImageDetails> now = details(update, update.digest(), endpoint, authentication);
        CompletableFuture<ImageDetails> before = details(update, update.previousDigest(), endpoint, authentication);
        return now.thenCombine(
                before, (current, old) -> current == null ? update : update.withChange(ImageChange.of(old, current)));
    }

    /** Returns null if the details cannot be read: an old image may be gone, and no decision depends on details. */
    private CompletableFuture<ImageDetails> details(
            CheckResult update, @CheckForNull Digest digest, RegistryEndpoint endpoint, Authentication authentication) {
        WatchedImage image = update.image();
        if (digest == null || image == null) {
            return CompletableFuture.completedFuture(null);
        }
        return client.repository(image.reference(), endpoint, authentication)
                .details(digest, image.platform())
                .exceptionally(thrown -> {
                    LOGGER.info(() -> image.reference() + ": what changed is not known: "
                            + Diagnosis.of(thrown).detail());
                    return null;
                });
    }
}
