package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one check saw: what the image points at, or why that could not be had; never both, never neither.
 *
 * @param tags with a policy those that count, the newest first, and among them, at their rank, those that are gone; without a policy the
 *     one of the image; empty with a failure
 * @param listCut whether the list that a policy chose from was cut short, so that a newer tag may be missing
 * @param credentialsId the credential that was chosen, null for none
 * @param order higher than that of whatever was seen before by this process; clocks are set, this is not
 */
public record Observation(
        WatchedImage image,
        List<SeenTag> tags,
        boolean listCut,
        @CheckForNull String credentialsId,
        @CheckForNull Failure failure,
        Instant at,
        long order) {

    /** Whose orders can be compared. */
    static final String PROCESS = UUID.randomUUID().toString();

    private static final AtomicLong LAST = new AtomicLong();

    public Observation {
        tags = List.copyOf(tags);
        if (tags.stream().allMatch(SeenTag::gone) == (failure == null)) {
            throw new IllegalArgumentException("an observation is a digest or a failure");
        }
    }

    public Observation(
            WatchedImage image,
            @CheckForNull String credentialsId,
            @CheckForNull ResolvedImage resolved,
            @CheckForNull Failure failure,
            Instant at) {
        this(
                image,
                resolved == null ? List.of() : List.of(new SeenTag(null, resolved)),
                false,
                credentialsId,
                failure,
                at,
                LAST.incrementAndGet());
    }

    /** Of the tags that a policy chose. */
    static Observation ofTags(
            WatchedImage image, List<SeenTag> tags, boolean listCut, @CheckForNull String credentialsId, Instant at) {
        return new Observation(image, tags, listCut, credentialsId, null, at, LAST.incrementAndGet());
    }

    /** What the image points at, with a policy the newest tag that counts; null with a failure. */
    @CheckForNull
    public ResolvedImage resolved() {
        return tags.stream()
                .map(SeenTag::resolved)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What is kept of it where nothing was recorded before; only without a failure. */
    RecordedDigest recorded() {
        List<RecordedDigest> there = new ArrayList<>();
        for (SeenTag one : tags) {
            ResolvedImage found = one.resolved();
            if (found != null) {
                there.add(RecordedDigest.of(one.tag(), found));
            }
        }
        return RecordedDigest.of(there);
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
