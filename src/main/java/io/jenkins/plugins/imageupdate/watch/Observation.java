package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one check saw: what the image points at, or why that could not be had; never both, never neither.
 *
 * @param tag the one that a policy chose, null without a policy
 * @param credentialsId the credential that was chosen, null for none
 * @param order higher than that of whatever was seen before by this process; clocks are set, this is not
 */
public record Observation(
        WatchedImage image,
        @CheckForNull String tag,
        @CheckForNull String credentialsId,
        @CheckForNull ResolvedImage resolved,
        @CheckForNull Failure failure,
        Instant at,
        long order) {

    /** Whose orders can be compared. */
    static final String PROCESS = UUID.randomUUID().toString();

    private static final AtomicLong LAST = new AtomicLong();

    public Observation {
        if ((resolved == null) == (failure == null)) {
            throw new IllegalArgumentException("an observation is a digest or a failure");
        }
    }

    public Observation(
            WatchedImage image,
            @CheckForNull String credentialsId,
            @CheckForNull ResolvedImage resolved,
            @CheckForNull Failure failure,
            Instant at) {
        this(image, null, credentialsId, resolved, failure, at, LAST.incrementAndGet());
    }

    /** The same, of the tag that a policy chose. */
    Observation ofTag(String chosen) {
        return new Observation(image, chosen, credentialsId, resolved, failure, at, order);
    }

    /** What is kept of it; only where something was resolved. */
    RecordedDigest recorded() {
        return RecordedDigest.of(Objects.requireNonNull(resolved), tag);
    }

    /** Not before that of anything seen so far. */
    static long lastOrder() {
        return LAST.get();
    }

    /** Whether the registry itself says that there is no such tag. */
    boolean tagGone() {
        return failure != null && failure.kind() == FailureKind.TAG_NOT_FOUND;
    }
}
