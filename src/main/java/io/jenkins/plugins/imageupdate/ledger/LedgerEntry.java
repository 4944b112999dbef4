package io.jenkins.plugins.imageupdate.ledger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What one job knows of one image. Its parts are immutable; a copy shares them. */
final class LedgerEntry {
    /**
     * What later sightings are compared with: what the last build was started for, or what was seen first.
     *
     * @param since when it was first seen
     * @param build number of the build that was started for it, 0 for none
     */
    record Baseline(TagSet tags, Instant since, int build) {
        Baseline {
            Objects.requireNonNull(tags, "the digests of a baseline are missing");
            Objects.requireNonNull(since, "the time of a baseline is missing");
        }
    }

    /**
     * An update that no build was started for yet.
     *
     * @param nextBuild the number that the next build had when the update was found: an earlier build was not started for it
     */
    record Pending(TagSet tags, Instant since, int nextBuild) {
        Pending {
            Objects.requireNonNull(tags, "the digests of a pending update are missing");
            Objects.requireNonNull(since, "the time of a pending update is missing");
        }
    }

    /**
     * A check that fails.
     *
     * @param kind name of a {@link io.jenkins.plugins.imageupdate.registry.FailureKind}
     * @param message the last failure in one line
     */
    record Failing(String kind, String message, Instant since) {
        Failing {
            Objects.requireNonNull(kind, "the kind of a failure is missing");
            Objects.requireNonNull(since, "the time of a failure is missing");
        }

        /** The message may name a time or a request that differs at every check, which is no reason to write the ledger. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Failing that && kind.equals(that.kind) && since.equals(that.since);
        }

        @Override
        public int hashCode() {
            return kind.hashCode();
        }
    }

    private final WatchedImage image;

    private Baseline baseline;
    private Pending pending;
    private Failing failing;

    /** {@link Sighting#order} of the newest sighting that was recorded, 0 if that was by another process. */
    private long order;

    /** Since when neither trigger nor step watches it; null while one does. */
    private Instant unwatchedSince;

    /** Whether it was watched when the ledger was lost: what is seen first then is not a reason to build. */
    private boolean lost;

    /** Null for none, as the parts below. */
    private StepSightings step;

    private UpdateDays updates;

    /** By full name of a downstream job. Replaced, never changed. */
    private TreeMap<String, DownstreamStart> downstream;

    LedgerEntry(WatchedImage identity) {
        image = identity;
    }

    LedgerEntry copy() {
        LedgerEntry copy = new LedgerEntry(image);
        copy.baseline = baseline;
        copy.pending = pending;
        copy.failing = failing;
        copy.order = order;
        copy.unwatchedSince = unwatchedSince;
        copy.lost = lost;
        copy.step = step;
        copy.updates = updates;
        copy.downstream = downstream;
        return copy;
    }

    /** {@link WatchedImage#identity}. */
    WatchedImage image() {
        return image;
    }

    @CheckForNull
    Baseline baseline() {
        return baseline;
    }

    @CheckForNull
    TagSet baselineTags() {
        return baseline == null ? null : baseline.tags();
    }

    /** Returns what a sighting is compared with. A pinned reference starts with its pin. */
    @CheckForNull
    TagSet baselineOf(WatchedImage watched) {
        return baseline == null ? TagSet.pin(watched) : baseline.tags();
    }

    /** Returns what was last seen, built or not. */
    @CheckForNull
    TagSet lastOf(WatchedImage watched) {
        return pending == null ? baselineOf(watched) : pending.tags();
    }

    int baselineBuild() {
        return baseline == null ? 0 : baseline.build();
    }

    /** @param seen when it was seen; what the baseline was already keeps its time */
    void setBaseline(TagSet tags, int build, Instant seen) {
        Instant since = tags.sameAs(baselineTags()) ? baseline.since() : seen;
        baseline = new Baseline(tags, since, build);
        lost = false;
    }

    @CheckForNull
    Pending pending() {
        return pending;
    }

    @CheckForNull
    TagSet pendingTags() {
        return pending == null ? null : pending.tags();
    }

    void setPending(TagSet tags, int nextBuild, Instant at) {
        // If only the index moved, for another platform, it is still the update that a build may have been queued for.
        boolean same = pending != null && tags.sameAs(pending.tags());
        pending = same ? new Pending(tags, pending.since(), pending.nextBuild()) : new Pending(tags, at, nextBuild);
    }

    void clearPending() {
        pending = null;
    }

    /** Returns whether something newer is recorded than this: checks overtake each other. */
    boolean overtaken(Sighting seen) {
        return order > seen.order();
    }

    void setOrder(long newest) {
        order = newest;
    }

    /**
     * Settles an update: a build was started for these digests, or a user refused it. A replayed build brings back what it was once started
     * for, which settles nothing.
     *
     * @param started oldest first
     * @param before what the last of them was an update of
     * @param build 0 for none
     * @return whether that was not known yet
     */
    boolean settle(List<TagSet> started, @CheckForNull TagSet before, int build, Instant at) {
        Pending waited = pending;
        if (waited != null && started.stream().anyMatch(waited.tags()::sameAs)) {
            clearPending();
            setBaseline(waited.tags(), build, waited.since());
            return true;
        }
        boolean follows = waited != null || baseline != null && baseline.tags().sameAs(before);
        if (!follows || build != 0 && build <= baselineBuild()) {
            return false;
        }
        Baseline old = baseline;
        setBaseline(started.get(started.size() - 1), build, waited == null ? at : waited.since());
        if (baseline.equals(old)) {
            return false;
        }
        if (waited == null) {
            // When it was seen is not known, but what was seen up to now cannot turn it back.
            order = Sighting.lastOrder();
        }
        return true;
    }

    void setWatched(boolean watched, Instant at) {
        if (watched) {
            unwatchedSince = null;
        } else if (unwatchedSince == null) {
            unwatchedSince = at;
        }
    }

    boolean unwatchedFor(Duration time, Instant at) {
        return unwatchedSince != null && unwatchedSince.plus(time).isBefore(at);
    }

    boolean lost() {
        return lost;
    }

    void setLost() {
        lost = baseline == null;
    }

    @CheckForNull
    Failing failing() {
        return failing;
    }

    void setFailure(@CheckForNull Failure failure, Instant at) {
        if (failure == null) {
            failing = null;
            return;
        }
        failing = new Failing(
                failure.kind().name(), failure.message(), failing == null ? at : failing.since());
    }

    /** What builds of this job saw by the step. */
    StepSightings step() {
        return step == null ? StepSightings.NONE : step;
    }

    void setStep(StepSightings sightings) {
        step = sightings;
    }

    void countUpdate(Instant at) {
        updates = updates().with(at);
    }

    UpdateDays updates() {
        return updates == null ? UpdateDays.NONE : updates;
    }

    Map<String, DownstreamStart> downstream() {
        return downstream == null ? Map.of() : downstream;
    }

    void putDownstream(String job, DownstreamStart start) {
        TreeMap<String, DownstreamStart> starts = new TreeMap<>(downstream());
        starts.put(job, start);
        downstream = starts;
    }

    void removeDownstream(String job) {
        TreeMap<String, DownstreamStart> starts = new TreeMap<>(downstream());
        starts.remove(job);
        downstream = starts.isEmpty() ? null : starts;
    }

    /** Checks what was read from a file; an {@link IllegalArgumentException} says what is wrong. */
    void verify() {
        if (image == null || !image.equals(image.identity())) {
            throw new IllegalArgumentException("an entry is not of an image");
        }
        if (downstream != null && downstream.containsValue(null)) {
            throw new IllegalArgumentException("a downstream start of " + image + " is missing");
        }
    }

    /** Compares all that is written. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerEntry that
                && image.equals(that.image)
                && Objects.equals(baseline, that.baseline)
                && Objects.equals(pending, that.pending)
                && Objects.equals(failing, that.failing)
                && order == that.order
                && Objects.equals(unwatchedSince, that.unwatchedSince)
                && lost == that.lost
                && step().equals(that.step())
                && updates().equals(that.updates())
                && downstream().equals(that.downstream());
    }

    @Override
    public int hashCode() {
        return image.hashCode();
    }
}
