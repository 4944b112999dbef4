package io.jenkins.plugins.imageupdate.watch;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Checks images; equal checks that are wanted at the same time are one. A failed check is an observation
 * too: the futures fail by a fault of this program only.
 */
public final class UpdateChecker {
    private record Check(WatchedImage image, List<String> knownTags, RegistryEndpoint endpoint, String login) {}

    private final RegistryClient client;
    private final Clock clock;
    private final Executor executor;
    private final ConcurrentMap<Check, CompletableFuture<Observation>> underWay = new ConcurrentHashMap<>();

    /** For jobs that are due at the same time but are not checked at the same moment. */
    private final Cache<Check, Observation> recent = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(5))
            .maximumSize(50_000)
            .build();

    public UpdateChecker(HttpTransport transport) {
        client = new RegistryClient(transport, new GoogleTokenSource(transport));
        clock = transport.clock();
        executor = transport.executor();
    }

    /** Asks the registry for the image's digest, now. */
    public CompletableFuture<Observation> check(
            WatchedImage image,
            RegistryEndpoint endpoint,
            Authentication authentication,
            @CheckForNull ResolvedImage known) {
        return check(image, endpoint, authentication, known, null);
    }

    /**
     * Asks the registry for the image's digest.
     *
     * @param known what was recorded of the image, or null; while the index is that, it is not fetched
     * @param since an answer from then on will do; null for none but a new one
     * @return completed on the transport's executor, for the caller alone: cancelling it disturbs nobody who asked the same
     */
    public CompletableFuture<Observation> check(
            WatchedImage image,
            RegistryEndpoint endpoint,
            Authentication authentication,
            @CheckForNull ResolvedImage known,
            @CheckForNull Instant since) {
        return shared(
                new Check(image, List.of(), endpoint, client.fingerprint(authentication)),
                since,
                () -> observed(image, authentication, resolve(image, endpoint, authentication, known)));
    }

    /**
     * As the other one, for the tags that a policy chooses of the repository's: one request more for each thousand of them, and one for
     * each that counts. One that cannot be had is a failure of the whole.
     *
     * @param knownTags those that were recorded before; while one is merely gone, that is no update
     */
    public CompletableFuture<Observation> check(
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
                () -> begun(() -> client.repository(image.reference(), endpoint, authentication).tags())
                        // Off the thread that read the answer: tens of thousands of tags take a while.
                        .thenApplyAsync(chooser::choose, executor)
                        .thenCompose(chosen -> tags(image, chosen, endpoint, authentication)
                                .thenApply(tags -> Observation.ofTags(
                                        image,
                                        chooser.seen(chosen, tags),
                                        chosen.listCut(),
                                        authentication.credentialsId(),
                                        clock.instant())))
                        .exceptionally(thrown -> observation(image, authentication, null, thrown)));
    }

    /** What each of them points at, in their order. No more are asked for at once than the registry allows: others' turns come between. */
    private CompletableFuture<List<SeenTag>> tags(
            WatchedImage image, TagChooser.Chosen chosen, RegistryEndpoint endpoint, Authentication authentication) {
        List<CompletableFuture<SeenTag>> asked = new ArrayList<>();
        for (String tag : chosen.tags()) {
            WatchedImage tagged = new WatchedImage(image.reference().withTag(tag), image.platform());
            boolean mayBeGone = chosen.unlisted().contains(tag);
            int ahead = asked.size() - endpoint.parallel();
            CompletableFuture<?> place = ahead < 0 ? CompletableFuture.completedFuture(null) : asked.get(ahead);
            asked.add(place.handle((value, thrown) -> resolve(tagged, endpoint, authentication, null))
                    .thenCompose(Function.identity())
                    .handle((resolved, thrown) -> seen(tag, resolved, thrown, mayBeGone)));
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(done -> asked.stream().map(CompletableFuture::join).toList());
    }

    private static SeenTag seen(
            String tag, @CheckForNull ResolvedImage resolved, @CheckForNull Throwable thrown, boolean mayBeGone) {
        if (thrown == null || mayBeGone && Diagnosis.of(thrown).kind() == FailureKind.TAG_NOT_FOUND) {
            return new SeenTag(tag, resolved);
        }
        RegistryException failure = Diagnosis.of(thrown);
        throw new CompletionException(
                new RegistryException(failure.kind(), "tag " + tag + ": " + failure.detail(), failure.retryAt()));
    }

    private CompletableFuture<Observation> observed(
            WatchedImage image, Authentication authentication, CompletableFuture<ResolvedImage> resolving) {
        return resolving.handle((resolved, thrown) -> observation(image, authentication, resolved, thrown));
    }

    private CompletableFuture<Observation> shared(
            Check check, @CheckForNull Instant since, Supplier<CompletableFuture<Observation>> ask) {
        Observation before = since == null ? null : recent.getIfPresent(check);
        if (before != null && !before.at().isBefore(since)) {
            return CompletableFuture.completedFuture(before);
        }
        CompletableFuture<Observation> mine = new CompletableFuture<>();
        CompletableFuture<Observation> shared = underWay.putIfAbsent(check, mine);
        if (shared != null) {
            return shared.copy();
        }
        ask.get().whenComplete((observation, thrown) -> {
            if (thrown == null) {
                recent.put(check, observation);
            }
            underWay.remove(check, mine);
            if (thrown == null) {
                mine.complete(observation);
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
        return begun(() ->
                client.repository(image.reference(), endpoint, authentication)
                        .resolve(image.reference(), image.platform(), known));
    }

    /** Never throws: a check that ends before its future is there would be under way for good. */
    private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Observation observation(
            WatchedImage image,
            Authentication authentication,
            @CheckForNull ResolvedImage resolved,
            @CheckForNull Throwable thrown) {
        String id = authentication.credentialsId();
        return thrown == null
                ? new Observation(image, id, resolved, null, clock.instant())
                : new Observation(
                        image,
                        id,
                        null,
                        Diagnosis.of(thrown).toFailure(image.reference().toString(), id),
                        clock.instant());
    }

    /** The update with what it changed, as far as the registry tells; two to four requests more. Never fails. */
    public CompletableFuture<ImageUpdate> describe(
            ImageUpdate update, RegistryEndpoint endpoint, Authentication authentication) {
        CompletableFuture<ImageDetails> now = details(update, update.effectiveDigest(), endpoint, authentication);
        CompletableFuture<ImageDetails> before =
                details(update, update.effectivePreviousDigest(), endpoint, authentication);
        return now.thenCombine(
                before, (current, old) -> current == null ? update : update.describedBy(ImageChange.of(old, current)));
    }

    /** Null where they cannot be had: an old image may be gone, and details decide nothing. */
    private CompletableFuture<ImageDetails> details(
            ImageUpdate update, @CheckForNull String digest, RegistryEndpoint endpoint, Authentication authentication) {
        if (digest == null) {
            return CompletableFuture.completedFuture(null);
        }
        WatchedImage image = WatchedImage.parse(update.image(), update.platform());
        return client.repository(image.reference(), endpoint, authentication)
                .details(Digest.parse(digest), image.platform())
                .exceptionally(thrown -> null);
    }
}
