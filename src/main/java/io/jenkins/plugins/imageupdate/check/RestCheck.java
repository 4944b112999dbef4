package io.jenkins.plugins.imageupdate.check;

import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Push;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.logging.Logger;

/**
 * Finds out what a sighting needs so that a ledger can decide which digests are old enough: when an image that is seen for the first time
 * was pushed, and whether the registry still has a digest that is old enough but that its tag has moved away from. A digest that the
 * registry does not have is not built, and the next candidate is asked for. That is said.
 *
 * @param pushTimes whether the registry's tag list tells when images were pushed
 * @param known what the ledger knew before the sighting
 */
record RestCheck(RemoteRepository repository, boolean pushTimes, KnownDigests known) {
    private static final Logger LOGGER = Logger.getLogger(ImageChecker.class.getName());

    /** Digests that one check asks for. */
    private static final int MOST_ASKED = 10;

    CompletableFuture<Sighting> of(Sighting seen) {
        return dated(seen).thenCompose(dated -> proven(dated, MOST_ASKED));
    }

    /** A list that cannot be read costs nothing but time: the image is then as old as its first sighting. */
    private CompletableFuture<Sighting> dated(Sighting seen) {
        ImageReference reference = seen.image().reference();
        TagSet tags = seen.tags();
        if (!pushTimes || !known.none() || seen.registryTime() != null || tags == null || reference.tag() == null) {
            return CompletableFuture.completedFuture(seen);
        }
        return repository.tags().thenApply(list -> dated(seen, tags, list)).exceptionally(thrown -> {
            LOGGER.info(() -> reference + ": when it was pushed is not known: "
                    + Diagnosis.of(thrown).detail());
            return seen;
        });
    }

    private static Sighting dated(Sighting seen, TagSet tags, TagList list) {
        Push push = list.pushes().get(seen.image().reference().tag());
        TagSet dated = TagSet.of(tags.newest().pushed(push));
        return seen.pushed(dated, list.at());
    }

    /** If it is not known whether the registry has a digest, no older one is asked for: it may count at the next check. */
    private CompletableFuture<Sighting> proven(Sighting seen, int left) {
        Optional<TagDigest> unproven = left == 0
                ? Optional.empty()
                : Counted.unproven(seen, known.seen().with(seen, this::counted, known.none()), known.counted());
        if (unproven.isEmpty()) {
            return CompletableFuture.completedFuture(seen);
        }
        Digest digest = unproven.get().whole();
        ImageReference pinned = ImageReference.parse(seen.image().reference().name() + "@" + digest);
        return RepositoryCheck.begun(() -> repository.resolve(pinned, null, null))
                .handle((resolved, thrown) -> {
                    if (thrown == null) {
                        return proven(seen.with(rest(seen).withServed(digest)), left - 1);
                    }
                    RegistryException failure = Diagnosis.of(thrown);
                    return failure.kind() == FailureKind.TAG_NOT_FOUND
                            ? proven(gone(seen, digest), left - 1)
                            : CompletableFuture.completedFuture(notKnown(seen, digest, failure));
                })
                .thenCompose(Function.identity());
    }

    private static Rest rest(Sighting seen) {
        return Objects.requireNonNull(seen.rest());
    }

    private boolean counted(TagDigest one) {
        return known.counted().stream()
                .map(set -> set.find(one.tag()))
                .anyMatch(old -> old != null && old.whole().equals(one.whole()));
    }

    private static Sighting gone(Sighting seen, Digest digest) {
        return seen.with(rest(seen).withGone(digest))
                .withNote(digest.abbreviated()
                        + " is old enough, but the registry no longer has it: the next digest counts instead.");
    }

    private static Sighting notKnown(Sighting seen, Digest digest, RegistryException failure) {
        return seen.withNote(digest.abbreviated()
                + " is old enough, but it is not known whether the registry still has it: " + failure.detail() + ".");
    }
}
