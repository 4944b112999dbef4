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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Checks images; equal checks that are wanted at the same time are one. A failed check is an observation
 * too: the futures fail by a fault of this program only.
 */
public final class UpdateChecker {
    private record Check(WatchedImage image, RegistryEndpoint endpoint, String login) {}

    private final RegistryClient client;
    private final Authorizers authorizers;
    private final Clock clock;
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
        Check check = new Check(image, endpoint, authentication.fingerprint());
        Observation before = since == null ? null : recent.getIfPresent(check);
        if (before != null && !before.at().isBefore(since)) {
            return CompletableFuture.completedFuture(before);
        }
        CompletableFuture<Observation> mine = new CompletableFuture<>();
        CompletableFuture<Observation> shared = underWay.putIfAbsent(check, mine);
        if (shared != null) {
            return shared.copy();
        }
        resolve(image, endpoint, authentication, known)
                .handle((resolved, thrown) -> observation(image, authentication, resolved, thrown))
                .whenComplete((observation, thrown) -> {
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
