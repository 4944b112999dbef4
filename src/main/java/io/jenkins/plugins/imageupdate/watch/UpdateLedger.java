package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one job knows of its images: what it was built for, what waits to be built, what keeps failing. An update goes observed →
 * pending → baseline, and each step is on disk before the next is taken, so that a crash loses nothing and repeats nothing that
 * started. Whoever holds a ledger keeps other threads from it and writes it when it was {@link #modified}.
 */
public final class UpdateLedger {
    private final Map<String, LedgerEntry> images = new TreeMap<>();

    /** Set where an unreadable file was put aside: what is seen first then is no reason to build. */
    private boolean recovered;

    private transient boolean modified;

    /** The classes of a ledger's XML by the names they have there, so that no class name gets into a file. */
    public static Map<String, Class<?>> persistentTypes() {
        return Map.of("image-updates", UpdateLedger.class, "image", LedgerEntry.class, "digest", RecordedDigest.class);
    }

    /** In place of one that could not be read. */
    public static UpdateLedger recovered() {
        UpdateLedger ledger = new UpdateLedger();
        ledger.recovered = true;
        ledger.modified = true;
        return ledger;
    }

    /** Whether anything was recorded since the last call. */
    public boolean modified() {
        boolean was = modified;
        modified = false;
        return was;
    }

    /** What the trigger last saw of an image, for the registry client; null if it is new. */
    @CheckForNull
    public ResolvedImage known(WatchedImage image) {
        LedgerEntry entry = images.get(image.id());
        RecordedDigest last = entry == null ? null : entry.pending() == null ? entry.baseline() : entry.pending();
        return last == null ? null : last.toResolved();
    }

    /**
     * Records what the trigger saw. A change becomes pending; one that is seen while another is pending takes its place. A pinned
     * reference starts with its pin as baseline.
     *
     * @param buildOnFirstCheck whether an image that is seen for the first time counts as changed
     * @param nextBuild number of the job's next build
     */
    public ImageUpdate observe(Observation seen, boolean buildOnFirstCheck, int nextBuild) {
        LedgerEntry entry = images.computeIfAbsent(seen.image().id(), id -> new LedgerEntry());
        modified |= entry.setFailure(seen.failure(), seen.at());
        RecordedDigest baseline = baseline(entry, seen.image());
        ResolvedImage resolved = seen.resolved();
        if (resolved == null) {
            // What waits for its first build was there too, so it can be gone.
            return ImageUpdate.compare(seen, baseline == null ? entry.pending() : baseline);
        }
        ImageUpdate update = ImageUpdate.compare(seen, baseline);
        RecordedDigest now = RecordedDigest.of(resolved);
        switch (update.status()) {
            case NEW -> {
                if (buildOnFirstCheck && !recovered) {
                    pend(entry, now, nextBuild, seen.at());
                } else {
                    modified |= entry.setBaseline(now, 0, seen.at());
                }
            }
            case UPDATED -> pend(entry, now, nextBuild, seen.at());
            // The index may have moved for another platform: kept, so that it is not fetched again.
            case UNCHANGED ->
                modified |= entry.pending() == null && entry.setBaseline(now, entry.baselineBuild(), seen.at());
            default -> throw new IllegalStateException("a digest was seen and the status is " + update.status());
        }
        return update;
    }

    @CheckForNull
    private static RecordedDigest baseline(LedgerEntry entry, WatchedImage image) {
        return entry.baseline() == null ? RecordedDigest.pin(image.reference()) : entry.baseline();
    }

    private void pend(LedgerEntry entry, RecordedDigest now, int nextBuild, Instant at) {
        RecordedDigest pending = entry.pending();
        if (now.equals(pending)) {
            return;
        }
        if (now.sameImage(pending)) {
            // Its index moved for another platform: still the update that a build may have been queued for.
            entry.setPending(now, entry.pendingNextBuild(), entry.pendingSince());
        } else {
            entry.setPending(now, nextBuild, at);
        }
        modified = true;
    }

    /** The updates that no build has started for yet. */
    public List<ImageUpdate> pending() {
        List<ImageUpdate> pending = new ArrayList<>();
        images.forEach((id, entry) -> {
            if (entry.pending() != null) {
                WatchedImage image = imageOf(id);
                pending.add(ImageUpdate.recorded(image, baseline(entry, image), entry.pending()));
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

    /** A build has started for these updates: they are the baseline now. What was seen after them stays pending. */
    public void started(Collection<ImageUpdate> updates, int build, Instant at) {
        settle(updates, build, at);
    }

    /** A user took these updates' build out of the queue: they are done, without a build. */
    public void dismissed(Collection<ImageUpdate> updates, Instant at) {
        settle(updates, 0, at);
    }

    /** Updates that no longer wait say nothing: a build that is replayed brings back what it was once started for. */
    private void settle(Collection<ImageUpdate> updates, int build, Instant at) {
        Map<String, List<RecordedDigest>> byImage = updates.stream()
                .filter(update -> update.digest() != null)
                .collect(Collectors.groupingBy(
                        ImageUpdate::id, Collectors.mapping(RecordedDigest::of, Collectors.toList())));
        byImage.forEach((id, digests) -> {
            LedgerEntry entry = images.get(id);
            RecordedDigest pending = entry == null ? null : entry.pending();
            if (pending == null) {
                return;
            }
            boolean settled = digests.stream().anyMatch(digest -> digest.sameImage(pending));
            if (settled) {
                entry.clearPending();
            }
            entry.setBaseline(settled ? pending : digests.get(digests.size() - 1), build, at);
            modified = true;
        });
    }

    /**
     * Records what a build of this job saw by the step; a pinned reference is compared with its pin. The build is then one that knows
     * this digest, so the trigger takes it as its baseline, and starts no other build for what was pending.
     */
    public ImageUpdate check(Observation seen, Since since, int build) {
        LedgerEntry entry = images.computeIfAbsent(seen.image().id(), id -> new LedgerEntry());
        RecordedDigest before = since == Since.LAST_SUCCESS ? entry.lastSuccess() : entry.lastCheck();
        RecordedDigest pin = RecordedDigest.pin(seen.image().reference());
        ImageUpdate update = ImageUpdate.compare(seen, pin == null ? before : pin);
        ResolvedImage resolved = seen.resolved();
        if (resolved != null) {
            RecordedDigest now = RecordedDigest.of(resolved);
            modified |= entry.setLastCheck(now);
            modified |= entry.pending() != null;
            entry.clearPending();
            boolean known = now.sameImage(entry.baseline());
            modified |= entry.setBaseline(now, known ? entry.baselineBuild() : build, seen.at());
        }
        return update;
    }

    /** A build has succeeded that saw these images by the step. */
    public void succeeded(Collection<ImageUpdate> seen, int build) {
        for (ImageUpdate update : seen) {
            if (update.digest() != null) {
                LedgerEntry entry = images.computeIfAbsent(update.id(), id -> new LedgerEntry());
                modified |= entry.setLastSuccess(RecordedDigest.of(update), build);
            }
        }
    }

    /** Whether a downstream job has been started for what this update came to. */
    public boolean hasStartedDownstream(ImageUpdate update, String job) {
        LedgerEntry entry = images.get(update.id());
        return entry != null && entry.startedDownstream(job, String.valueOf(update.effectiveDigest()));
    }

    /** A downstream job has been started for this update. */
    public void startedDownstream(ImageUpdate update, String job) {
        images.computeIfAbsent(update.id(), id -> new LedgerEntry())
                .startDownstream(job, String.valueOf(update.effectiveDigest()));
        modified = true;
    }

    /** {@link WatchedImage#id} of every image with an entry. */
    public Set<String> ids() {
        return Set.copyOf(images.keySet());
    }

    private static WatchedImage imageOf(String id) {
        String[] parts = id.split(" ", 2);
        return WatchedImage.parse(parts[0], parts.length == 2 ? parts[1] : null);
    }
}
