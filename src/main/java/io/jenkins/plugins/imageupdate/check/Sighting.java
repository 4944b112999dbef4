package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one check saw: either the digests of the tags that count, or a failure.
 *
 * @param tags null with a failure
 * @param listCut whether the list that a policy chose from was cut short, so that a newer tag may be missing
 * @param notes what a policy says about tags that cannot be chosen, one sentence each
 * @param credentialsId the credential that was used, null for none
 * @param order rises with each sighting in this process; unlike a clock, it is never set back
 */
public record Sighting(
        WatchedImage image,
        @CheckForNull TagSet tags,
        boolean listCut,
        List<String> notes,
        @CheckForNull String credentialsId,
        @CheckForNull Failure failure,
        Instant at,
        long order) {

    /** Identifies this process. Orders of different processes cannot be compared. */
    public static final String PROCESS = UUID.randomUUID().toString();

    private static final AtomicLong LAST = new AtomicLong();

    public Sighting {
        if ((tags == null) == (failure == null)) {
            throw new IllegalArgumentException("a sighting has digests or a failure");
        }
        notes = List.copyOf(notes);
    }

    public static Sighting of(
            WatchedImage image, TagSet tags, boolean listCut, @CheckForNull String credentialsId, Instant at) {
        return of(image, tags, listCut, List.of(), credentialsId, at);
    }

    static Sighting of(
            WatchedImage image,
            TagSet tags,
            boolean listCut,
            List<String> notes,
            @CheckForNull String credentialsId,
            Instant at) {
        return new Sighting(image, tags, listCut, notes, credentialsId, null, at, LAST.incrementAndGet());
    }

    public static Sighting failed(WatchedImage image, Failure failure, @CheckForNull String credentialsId, Instant at) {
        return new Sighting(image, null, false, List.of(), credentialsId, failure, at, LAST.incrementAndGet());
    }

    /** Returns an order that is not lower than the order of any sighting so far. */
    public static long lastOrder() {
        return LAST.get();
    }

    /** Returns whether the registry itself says that the tag does not exist. */
    boolean tagGone() {
        return failure != null && failure.kind() == FailureKind.TAG_NOT_FOUND;
    }
}
