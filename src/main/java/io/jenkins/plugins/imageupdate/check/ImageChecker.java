package io.jenkins.plugins.imageupdate.check;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageDetails;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.RegistryClient;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleTokenSource;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Checks images. Equal checks at the same time share one request. A failed check is a {@link Sighting} with a failure; the futures fail
 * only if this program has a fault.
 */
public final class ImageChecker {
    private record Check(WatchedImage image, List<String> knownTags, RegistryEndpoint endpoint, String login) {}

    private final RegistryClient client;
    private final Clock clock;
    private final Executor executor;
    private final ConcurrentMap<Check, CompletableFuture<Sighting>> underWay = new ConcurrentHashMap<>();

    /** How long an answer is shared by jobs that are due at the same time. */
    private final Cache<Check, Sighting> recent = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(5))
            .maximumSize(50_000)
            .build();

    public ImageChecker(HttpTransport transport) {
        client = new RegistryClient(transport, new GoogleTokenSource(transport));
        clock = transport.clock();
        executor = transport.executor();
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
     * tag. If the digest of one chosen tag cannot be read, the check fails.
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
                        // Not on the thread that read the answer: choosing from tens of thousands of tags takes time.
                        .thenApplyAsync(chooser::choose, executor)
                        .thenCompose(chosen -> digests(image, chosen, endpoint, authentication)
                                .thenApply(digests -> Sighting.of(
                                        image,
                                        chooser.seen(chosen, digests),
                                        chosen.listCut(),
                                        authentication.credentialsId(),
                                        clock.instant())))
                        .exceptionally(thrown -> failed(image, authentication, thrown)));
    }

    /**
     * Reads the digest of each tag. The map does not contain tags that are gone. Requests no more tags at once than the registry's limit,
     * so that other checks can run in between.
     */
    private CompletableFuture<Map<String, TagDigest>> digests(
            WatchedImage image, TagChooser.Chosen chosen, RegistryEndpoint endpoint, Authentication authentication) {
        Map<String, CompletableFuture<Optional<TagDigest>>> asked = new LinkedHashMap<>();
        List<CompletableFuture<?>> places = new ArrayList<>();
        for (String tag : chosen.tags()) {
            WatchedImage tagged = new WatchedImage(image.reference().withTag(tag), image.platform());
            boolean mayBeGone = chosen.unlisted().contains(tag);
            int ahead = places.size() - endpoint.parallel();
            CompletableFuture<?> place = ahead < 0 ? CompletableFuture.completedFuture(null) : places.get(ahead);
            CompletableFuture<Optional<TagDigest>> digest = place.handle(
                            (value, thrown) -> resolve(tagged, endpoint, authentication, null))
                    .thenCompose(Function.identity())
                    .handle((resolved, thrown) -> digest(tag, resolved, thrown, mayBeGone));
            asked.put(tag, digest);
            places.add(digest);
        }
        return CompletableFuture.allOf(places.toArray(CompletableFuture[]::new)).thenApply(done -> {
            Map<String, TagDigest> digests = new LinkedHashMap<>();
            asked.forEach((tag, digest) -> digest.join().ifPresent(found -> digests.put(tag, found)));
            return digests;
        });
    }

    /** Empty for a tag that is gone. */
    private static Optional<TagDigest> digest(
            String tag, @CheckForNull ResolvedImage resolved, @CheckForNull Throwable thrown, boolean mayBeGone) {
        if (thrown == null) {
            return Optional.of(TagDigest.of(tag, Objects.requireNonNull(resolved)));
        }
        RegistryException failure = Diagnosis.of(thrown);
        if (mayBeGone && failure.kind() == FailureKind.TAG_NOT_FOUND) {
            return Optional.empty();
        }
        throw new CompletionException(
                new RegistryException(failure.kind(), "tag " + tag + ": " + failure.detail(), failure.retryAt()));
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
        ask.get().whenComplete((sighting, thrown) -> {
            if (thrown == null) {
                recent.put(check, sighting);
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
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Sighting failed(WatchedImage image, Authentication authentication, Throwable thrown) {
        String id = authentication.credentialsId();
        return Sighting.failed(
                image, Diagnosis.of(thrown).toFailure(image.reference().toString(), id), id, clock.instant());
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
                .exceptionally(thrown -> null);
    }
}
