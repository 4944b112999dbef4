package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * One check of one image in its repository. The futures fail if the registry does not give an answer.
 *
 * @param parallel how many tags may be asked for at once
 * @param credentialsId the credential that is used, null for none
 */
record RepositoryCheck(
        WatchedImage image,
        RemoteRepository repository,
        int parallel,
        @CheckForNull String credentialsId,
        Clock clock) {
    private static final Logger LOGGER = Logger.getLogger(ImageChecker.class.getName());

    /**
     * Failures of a single tag: the registry lists it, but its manifest is gone or broken (distribution issue 1293), or is kept back by a
     * rule, as Harbor does while it scans an image.
     */
    private static final Set<FailureKind> UNUSABLE =
            Set.of(FailureKind.TAG_NOT_FOUND, FailureKind.NO_DIGEST, FailureKind.REFUSED);

    private static final int MAX_PASSED_OVER = 10;

    /** Asks for the digest of the image's own tag or digest. */
    CompletableFuture<Sighting> digest(@CheckForNull ResolvedImage known) {
        return resolve(image, known)
                .thenApply(resolved -> seen(TagSet.of(TagDigest.of(null, resolved)), false, List.of()));
    }

    /**
     * Asks for the tags that a policy chooses, and for their digests.
     *
     * @param executor chooses: tens of thousands of tags take a while, so this is not done on the thread that read the answer
     */
    CompletableFuture<Sighting> tags(TagChooser chooser, Executor executor) {
        return repository.tags().thenComposeAsync(tags -> chosen(chooser, tags, List.of()), executor);
    }

    private Sighting seen(TagSet tags, boolean listCut, List<String> notes) {
        return Sighting.of(image, tags, listCut, notes, credentialsId, clock.instant());
    }

    private CompletableFuture<ResolvedImage> resolve(WatchedImage tagged, @CheckForNull ResolvedImage known) {
        return repository.resolve(tagged.reference(), tagged.platform(), known);
    }

    /**
     * What the tags point at that the policy chooses. A listed tag that cannot be used is passed over, and the choice is made again
     * without it.
     *
     * @param passedOver tags that cannot be used
     */
    private CompletableFuture<Sighting> chosen(TagChooser chooser, TagList tags, List<String> passedOver) {
        TagChooser.Chosen chosen;
        try {
            chosen = chooser.choose(tags);
        } catch (CompletionException e) {
            throw passedOver.isEmpty() ? e : unusable(passedOver);
        }
        return digests(chosen).thenCompose(asked -> {
            if (asked.unusable().isEmpty()) {
                TagSet there = chooser.seen(chosen, asked.digests());
                return CompletableFuture.completedFuture(seen(there, chosen.listCut(), notes(chosen, passedOver))
                        .pushed(there.pushed(tags.pushes()), tags.at())
                        .resting(chosen.resting()));
            }
            List<String> all = new ArrayList<>(passedOver);
            all.addAll(asked.unusable().keySet());
            if (all.size() > MAX_PASSED_OVER) {
                throw unusable(all);
            }
            asked.unusable()
                    .values()
                    .forEach(failure ->
                            LOGGER.warning(() -> image.reference().name() + ": passed over: " + failure.detail()));
            List<String> left = new ArrayList<>(tags.names());
            left.removeAll(asked.unusable().keySet());
            return chosen(chooser, tags.withNames(left), all);
        });
    }

    /** Not the failure of one of these tags: nothing says that the tag which counts is gone. */
    private static CompletionException unusable(List<String> tags) {
        return new CompletionException(new RegistryException(
                FailureKind.NO_DIGEST,
                "no tag can be chosen, since the registry lists these tags but cannot give their manifests: "
                        + String.join(", ", tags)));
    }

    private static List<String> notes(TagChooser.Chosen chosen, List<String> passedOver) {
        List<String> notes = new ArrayList<>(chosen.notes());
        if (!passedOver.isEmpty()) {
            notes.add("The registry lists " + String.join(", ", passedOver)
                    + ", but has no usable manifest for it: passed over.");
        }
        return notes;
    }

    /**
     * The answers for the chosen tags. Tags that are gone are in neither map.
     *
     * @param unusable listed tags that the registry cannot give, by name
     */
    private record Asked(Map<String, TagDigest> digests, Map<String, RegistryException> unusable) {}

    /** Asks for no more tags at once than the registry allows, so that other checks come between. */
    private CompletableFuture<Asked> digests(TagChooser.Chosen chosen) {
        Asked asked = new Asked(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        List<CompletableFuture<?>> places = new ArrayList<>();
        for (String tag : chosen.tags()) {
            WatchedImage tagged = new WatchedImage(image.reference().withTag(tag), image.platform());
            boolean mayBeGone = chosen.unlisted().contains(tag);
            int ahead = places.size() - parallel;
            CompletableFuture<?> place = ahead < 0 ? CompletableFuture.completedFuture(null) : places.get(ahead);
            places.add(place.handle((value, thrown) -> begun(() -> resolve(tagged, null)))
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

    /** Never throws: what is thrown is in the future. */
    static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
