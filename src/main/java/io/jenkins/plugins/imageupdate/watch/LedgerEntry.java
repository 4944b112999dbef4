package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What one job knows of one image. What changes it says whether that was news. */
final class LedgerEntry {
    /** What the last build that was started for this image was started for, else what was seen first. */
    private RecordedDigest baseline;

    /** When that was seen first. */
    private long baselineSince;

    private int baselineBuild;

    /** Seen, not yet built. */
    private RecordedDigest pending;

    private long pendingSince;

    /** The number that the next build had when the update was found: an earlier one was not started for it. */
    private int pendingNextBuild;

    /** {@link Observation#order} of the newest sighting that was news, 0 if that was by another process. */
    private long order;

    /** Since when nobody watches it, 0 while somebody does. */
    private long unwatchedSince;

    /** Whether it was watched when the ledger was lost: what is seen first then is no reason to build. */
    private boolean lost;

    private String failureKind;
    private String failure;
    private long failingSince;

    private StepDigests step;

    /** Null until it first changed. */
    private UpdateDays updates;

    /** By full name of a downstream job. */
    private Map<String, DownstreamStart> downstream;

    @CheckForNull
    RecordedDigest baseline() {
        return baseline;
    }

    /** What an observation is compared with. */
    @CheckForNull
    RecordedDigest baseline(WatchedImage image) {
        return baseline == null ? RecordedDigest.pin(image) : baseline;
    }

    /** What was last seen, built or not. */
    @CheckForNull
    RecordedDigest last(WatchedImage image) {
        return pending == null ? baseline(image) : pending;
    }

    boolean setBaseline(RecordedDigest digest, int build, Instant seen) {
        if (digest.equals(baseline) && build == baselineBuild) {
            return false;
        }
        if (!digest.sameImage(baseline)) {
            baselineSince = seen.toEpochMilli();
        }
        baseline = digest;
        baselineBuild = build;
        lost = false;
        return true;
    }

    /** 0 where no build was started for the baseline. */
    int baselineBuild() {
        return baselineBuild;
    }

    Instant baselineSince() {
        return Instant.ofEpochMilli(baselineSince);
    }

    @CheckForNull
    RecordedDigest pending() {
        return pending;
    }

    boolean pend(RecordedDigest now, int nextBuild, Instant at) {
        if (now.equals(pending)) {
            return false;
        }
        // Its index may have moved for another platform: still the update that a build may have been queued for.
        if (!now.sameImage(pending)) {
            pendingNextBuild = nextBuild;
            pendingSince = at.toEpochMilli();
        }
        pending = now;
        return true;
    }

    boolean clearPending() {
        boolean news = pending != null;
        pending = null;
        pendingNextBuild = 0;
        pendingSince = 0;
        return news;
    }

    int pendingNextBuild() {
        return pendingNextBuild;
    }

    Instant pendingSince() {
        return Instant.ofEpochMilli(pendingSince);
    }

    /** Whether something newer is recorded than what was seen then: checks overtake each other. */
    boolean overtaken(Observation seen) {
        return order > seen.order();
    }

    void setOrder(long newest) {
        order = newest;
    }

    /**
     * A build has started for these digests, or a user refused it. One that is replayed brings back what it was once started for, which
     * says nothing.
     *
     * @param digests oldest first
     * @param before what the last of them was an update of
     * @param build 0 for none
     */
    boolean settle(List<RecordedDigest> digests, @CheckForNull RecordedDigest before, int build, Instant at) {
        RecordedDigest waited = pending;
        if (waited != null && digests.stream().anyMatch(waited::sameImage)) {
            Instant since = pendingSince();
            clearPending();
            setBaseline(waited, build, since);
            return true;
        }
        boolean follows = waited != null || baseline != null && baseline.sameImage(before);
        if (!follows || build != 0 && build <= baselineBuild) {
            return false;
        }
        if (waited == null) {
            // Not known when it was seen, but what was seen up to now cannot turn it back.
            order = Observation.lastOrder();
        }
        return setBaseline(digests.get(digests.size() - 1), build, waited == null ? at : pendingSince());
    }

    boolean setWatched(boolean watched, Instant at) {
        if (watched == (unwatchedSince == 0)) {
            return false;
        }
        unwatchedSince = watched ? 0 : Math.max(1, at.toEpochMilli());
        return true;
    }

    boolean unwatchedFor(Duration time, Instant at) {
        return unwatchedSince != 0
                && Instant.ofEpochMilli(unwatchedSince).plus(time).isBefore(at);
    }

    boolean lost() {
        return lost;
    }

    void setLost() {
        lost = baseline == null;
    }

    boolean setFailure(@CheckForNull Failure cause, Instant at) {
        String kind = cause == null ? null : cause.kind().name();
        if (kind != null && failureKind == null) {
            failingSince = at.toEpochMilli();
        }
        boolean news = !Objects.equals(kind, failureKind);
        failureKind = kind;
        // Kept up to date, but no reason to write: it may name a time or a request that differ at every check.
        failure = cause == null ? null : cause.message();
        return news;
    }

    @CheckForNull
    String failureKind() {
        return failureKind;
    }

    @CheckForNull
    String failure() {
        return failure;
    }

    Instant failingSince() {
        return Instant.ofEpochMilli(failingSince);
    }

    /** What builds of this job saw by the step. */
    StepDigests step() {
        if (step == null) {
            step = new StepDigests();
        }
        return step;
    }

    /** An image that is another one than it was is an update, whether the trigger saw it or the step. */
    void countUpdate(Instant at) {
        if (updates == null) {
            updates = new UpdateDays();
        }
        updates.count(at);
    }

    Map<LocalDate, Integer> updates() {
        return updates == null ? Map.of() : updates.counts();
    }

    Map<String, DownstreamStart> downstream() {
        return downstream == null ? Map.of() : downstream;
    }

    void putDownstream(String job, DownstreamStart start) {
        if (downstream == null) {
            downstream = new TreeMap<>();
        }
        downstream.put(job, start);
    }

    void removeDownstream(String job) {
        downstream.remove(job);
    }

    /** As {@link UpdateLedger#verify}. */
    void verify() {
        for (RecordedDigest digest : new RecordedDigest[] {baseline, pending}) {
            if (digest != null) {
                digest.verify();
            }
        }
        step().verify();
        downstream().values().forEach(DownstreamStart::verify);
        if (updates != null) {
            updates.verify();
        }
    }
}
