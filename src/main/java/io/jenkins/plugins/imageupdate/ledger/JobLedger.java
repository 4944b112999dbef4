package io.jenkins.plugins.imageupdate.ledger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.Counted;
import io.jenkins.plugins.imageupdate.check.KnownDigests;
import io.jenkins.plugins.imageupdate.check.RanDigests;
import io.jenkins.plugins.imageupdate.check.SeenDigests;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.Uptime;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What one job knows of its images: the digests that it was built for, pending updates, and failing checks. An update goes observed →
 * pending → baseline. Each step is on disk before the next one, so a crash loses nothing and repeats nothing that started. Not thread-safe:
 * {@link LedgerFile} gives it to one thread at a time.
 */
public final class JobLedger {
    /** How long the ledger remembers an image after it is not watched any more, and that builds never checked. */
    static final Duration KEPT = Duration.ofDays(30);

    /** How many images it remembers that builds have checked and may check again, such as those that a parameter names. */
    static final int MOST_UNWATCHED = 1_000;

    private static final Comparator<WatchedImage> BY_ID = Comparator.comparing(WatchedImage::id);

    /** True until the first check after the file was lost. An image that is seen for the first time then does not start a build. */
    private boolean recovered;

    /** {@link Uptime.Saved#id} of the count that the ages of digests are measured with. Null if none is measured. */
    private String uptime;

    private final SortedMap<WatchedImage, LedgerEntry> images = new TreeMap<>(BY_ID);

    /** Returns an empty ledger that replaces a lost one. */
    public static JobLedger recovered() {
        JobLedger ledger = new JobLedger();
        ledger.recovered = true;
        return ledger;
    }

    /** Reads a ledger. Orders of another process are dropped. */
    public static JobLedger of(LedgerFormat.Content content) {
        JobLedger ledger = new JobLedger();
        ledger.recovered = content.recovered();
        ledger.uptime = content.uptime();
        for (LedgerEntry.Content written : content.images()) {
            LedgerEntry entry = new LedgerEntry(written);
            if (!Sighting.PROCESS.equals(content.process())) {
                entry.setOrder(0);
            }
            ledger.images.put(entry.image(), entry);
        }
        return ledger;
    }

    /** Returns the content to write. */
    public LedgerFormat.Content content() {
        return new LedgerFormat.Content(
                LedgerFormat.VERSION,
                recovered,
                Sighting.PROCESS,
                uptime,
                images.values().stream().map(LedgerEntry::content).toList());
    }

    /** Returns a copy that later changes of this ledger do not reach. */
    public JobLedger copy() {
        JobLedger copy = new JobLedger();
        copy.recovered = recovered;
        copy.uptime = uptime;
        copy.images.putAll(images);
        copy.images.replaceAll((image, entry) -> entry.copy());
        return copy;
    }

    private LedgerEntry entry(WatchedImage image) {
        return images.computeIfAbsent(image.identity(), LedgerEntry::new);
    }

    @CheckForNull
    private LedgerEntry find(WatchedImage image) {
        return images.get(image.identity());
    }

    /** Returns what the trigger last saw of an image, for the registry client; null if it is new. */
    @CheckForNull
    public ResolvedImage known(WatchedImage image) {
        LedgerEntry entry = find(image);
        TagSet last = entry == null ? null : entry.pending() == null ? entry.baselineTags() : entry.pendingTags();
        TagDigest newest = last == null ? null : last.newest();
        TagDigest present = entry == null ? newest : entry.seen().present(null).orElse(newest);
        return present == null ? null : present.toResolved();
    }

    /** Returns what a check of the trigger needs to know to decide whether digests are old enough. */
    public KnownDigests knownDigests(WatchedImage image) {
        LedgerEntry entry = find(image);
        return entry == null ? KnownDigests.NONE : new KnownDigests(seen(entry), entry.counted(image));
    }

    /** Returns what a check compares with the tag of what a build really ran; null if that does not matter now. */
    @CheckForNull
    public RanDigests compared(WatchedImage image, @CheckForNull RanDigests ran) {
        LedgerEntry entry = find(image);
        return ran == null || entry == null ? ran : entry.compared(ran);
    }

    /** As {@link #knownDigests(WatchedImage)}, for a check by the step. */
    public KnownDigests knownDigests(WatchedImage image, Since since, StepRun by) {
        LedgerEntry entry = find(image);
        return entry == null
                ? KnownDigests.NONE
                : new KnownDigests(seen(entry), stepCounted(image, entry.step().baseline(since, by)));
    }

    /** The digests of an entry, with ages that can be compared with the present uptime. */
    private SeenDigests seen(LedgerEntry entry) {
        Uptime.Saved now = Uptime.now();
        return now.id().equals(uptime) ? entry.seen() : entry.seen().since(now.seconds());
    }

    private static List<TagSet> stepCounted(WatchedImage image, @CheckForNull TagSet recorded) {
        TagSet baseline = baseline(image, recorded);
        return baseline == null ? List.of() : List.of(baseline);
    }

    /** Returns what the step compares with: a pinned reference with its pin. */
    @CheckForNull
    private static TagSet baseline(WatchedImage image, @CheckForNull TagSet recorded) {
        TagSet pin = TagSet.pin(image);
        return pin == null ? recorded : pin;
    }

    /** Adds what a sighting saw to the digests of its image. Ages that were measured with another count of the uptime begin anew. */
    private void see(LedgerEntry entry, Sighting seen) {
        String count = Uptime.now().id();
        if (uptime != null && !uptime.equals(count)) {
            images.values().forEach(one -> one.setSeen(one.seen().since(seen.uptime())));
            uptime = count;
        }
        entry.see(seen);
        if (!entry.seen().isEmpty()) {
            uptime = count;
        }
    }

    /**
     * Takes over the digests that another job on this controller has seen of an image, so that they need not get old again. To be called after
     * {@link #observe} of the first sighting of the image. They count from the next check on, which asks whether the registry has them still.
     *
     * @param others of the other job's ledger, as {@link #knownDigests} returns them
     */
    public void takeOver(Sighting first, SeenDigests others) {
        LedgerEntry entry = entry(first.image());
        if (!others.isEmpty() && entry.counted(first.image()).isEmpty()) {
            entry.setSeen(others.forAnotherJob().with(first, any -> false, false));
        }
    }

    /**
     * Lets the present digests of an image count at the next check, although they are too young.
     *
     * @return whether the ledger remembers any
     */
    public boolean release(WatchedImage image) {
        LedgerEntry entry = find(image);
        if (entry == null || entry.seen().isEmpty()) {
            return false;
        }
        entry.setSeen(entry.seen().released());
        return true;
    }

    /** Returns the tags that a policy chose for the trigger, each once; empty if it never did. */
    public List<String> knownTags(WatchedImage image) {
        LedgerEntry entry = find(image);
        return entry == null ? List.of() : tags(entry.pendingTags(), entry.baselineTags());
    }

    /** As {@link #knownTags(WatchedImage)}, for a check by the step. */
    public List<String> knownTags(WatchedImage image, Since since, StepRun by) {
        LedgerEntry entry = find(image);
        return entry == null ? List.of() : tags(entry.step().baseline(since, by));
    }

    private static List<String> tags(TagSet... recorded) {
        return Arrays.stream(recorded)
                .filter(Objects::nonNull)
                .flatMap(one -> one.tags().stream())
                .map(TagDigest::tag)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /**
     * Records what the trigger saw. A change becomes pending; a further change replaces the pending one. A pinned
     * reference starts with its pin as baseline.
     *
     * @param buildOnFirstCheck whether an image that is seen for the first time counts as changed
     * @param nextBuild number of the job's next build
     */
    public CheckResult observe(Sighting seen, boolean buildOnFirstCheck, int nextBuild) {
        LedgerEntry entry = entry(seen.image());
        entry.setFailure(seen.failure(), seen.at());
        if (seen.failure() != null) {
            TagSet baseline = entry.baselineOf(seen.image());
            // An image that waits for its first build existed too, so it can be gone.
            return CheckResult.compare(seen, baseline == null ? entry.pendingTags() : baseline);
        }
        see(entry, seen);
        entry.ran(seen, counted(entry, seen).tags());
        boolean buildNew = buildOnFirstCheck && !recovered && !entry.lost();
        return record(entry, counted(entry, seen), buildNew, nextBuild, entry.baselineBuild());
    }

    private static Counted counted(LedgerEntry entry, Sighting seen) {
        return Counted.of(seen, entry.seen(), entry.counted(seen.image()));
    }

    /**
     * Compares with the baseline, and records a change as pending.
     *
     * @param build number of the build that knows what is seen first, 0 for none
     */
    private static CheckResult record(LedgerEntry entry, Counted counted, boolean buildNew, int nextBuild, int build) {
        Sighting seen = counted.seen();
        TagSet tags = counted.tags();
        TagSet baseline = entry.baselineOf(seen.image());
        CheckResult result = CheckResult.compare(counted, baseline);
        if (tags == null || entry.overtaken(seen)) {
            return result;
        }
        TagSet last = entry.lastOf(seen.image());
        TagSet now = Objects.requireNonNull(result.now());
        boolean due = result.status() == CheckStatus.UPDATED || result.status() == CheckStatus.NEW && buildNew;
        if (due && baseline != null && entry.baseline() == null && seen.image().policy() != null) {
            // A pin. The identity of an image with a policy does not contain it.
            entry.setBaseline(baseline, 0, seen.at(), false);
        }
        LedgerEntry old = entry.copy();
        if (due && !waits(entry.pendingTags(), now, result, tags)) {
            entry.setPending(now, nextBuild, seen.at());
        } else if (!due && entry.pending() == null) {
            // Neither a tag that moved up in the place of another nor an index that moved for another platform is a
            // change.
            LedgerEntry.Baseline known = entry.baseline();
            entry.setBaseline(
                    now,
                    known == null ? build : known.build(),
                    known == null ? seen.at() : known.since(),
                    known != null && known.settled());
        }
        if (!entry.equals(old)) {
            entry.setOrder(seen.order());
            if (last != null && last.diff(tags).any()) {
                entry.countUpdate(seen.at());
            }
        }
        return result;
    }

    /** Returns whether the sighting is the same as the pending update, although tags at the end of the list differ. */
    private static boolean waits(@CheckForNull TagSet pending, TagSet now, CheckResult update, TagSet counting) {
        return pending != null
                && !now.sameAs(pending)
                && (update.isRecordedIn(pending) || !pending.diff(counting).any());
    }

    /**
     * Tells the ledger all images that the trigger or builds watch. Entries of other images are kept for {@link #KEPT}.
     *
     * @param identities {@link WatchedImage#identity} of each
     */
    public void watching(Set<WatchedImage> identities, Instant at) {
        images.forEach((image, entry) -> entry.setWatched(identities.contains(image), at));
        images.values().removeIf(entry -> !entry.checkedByStep() && entry.unwatchedFor(KEPT, at));
        images.values().stream()
                .filter(LedgerEntry::unwatched)
                .sorted(Comparator.comparing(LedgerEntry::unwatchedSince).reversed())
                .skip(MOST_UNWATCHED)
                .map(LedgerEntry::image)
                .toList()
                .forEach(images::remove);
        if (recovered) {
            identities.forEach(image -> entry(image).setLost());
            recovered = false;
        }
    }

    /** Returns the updates that no build has started for yet. */
    public List<CheckResult> pending() {
        List<CheckResult> pending = new ArrayList<>();
        images.forEach((image, entry) -> {
            TagSet waiting = entry.pendingTags();
            if (waiting != null) {
                pending.add(CheckResult.recorded(image, entry.baselineOf(image), waiting));
            }
        });
        return pending;
    }

    /** Whether an update is the baseline: a build has started for it, or a user refused it, and nothing was built for its image since. */
    boolean isBuilt(CheckResult update) {
        WatchedImage image = update.image();
        TagSet now = update.now();
        LedgerEntry entry = image == null ? null : find(image);
        return entry != null && now != null && now.sameAs(entry.baselineTags());
    }

    /**
     * Returns the lowest number that a build can have which was started for what is pending now.
     *
     * @param watched tells by its identity which images count
     */
    public int pendingNextBuild(Predicate<WatchedImage> watched) {
        return images.values().stream()
                .filter(entry -> watched.test(entry.image()))
                .map(LedgerEntry::pending)
                .filter(Objects::nonNull)
                .mapToInt(LedgerEntry.Pending::nextBuild)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /**
     * A build has started for these updates, so they become the baseline. Later updates stay pending.
     *
     * @param updates oldest first
     * @return whether that was not known yet
     */
    public boolean started(Collection<CheckResult> updates, int build, Instant at) {
        return settle(updates, build, at);
    }

    /** A user cancelled the queued build of these updates: they are done, without a build. */
    public void dismissed(Collection<CheckResult> updates, Instant at) {
        settle(updates, 0, at);
    }

    private boolean settle(Collection<CheckResult> updates, int build, Instant at) {
        boolean settled = false;
        Map<WatchedImage, List<CheckResult>> byImage = updates.stream()
                .filter(update -> update.image() != null && update.now() != null)
                .collect(Collectors.groupingBy(
                        update -> Objects.requireNonNull(update.image()).identity()));
        for (Map.Entry<WatchedImage, List<CheckResult>> image : byImage.entrySet()) {
            LedgerEntry entry = images.get(image.getKey());
            if (entry != null) {
                List<CheckResult> results = image.getValue();
                TagSet before = results.get(results.size() - 1).before();
                settled |= entry.settle(results.stream().map(CheckResult::now).toList(), before, build, at);
            }
        }
        return settled;
    }

    /** Restores the ledger after its file was lost. */
    public LedgerRecovery recovery() {
        return new LedgerRecovery(images, recovered);
    }

    /**
     * Records what a build of this job saw by the step; a pinned reference is compared with its pin. For the trigger it is a sighting like
     * its own: a change is pending until a build was started for it, or until a build that saw it succeeds.
     */
    public CheckResult check(Sighting seen, Since since, StepRun by) {
        if (seen.failure() != null) {
            LedgerEntry known = find(seen.image());
            TagSet recorded = known == null ? null : known.step().baseline(since, by);
            return CheckResult.compare(seen, baseline(seen.image(), recorded));
        }
        LedgerEntry entry = entry(seen.image());
        TagSet recorded = entry.step().baseline(since, by);
        see(entry, seen);
        Counted counted = Counted.of(seen, entry.seen(), stepCounted(seen.image(), recorded));
        CheckResult result = CheckResult.compare(counted, baseline(seen.image(), recorded));
        entry.setFailure(null, seen.at());
        if (!entry.overtaken(seen)) {
            if (counted.tags() != null) {
                entry.setStep(entry.step().withLastCheck(Objects.requireNonNull(result.now()), by));
            }
            record(entry, counted(entry, seen), false, by.build() + 1, by.build());
        }
        return result;
    }

    /** A build has succeeded that saw these images by the step: what it saw is settled, as if it had been started for it. */
    public void succeeded(Collection<CheckResult> seen, int build) {
        for (CheckResult result : seen) {
            WatchedImage image = result.image();
            TagSet now = result.now();
            if (image != null && now != null) {
                LedgerEntry entry = entry(image);
                entry.setStep(entry.step().withLastSuccess(now, build));
                entry.built(now, build);
            }
        }
    }

    /**
     * Forgets the numbers of builds that the job does not have: a user deleted them and set the number of the next build back. Otherwise the
     * new builds would count as older.
     *
     * @param nextBuild number of the job's next build
     */
    public void renumber(int nextBuild) {
        images.values().forEach(entry -> entry.renumber(nextBuild));
    }

    /** Which downstream jobs were started for which updates. */
    public DownstreamLedger downstream() {
        return new DownstreamLedger(images);
    }

    /** {@link WatchedImage#identity} of every image with an entry. */
    public Set<WatchedImage> images() {
        return Set.copyOf(images.keySet());
    }

    /** The state of all images, for pages. */
    public List<WatchedState> states() {
        return images.values().stream()
                .map(entry -> WatchedState.of(entry, new KnownDigests(seen(entry), entry.counted(entry.image()))))
                .toList();
    }

    /** Compares all that is written. */
    @Override
    public boolean equals(Object other) {
        return other instanceof JobLedger that
                && recovered == that.recovered
                && Objects.equals(uptime, that.uptime)
                && images.equals(that.images);
    }

    @Override
    public int hashCode() {
        return images.hashCode();
    }
}
