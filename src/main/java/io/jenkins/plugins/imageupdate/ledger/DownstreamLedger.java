package io.jenkins.plugins.imageupdate.ledger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which downstream jobs were started for which digests. A start is recorded on disk before it is made, and is waiting until a build of the
 * downstream job is known, so a crash neither loses nor repeats it.
 */
public final class DownstreamLedger {
    private final Map<WatchedImage, LedgerEntry> images;

    DownstreamLedger(Map<WatchedImage, LedgerEntry> images) {
        this.images = images;
    }

    /**
     * Claims the start of a downstream job.
     *
     * @param job full name of the downstream job
     * @param build number of the upstream build
     * @return the updates for which the job was not started before; the caller must start it for them
     */
    public List<CheckResult> claim(String job, Collection<CheckResult> updates, int build) {
        List<CheckResult> due = new ArrayList<>();
        for (CheckResult update : updates) {
            WatchedImage image = update.image();
            TagSet now = update.now();
            if (image != null && now != null && start(job, update) == null) {
                images.computeIfAbsent(image.identity(), LedgerEntry::new)
                        .putDownstream(job, new DownstreamStart(now, update.before(), build, true));
                due.add(update);
            }
        }
        return due;
    }

    /** Returns the start of the job for this update; null if it was not started for it. */
    @CheckForNull
    private DownstreamStart start(String job, CheckResult update) {
        WatchedImage image = update.image();
        LedgerEntry entry = image == null ? null : images.get(image.identity());
        DownstreamStart start = entry == null ? null : entry.downstream().get(job);
        return start != null && update.isRecordedIn(start.tags()) ? start : null;
    }

    /** A build of the downstream job has started for these updates, or a user cancelled it. */
    public void answered(String job, Collection<CheckResult> updates) {
        for (CheckResult update : updates) {
            DownstreamStart start = start(job, update);
            if (start != null && start.waiting()) {
                entry(update).putDownstream(job, start.answered());
            }
        }
    }

    private LedgerEntry entry(CheckResult update) {
        return images.get(Objects.requireNonNull(update.image()).identity());
    }

    /** Returns whether the job was started for all of these updates, and no start is waiting. */
    public boolean isAnswered(String job, Collection<CheckResult> updates) {
        return !updates.isEmpty()
                && updates.stream()
                        .map(update -> start(job, update))
                        .allMatch(start -> start != null && !start.waiting());
    }

    /** The job could not be started: the next build that sees these updates tries again. */
    public void release(String job, Collection<CheckResult> updates) {
        for (CheckResult update : updates) {
            if (start(job, update) != null) {
                entry(update).removeDownstream(job);
            }
        }
    }

    /** A downstream job was renamed. If it was started under its new name already, the start by the newer build counts. */
    public void renamed(String from, String to) {
        for (LedgerEntry entry : images.values()) {
            DownstreamStart start = entry.downstream().get(from);
            if (start != null) {
                DownstreamStart other = entry.downstream().get(to);
                entry.removeDownstream(from);
                entry.putDownstream(to, other != null && other.build() >= start.build() ? other : start);
            }
        }
    }

    /** Full names of all jobs that were ever started for an update. */
    public Set<String> jobs() {
        return images.values().stream()
                .flatMap(entry -> entry.downstream().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the claimed starts of which no build is known yet. */
    public List<WaitingDownstream> waiting() {
        Map<String, Map<Integer, List<CheckResult>>> found = new LinkedHashMap<>();
        images.forEach((image, entry) -> entry.downstream().forEach((job, start) -> {
            if (start.waiting()) {
                found.computeIfAbsent(job, name -> new LinkedHashMap<>())
                        .computeIfAbsent(start.build(), build -> new ArrayList<>())
                        .add(CheckResult.recorded(image, start.previous(), start.tags()));
            }
        }));
        List<WaitingDownstream> waiting = new ArrayList<>();
        found.forEach((job, builds) ->
                builds.forEach((build, updates) -> waiting.add(new WaitingDownstream(job, build, updates))));
        return waiting;
    }
}
