package io.jenkins.plugins.imageupdate.watch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Diagnosis;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.ImageDetails;
import io.jenkins.plugins.imageupdate.registry.RegistryClient;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.Authorizers;
import io.jenkins.plugins.imageupdate.watch.tags.TagPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Checks images; equal checks that are wanted at the same time are one. A failed check is an observation
 * too: the futures fail by a fault of this program only.
 */
public final class UpdateChecker {
    private record Check(WatchedImage image, @CheckForNull String knownTag, RegistryEndpoint endpoint, String login) {}

    private final RegistryClient client;
    private final Authorizers authorizers;
    private final Clock clock;
    private final Executor executor;
    private final ConcurrentMap<Check, CompletableFuture<Observation>> underWay = new ConcurrentHashMap<>();

    /** For jobs that are due at the same time but are not checked at the same moment. */
    private final Cache<Check, Observation> recent = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(5))
            .maximumSize(50_000)
            .build();

    public UpdateChecker(HttpTransport transport) {
        client = new RegistryClient(transport);
        authorizers = new Authorizers(transport);
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
                new Check(image, null, endpoint, authorizers.fingerprint(authentication)),
                since,
                () -> observed(image, authentication, resolve(image, endpoint, authentication, known)));
    }

    /**
     * As the other one, for the tag that a policy chooses of the repository's: one request more for each thousand of them.
     *
     * @param knownTag the one it chose before, or null: while that is merely gone, the next older one is no update
     */
    public CompletableFuture<Observation> check(
            WatchedImage image,
            TagPolicy policy,
            RegistryEndpoint endpoint,
            Authentication authentication,
            @CheckForNull String knownTag,
            @CheckForNull Instant since) {
        TagChooser chooser = new TagChooser(policy, image.reference(), knownTag);
        return shared(
                new Check(image, knownTag, endpoint, authorizers.fingerprint(authentication)),
                since,
                () -> client.tags(image.reference(), endpoint, authorizers.of(authentication))
                        // Off the thread that read the answer: tens of thousands of tags take a while.
                        .thenApplyAsync(chooser::choose, executor)
                        .handle((tag, thrown) -> thrown == null
                                ? ofTag(image, tag, endpoint, authentication)
                                : CompletableFuture.completedFuture(observation(image, authentication, null, thrown)))
                        .thenCompose(observation -> observation));
    }

    private CompletableFuture<Observation> ofTag(
            WatchedImage image, String tag, RegistryEndpoint endpoint, Authentication authentication) {
        WatchedImage tagged = new WatchedImage(image.reference().withTag(tag), image.platform());
        return observed(image, authentication, resolve(tagged, endpoint, authentication, null))
                .thenApply(observation -> observation.ofTag(tag));
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

    /** Never throws: a check that ends before its future is there would be under way for good. */
    private CompletableFuture<ResolvedImage> resolve(
            WatchedImage image,
            RegistryEndpoint endpoint,
            Authentication authentication,
            @CheckForNull ResolvedImage known) {
        try {
            return client.resolve(image.reference(), image.platform(), endpoint, authorizers.of(authentication), known);
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
        return client.details(
                        image.reference(),
                        Digest.parse(digest),
                        image.platform(),
                        endpoint,
                        authorizers.of(authentication))
                .exceptionally(thrown -> null);
    }
}
