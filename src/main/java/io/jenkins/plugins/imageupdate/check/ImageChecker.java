package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageDetails;
import io.jenkins.plugins.imageupdate.registry.Kept;
import io.jenkins.plugins.imageupdate.registry.Push;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Checks images. Equal checks at the same time share one request. A failed check is a {@link Sighting} with a failure; the futures fail
 * only if this program has a fault.
 */
public final class ImageChecker {
    private static final Logger LOGGER = Logger.getLogger(ImageChecker.class.getName());

    private record Check(
            WatchedImage image,
            List<String> knownTags,
            Map<String, Push> pushes,
            @CheckForNull TagAgeRule ages,
            RegistryEndpoint endpoint,
            String login) {}

    /** @param begun an answer may be as old as its request */
    private record Asked(Instant begun, CompletableFuture<Sighting> sighting) {
        boolean goodEnough(@CheckForNull Instant since) {
            return since == null || !begun.isBefore(since);
        }
    }

    private final RegistryClient client;
    private final Limits limits;
    private final Clock clock;
    private final Executor executor;
    private final ConcurrentMap<Check, Asked> underWay = new ConcurrentHashMap<>();

    /** How long an answer is shared by jobs that are due at the same time. */
    private final Kept<Check, Asked> recent;

    /** Since when a rate limit keeps an image from being checked. */
    private final Kept<WatchedImage, Instant> waiting = Kept.sinceUse(Duration.ofDays(1), 200);

    private final RanCheck ranCheck = new RanCheck();

    public ImageChecker(HttpTransport transport) {
        client = new RegistryClient(transport, new GoogleTokenSource(transport));
        limits = transport.limits();
        clock = transport.clock();
        recent = Kept.sinceWrite(Duration.ofMinutes(5), 600, clock);
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
     * @param since an answer to a request that is not older than this is good enough; null for one to a request that is under way or new
     * @return completed on the transport's executor; cancelling it does not cancel the same check of other callers
     */
    public CompletableFuture<Sighting> check(
            WatchedImage image,
            RegistryEndpoint endpoint,
            Authentication authentication,
            @CheckForNull ResolvedImage known,
            @CheckForNull Instant since) {
        return shared(
                new Check(image, List.of(), Map.of(), null, endpoint, client.fingerprint(authentication)),
                since,
                authentication,
                () -> repositoryCheck(image, endpoint, authentication).digest(known));
    }

    /**
     * As {@link #check(WatchedImage, RegistryEndpoint, Authentication, ResolvedImage, Instant)}, of which only digests count that are old
     * enough. Asks once more for each digest that would count although the tag points at another one by now, and once when the image is
     * seen for the first time, if the registry tells when images were pushed.
     *
     * @param minimumAge zero if each digest counts at once
     * @param known what the job's ledger knows of the image
     */
    public CompletableFuture<Sighting> check(
            WatchedImage image,
            RegistryEndpoint endpoint,
            Authentication authentication,
            @CheckForNull ResolvedImage resolved,
            @CheckForNull Instant since,
            Duration minimumAge,
            KnownDigests known) {
        CompletableFuture<Sighting> check = check(image, endpoint, authentication, resolved, since);
        return rested(check, minimumAge, 1, known, endpoint, authentication);
    }

    private CompletableFuture<Sighting> rested(
            CompletableFuture<Sighting> check,
            Duration minimumAge,
            int most,
            KnownDigests known,
            RegistryEndpoint endpoint,
            Authentication authentication) {
        if (minimumAge.isZero()) {
            return check;
        }
        return check.thenCompose(seen -> seen.tags() == null
                ? CompletableFuture.completedFuture(seen)
                : new RestCheck(
                                client.repository(seen.image().reference(), endpoint, authentication),
                                endpoint.pushTimes(),
                                known)
                        .of(seen.with(Rest.of(minimumAge, most))));
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
        return check(image, policy, endpoint, authentication, knownTags, since, Duration.ZERO, KnownDigests.NONE);
    }

    /**
     * As {@link #check(WatchedImage, TagPolicy, RegistryEndpoint, Authentication, List, Instant)}, of which only tags count whose digests
     * are old enough.
     *
     * @param minimumAge zero if each digest counts at once
     * @param known what the job's ledger knows of the image
     */
    public CompletableFuture<Sighting> check(
            WatchedImage image,
            TagPolicy policy,
            RegistryEndpoint endpoint,
            Authentication authentication,
            List<String> knownTags,
            @CheckForNull Instant since,
            Duration minimumAge,
            KnownDigests known) {
        TagAgeRule ages = minimumAge.isZero()
                ? null
                : TagAgeRule.of(known, minimumAge, Uptime.now().seconds());
        Map<String, Push> pushes = known.pushes();
        TagChooser chooser = new TagChooser(policy, image.reference(), knownTags, pushes, ages);
        CompletableFuture<Sighting> check = shared(
                new Check(image, List.copyOf(knownTags), pushes, ages, endpoint, client.fingerprint(authentication)),
                since,
                authentication,
                () -> repositoryCheck(image, endpoint, authentication).tags(chooser, executor));
        return rested(check, minimumAge, policy.filter().max(), known, endpoint, authentication);
    }

    /** Compares a sighting with what a build of the job really ran. Asks at most once for each pair of digests. Never fails. */
    public CompletableFuture<Sighting> compareRan(
            Sighting seen, RanDigests ran, RegistryEndpoint endpoint, Authentication authentication) {
        return ranCheck.of(
                seen,
                ran,
                client.repository(seen.image().reference(), endpoint, authentication),
                client.fingerprint(authentication));
    }

    /** Lists the repository's tags, and says what a policy would choose from them now. Asks for no manifest. */
    public CompletableFuture<Preview> preview(
            WatchedImage image, TagPolicy policy, RegistryEndpoint endpoint, Authentication authentication) {
        String id = authentication.credentialsId();
        return RepositoryCheck.begun(() -> client.repository(image.reference(), endpoint, authentication)
                        .tags())
                .thenApplyAsync(
                        tags -> TagPreview.of(policy, tags, image.reference().tag()), executor)
                .handle((tags, thrown) ->
                        new Preview(image, tags, id, thrown == null ? null : failure(image, id, thrown)));
    }

    private RepositoryCheck repositoryCheck(
            WatchedImage image, RegistryEndpoint endpoint, Authentication authentication) {
        return new RepositoryCheck(
                image,
                client.repository(image.reference(), endpoint, authentication),
                endpoint.parallel(),
                authentication.credentialsId(),
                clock);
    }

    private CompletableFuture<Sighting> shared(
            Check check,
            @CheckForNull Instant since,
            Authentication authentication,
            Supplier<CompletableFuture<Sighting>> ask) {
        Asked before = since == null ? null : recent.get(check);
        if (before != null && before.goodEnough(since)) {
            return before.sighting.copy();
        }
        Asked mine = new Asked(clock.instant(), new CompletableFuture<>());
        Asked shared = underWay.putIfAbsent(check, mine);
        if (shared != null) {
            return shared.goodEnough(since)
                    ? shared.sighting.copy()
                    : shared.sighting
                            .handle((sighting, thrown) -> null)
                            .thenCompose(ended -> shared(check, since, authentication, ask));
        }
        // A check that threw before its future is here would stay in the map forever.
        RepositoryCheck.begun(ask)
                .exceptionally(thrown -> failed(check.image(), authentication, thrown))
                .whenComplete((sighting, thrown) -> {
                    if (thrown == null) {
                        recent.put(check, mine);
                        noteWaiting(sighting);
                    }
                    underWay.remove(check, mine);
                    if (thrown == null) {
                        mine.sighting.complete(sighting);
                    } else {
                        mine.sighting.completeExceptionally(thrown);
                    }
                });
        return mine.sighting.copy();
    }

    /**
     * Orders images for a round of checks: those first that a rate limit has kept from being checked, the longest waiting ones at the
     * front. Otherwise the same images would be left out in each round.
     */
    public Comparator<WatchedImage> longestWaitingFirst() {
        Map<WatchedImage, Instant> since = waiting.copy();
        return Comparator.comparing(since::get, Comparator.nullsLast(Comparator.naturalOrder()));
    }

    private void noteWaiting(Sighting sighting) {
        Failure failure = sighting.failure();
        if (failure != null && failure.kind() == FailureKind.RATE_LIMITED) {
            waiting.putIfAbsent(sighting.image(), sighting.at());
        } else {
            waiting.remove(sighting.image());
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
