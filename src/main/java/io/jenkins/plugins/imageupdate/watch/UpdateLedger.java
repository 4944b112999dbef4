package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one job knows of its images: what it was built for, what waits to be built, what keeps failing. An update goes observed →
 * pending → baseline, and each step is on disk before the next is taken, so that a crash loses nothing and repeats nothing that
 * started. Whoever holds a ledger keeps other threads from it and writes it when it was {@link #modified}.
 */
public final class UpdateLedger {
    /** How long it is remembered what an image was that nobody watches any more. */
    static final Duration KEPT = Duration.ofDays(30);

    private int version = LedgerFormat.VERSION;

    /** Set until the first check after the file was lost: what is seen first then is no reason to build. */
    private boolean recovered;

    /** Which process wrote this, for {@link Observation#order}. */
    private String process = Observation.PROCESS;

    private final Map<String, LedgerEntry> images = new TreeMap<>();
    private transient boolean modified;

    /** In place of one that was lost. */
    public static UpdateLedger recovered() {
        UpdateLedger ledger = new UpdateLedger();
        ledger.recovered = true;
        ledger.modified = true;
        return ledger;
    }

    /** After a file was read that anybody may have written: an {@link IllegalArgumentException} says what is wrong. */
    public void verify() {
        LedgerFormat.verify(version, images);
        version = LedgerFormat.VERSION;
        if (!Observation.PROCESS.equals(process)) {
            images.values().forEach(entry -> entry.setOrder(0));
            process = Observation.PROCESS;
        }
    }

    /** Whether anything was recorded since the last call. */
    public boolean modified() {
        boolean was = modified;
        modified = false;
        return was;
    }

    private LedgerEntry entry(String id) {
        return images.computeIfAbsent(id, unknown -> new LedgerEntry());
    }

    /** What the trigger last saw of an image, for the registry client; null if it is new. */
    @CheckForNull
    public ResolvedImage known(WatchedImage image) {
        LedgerEntry entry = images.get(image.id());
        RecordedDigest last = entry == null ? null : entry.pending() == null ? entry.baseline() : entry.pending();
        return last == null ? null : last.toResolved();
    }

    /** The tags that a policy chose for the trigger, each once; empty if it never did. */
    public List<String> knownTags(WatchedImage image) {
        LedgerEntry entry = images.get(image.id());
        return entry == null ? List.of() : tags(entry.pending(), entry.baseline());
    }

    /** As {@link #knownTags(WatchedImage)}, for a check by the step. */
    public List<String> knownTags(WatchedImage image, Since since, StepRun by) {
        LedgerEntry entry = images.get(image.id());
        return entry == null ? List.of() : tags(entry.step().of(since, by));
    }

    private static List<String> tags(RecordedDigest... recorded) {
        return Arrays.stream(recorded)
                .filter(Objects::nonNull)
                .flatMap(one -> one.all().stream())
                .map(RecordedDigest::tag)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /**
     * Records what the trigger saw. A change becomes pending; one that is seen while another is pending takes its place. A pinned
     * reference starts with its pin as baseline.
     *
     * @param buildOnFirstCheck whether an image that is seen for the first time counts as changed
     * @param nextBuild number of the job's next build
     */
    public ImageUpdate observe(Observation seen, boolean buildOnFirstCheck, int nextBuild) {
        LedgerEntry entry = entry(seen.image().id());
        modified |= entry.setFailure(seen.failure(), seen.at());
        RecordedDigest baseline = entry.baseline(seen.image());
        RecordedDigest before = entry.last(seen.image());
        if (seen.failure() != null) {
            // What waits for its first build was there too, so it can be gone.
            return ImageUpdate.compare(seen, baseline == null ? entry.pending() : baseline);
        }
        ImageUpdate update = ImageUpdate.compare(seen, baseline);
        if (entry.overtaken(seen)) {
            return update;
        }
        RecordedDigest now = RecordedDigest.of(update);
        boolean buildNew = buildOnFirstCheck && !recovered && !entry.lost();
        boolean due = update.status() == ImageStatus.UPDATED || update.status() == ImageStatus.NEW && buildNew;
        if (due && baseline != null && entry.baseline() == null && seen.image().policy() != null) {
            // A pin, which the id of an image with a policy does not tell.
            entry.setBaseline(baseline, 0, seen.at());
        }
        // Neither a tag that moved up in the place of another nor an index that moved for another platform is a change.
        Instant since = entry.baseline() == null ? seen.at() : entry.baselineSince();
        boolean news = due
                ? !waits(entry.pending(), now, update, seen) && entry.pend(now, nextBuild, seen.at())
                : entry.pending() == null && entry.setBaseline(now, entry.baselineBuild(), since);
        sighted(entry, seen, before, news);
        return update;
    }

    /** Whether what was seen is no news to what is pending, although tags at the end of the list are others. */
    private static boolean waits(
            @CheckForNull RecordedDigest pending, RecordedDigest now, ImageUpdate update, Observation seen) {
        return pending != null
                && !now.sameImage(pending)
                && (pending.has(update) || !new TagChanges(pending, seen).any());
    }

    /** @param before what the image was last seen as */
    private void sighted(LedgerEntry entry, Observation seen, @CheckForNull RecordedDigest before, boolean news) {
        if (news) {
            entry.setOrder(seen.order());
            if (before != null && new TagChanges(before, seen).any()) {
                entry.countUpdate(seen.at());
            }
            modified = true;
        }
    }

    /**
     * These are all images that are watched, by the trigger or by builds. What was known of others is kept for a while.
     *
     * @param ids {@link WatchedImage#id}
     */
    public void watching(Set<String> ids, Instant at) {
        images.forEach((id, entry) -> modified |= entry.setWatched(ids.contains(id), at));
        modified |= images.values().removeIf(entry -> entry.unwatchedFor(KEPT, at));
        if (recovered) {
            ids.forEach(id -> entry(id).setLost());
            recovered = false;
            modified = true;
        }
    }

    /** The updates that no build has started for yet. */
    public List<ImageUpdate> pending() {
        List<ImageUpdate> pending = new ArrayList<>();
        images.forEach((id, entry) -> {
            RecordedDigest waiting = entry.pending();
            if (waiting != null) {
                WatchedImage image = WatchedImage.ofId(id);
                pending.add(ImageUpdate.recorded(image, entry.baseline(image), waiting));
            }
        });
        return pending;
    }

    /** The lowest number a build can have that was started for what is pending now. */
    public int pendingNextBuild() {
        return images.values().stream()
                .filter(entry -> entry.pending() != null)
                .mapToInt(LedgerEntry::pendingNextBuild)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /**
     * A build has started for these updates: they are the baseline now. What was seen after them stays pending.
     *
     * @param updates oldest first
     * @return whether this is news
     */
    public boolean started(Collection<ImageUpdate> updates, int build, Instant at) {
        return settle(updates, build, at);
    }

    /** A user took these updates' build out of the queue: they are done, without a build. */
    public void dismissed(Collection<ImageUpdate> updates, Instant at) {
        settle(updates, 0, at);
    }

    private boolean settle(Collection<ImageUpdate> updates, int build, Instant at) {
        boolean news = false;
        Map<String, List<ImageUpdate>> byImage = updates.stream()
                .filter(update -> update.digest() != null)
                .collect(Collectors.groupingBy(ImageUpdate::id));
        for (Map.Entry<String, List<ImageUpdate>> image : byImage.entrySet()) {
            LedgerEntry entry = images.get(image.getKey());
            if (entry != null) {
                List<ImageUpdate> of = image.getValue();
                RecordedDigest before = RecordedDigest.before(of.get(of.size() - 1));
                news |= entry.settle(of.stream().map(RecordedDigest::of).toList(), before, build, at);
            }
        }
        modified |= news;
        return news;
    }

    /** For what is known from elsewhere when the file was lost. */
    public LedgerRecovery recovery() {
        return new LedgerRecovery(images, recovered, () -> modified = true);
    }

    /**
     * Records what a build of this job saw by the step; a pinned reference is compared with its pin. The build is then one that knows
     * this digest, so the trigger takes it as its baseline, and starts no other build for what was pending.
     */
    public ImageUpdate check(Observation seen, Since since, StepRun by) {
        LedgerEntry entry = entry(seen.image().id());
        RecordedDigest before = entry.step().of(since, by);
        RecordedDigest pin = RecordedDigest.pin(seen.image());
        ImageUpdate update = ImageUpdate.compare(seen, pin == null ? before : pin);
        if (seen.failure() == null && !entry.overtaken(seen)) {
            RecordedDigest now = RecordedDigest.of(update);
            RecordedDigest last = entry.last(seen.image());
            boolean known = now.sameImage(entry.baseline());
            boolean news = entry.step().setLastCheck(now, by);
            news |= entry.clearPending();
            news |= entry.setBaseline(now, known ? entry.baselineBuild() : by.build(), seen.at());
            sighted(entry, seen, last, news);
        }
        return update;
    }

    /** A build has succeeded that saw these images by the step. */
    public void succeeded(Collection<ImageUpdate> seen, int build) {
        for (ImageUpdate update : seen) {
            modified |= update.digest() != null
                    && entry(update.id()).step().setLastSuccess(RecordedDigest.of(update), build);
        }
    }

    /** Which downstream jobs were started for what. */
    public DownstreamLedger downstream() {
        return new DownstreamLedger(images, () -> modified = true);
    }

    /** {@link WatchedImage#id} of every image with an entry. */
    public Set<String> ids() {
        return Set.copyOf(images.keySet());
    }

    /** What is known of every image, for pages. */
    public List<WatchedState> states() {
        return images.entrySet().stream()
                .map(entry -> WatchedState.of(WatchedImage.ofId(entry.getKey()), entry.getValue()))
                .toList();
    }
}
