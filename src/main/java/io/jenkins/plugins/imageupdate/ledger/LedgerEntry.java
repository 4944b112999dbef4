package io.jenkins.plugins.imageupdate.ledger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.Ran;
import io.jenkins.plugins.imageupdate.check.RanDigests;
import io.jenkins.plugins.imageupdate.check.SeenDigests;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What one job knows of one image. Its parts are immutable. */
final class LedgerEntry {
    /**
     * The digests that later sightings are compared with: those that the last build was started for, those that it really ran, or the first that
     * were seen.
     *
     * @param since when the digests were first seen
     * @param build number of the build that was started for them or that ran them, 0 for none
     * @param settled whether a build was started for them, or a user refused it: then they start no other build
     */
    record Baseline(TagSet tags, Instant since, int build, boolean settled) {
        Baseline {
            Objects.requireNonNull(tags, "the digests of a baseline are missing");
            Objects.requireNonNull(since, "the time of a baseline is missing");
        }
    }

    /**
     * An update that has not started a build yet.
     *
     * @param nextBuild the number of the next build at the time when the update was found: no earlier build can be for it
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

        /**
         * Ignores the message: it may contain a time or a request id that differs at every check, and the ledger should not be written for
         * that.
         */
        @Override
        public boolean equals(Object other) {
            return other instanceof Failing that && kind.equals(that.kind) && since.equals(that.since);
        }

        @Override
        public int hashCode() {
            return kind.hashCode();
        }
    }

    /**
     * An entry as it is written to disk. Empty parts are null.
     *
     * @param image its {@link WatchedImage#identity}
     * @param order {@link Sighting#order} of the newest sighting that was recorded, 0 if that was by another process
     * @param unwatchedSince since when neither the trigger nor the step watches the image; null if one of them does
     * @param lost whether the image was watched when the ledger was lost: its first sighting then does not start a build
     * @param step what builds of this job saw by the step
     * @param downstream by full name of a downstream job
     * @param seen the digests that the image's tags were seen with; null if each digest counts at once
     */
    record Content(
            WatchedImage image,
            @CheckForNull Baseline baseline,
            @CheckForNull Pending pending,
            @CheckForNull Failing failing,
            long order,
            @CheckForNull Instant unwatchedSince,
            boolean lost,
            @CheckForNull StepSightings step,
            @CheckForNull UpdateDays updates,
            Map<String, DownstreamStart> downstream,
            @CheckForNull SeenDigests seen) {
        Content {
            if (image == null || !image.equals(image.identity())) {
                throw new IllegalArgumentException("an entry is not of an image");
            }
            if (downstream.values().stream().anyMatch(Objects::isNull)) {
                throw new IllegalArgumentException("a downstream start of " + image + " is missing");
            }
        }
    }

    private final WatchedImage image;

    private Baseline baseline;
    private Pending pending;
    private Failing failing;
    private long order;
    private Instant unwatchedSince;
    private boolean lost;
    private StepSightings step = StepSightings.NONE;
    private UpdateDays updates = UpdateDays.NONE;

    /** Replaced, never changed. */
    private Map<String, DownstreamStart> downstream = Map.of();

    private SeenDigests seen = SeenDigests.NONE;

    LedgerEntry(WatchedImage identity) {
        image = identity;
    }

    LedgerEntry(Content content) {
        image = content.image();
        baseline = content.baseline();
        pending = content.pending();
        failing = content.failing();
        order = content.order();
        unwatchedSince = content.unwatchedSince();
        lost = content.lost();
        step = Objects.requireNonNullElse(content.step(), StepSightings.NONE);
        updates = Objects.requireNonNullElse(content.updates(), UpdateDays.NONE);
        downstream = content.downstream();
        seen = Objects.requireNonNullElse(content.seen(), SeenDigests.NONE);
    }

    Content content() {
        return new Content(
                image,
                baseline,
                pending,
                failing,
                order,
                unwatchedSince,
                lost,
                step.equals(StepSightings.NONE) ? null : step,
                updates.equals(UpdateDays.NONE) ? null : updates,
                downstream,
                seen.isEmpty() ? null : seen);
    }

    LedgerEntry copy() {
        return new LedgerEntry(content());
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

    /** Returns the digests that a sighting is compared with. A pinned reference starts with its pin. */
    @CheckForNull
    TagSet baselineOf(WatchedImage watched) {
        return baseline == null ? TagSet.pin(watched) : baseline.tags();
    }

    /** Returns the digests that were last seen, built or not. */
    @CheckForNull
    TagSet lastOf(WatchedImage watched) {
        return pending == null ? baselineOf(watched) : pending.tags();
    }

    /** The digests that the image's tags were seen with, if they must be of an age before they count. */
    SeenDigests seen() {
        return seen;
    }

    void setSeen(SeenDigests digests) {
        seen = digests;
    }

    /** Adds what a sighting saw, unless each digest counts at once. */
    void see(Sighting sighting) {
        if (sighting.tags() == null || sighting.rest() == null && seen.isEmpty() || overtaken(sighting)) {
            return;
        }
        List<TagSet> recorded = recorded(sighting.image());
        SeenDigests now = seen.with(
                sighting,
                one -> recorded.stream()
                        .map(set -> set.find(one.tag()))
                        .anyMatch(known -> known != null && known.whole().equals(one.whole())),
                // What a build ran tells that the tag was another one before.
                recorded.isEmpty() && seen.isEmpty() && sighting.ran() == null);
        if (!now.equals(seen)) {
            seen = now;
            order = sighting.order();
        }
    }

    /** Every set of digests that the trigger or a build knows, the newest of the trigger first. */
    private List<TagSet> recorded(WatchedImage watched) {
        return Stream.of(
                        pendingTags(),
                        baselineOf(watched),
                        step.lastCheck(),
                        step.beforeLastCheck(),
                        step.lastSuccess())
                .filter(Objects::nonNull)
                .toList();
    }

    /** The sets that a sighting of the trigger is compared with, the newest first. */
    List<TagSet> counted(WatchedImage watched) {
        return Stream.of(pendingTags(), baselineOf(watched))
                .filter(Objects::nonNull)
                .toList();
    }

    int baselineBuild() {
        return baseline == null ? 0 : baseline.build();
    }

    /** @param seen when the digests were seen; if they do not differ from the baseline, its time stays */
    void setBaseline(TagSet tags, int build, Instant seen, boolean settled) {
        Instant since = tags.sameAs(baselineTags()) ? baseline.since() : seen;
        baseline = new Baseline(tags, since, build, settled);
        lost = false;
    }

    /** Returns what a check compares with the tag of what a build really ran; null if that does not matter now. */
    @CheckForNull
    RanDigests compared(RanDigests ran) {
        if (pending != null || ran.build() < baselineBuild()) {
            return null;
        }
        return baseline == null || !baseline.settled()
                ? ran
                : ran.withSettled(baseline.tags().newest().whole());
    }

    /**
     * Makes what a build really ran the baseline, unless an update waits, or a build was started for the digest that counts: a node may have kept
     * an old image, and would run it again.
     *
     * @param counting the digest that counts of this sighting; null if there is none
     */
    void ran(Sighting seen, @CheckForNull TagSet counting) {
        TagSet tags = seen.tags();
        Ran ran = seen.ran();
        if (tags == null || ran == null || pending != null || overtaken(seen) || ran.build() < baselineBuild()) {
            return;
        }
        if (baseline != null && baseline.settled() && baseline.tags().sameAs(counting)) {
            return;
        }
        Digest outdated = ran.outdated();
        TagSet known = outdated == null ? TagSet.of(tags.tags()) : TagSet.of(new TagDigest(null, outdated, null));
        setBaseline(known, ran.build(), seen.at(), false);
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
        // If only the index moved, for another platform, this is still the same update, and a build may be queued for
        // it.
        boolean same = pending != null && tags.sameAs(pending.tags());
        pending = same ? new Pending(tags, pending.since(), pending.nextBuild()) : new Pending(tags, at, nextBuild);
    }

    void clearPending() {
        pending = null;
    }

    /** Returns whether a newer sighting is recorded. Checks can finish in a different order than they started. */
    boolean overtaken(Sighting seen) {
        return order > seen.order();
    }

    void setOrder(long newest) {
        order = newest;
    }

    /**
     * Settles an update: a build was started for these digests, or a user cancelled it. A replayed build has the updates of the original
     * build. That settles nothing.
     *
     * @param started oldest first
     * @param before the digests before the last of them
     * @param build 0 for none
     * @return whether that was not known yet
     */
    boolean settle(List<TagSet> started, @CheckForNull TagSet before, int build, Instant at) {
        Pending waited = pending;
        if (waited != null && started.stream().anyMatch(waited.tags()::sameAs)) {
            clearPending();
            setBaseline(waited.tags(), build, waited.since(), true);
            return true;
        }
        boolean follows = waited != null || baseline != null && baseline.tags().sameAs(before);
        if (!follows || build != 0 && build <= baselineBuild()) {
            return false;
        }
        Baseline old = baseline;
        setBaseline(started.get(started.size() - 1), build, waited == null ? at : waited.since(), true);
        if (baseline.equals(old)) {
            return false;
        }
        if (waited == null) {
            // The time of the sighting is not known, but no sighting up to now may replace it.
            order = Sighting.lastOrder();
        }
        return true;
    }

    /** A build has succeeded that saw these digests, whatever it was started for. If they are pending, they are settled. */
    void built(TagSet tags, int build) {
        Pending waited = pending;
        if (waited != null && waited.tags().sameAs(tags)) {
            clearPending();
            setBaseline(waited.tags(), build, waited.since(), true);
            order = Sighting.lastOrder();
        }
    }

    void renumber(int nextBuild) {
        if (baseline != null && baseline.build() >= nextBuild) {
            baseline = new Baseline(baseline.tags(), baseline.since(), 0, baseline.settled());
        }
        if (pending != null && pending.nextBuild() > nextBuild) {
            pending = new Pending(pending.tags(), pending.since(), nextBuild);
        }
        step = step.renumbered(nextBuild);
    }

    boolean checkedByStep() {
        return step.lastCheck() != null || step.lastSuccess() != null;
    }

    boolean unwatched() {
        return unwatchedSince != null;
    }

    Instant unwatchedSince() {
        return Objects.requireNonNull(unwatchedSince);
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
        failing = new Failing(failure.kind().name(), failure.message(), failing == null ? at : failing.since());
    }

    /** What builds of this job saw by the step. */
    StepSightings step() {
        return step;
    }

    void setStep(StepSightings sightings) {
        step = sightings;
    }

    void countUpdate(Instant at) {
        updates = updates.with(at);
    }

    UpdateDays updates() {
        return updates;
    }

    Map<String, DownstreamStart> downstream() {
        return downstream;
    }

    void putDownstream(String job, DownstreamStart start) {
        Map<String, DownstreamStart> starts = new TreeMap<>(downstream);
        starts.put(job, start);
        downstream = starts;
    }

    void removeDownstream(String job) {
        Map<String, DownstreamStart> starts = new TreeMap<>(downstream);
        starts.remove(job);
        downstream = starts;
    }

    /** Compares all that is written. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerEntry that && content().equals(that.content());
    }

    @Override
    public int hashCode() {
        return image.hashCode();
    }
}
