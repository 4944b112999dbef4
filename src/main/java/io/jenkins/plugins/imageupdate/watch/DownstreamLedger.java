package io.jenkins.plugins.imageupdate.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which downstream jobs were started for which digests, as the entries of a ledger have it. A start is claimed on disk before it is
 * made, and waits until a build of the downstream job is known, so that a crash neither loses nor repeats it.
 */
public final class DownstreamLedger {
    private final Map<String, LedgerEntry> images;
    private final Runnable changed;

    DownstreamLedger(Map<String, LedgerEntry> images, Runnable changed) {
        this.images = images;
        this.changed = changed;
    }

    /**
     * @param job full name of the downstream job
     * @param build number of the upstream build
     * @return those updates for whose digests the job was not started yet: it is to be started for them now
     */
    public List<ImageUpdate> claim(String job, Collection<ImageUpdate> updates, int build) {
        List<ImageUpdate> due = new ArrayList<>();
        for (ImageUpdate update : updates) {
            if (update.digest() == null || is(job, update)) {
                continue;
            }
            images.computeIfAbsent(update.id(), id -> new LedgerEntry())
                    .putDownstream(
                            job, new DownstreamStart(RecordedDigest.of(update), RecordedDigest.before(update), build));
            due.add(update);
            changed.run();
        }
        return due;
    }

    private boolean is(String job, ImageUpdate update) {
        LedgerEntry entry = images.get(update.id());
        DownstreamStart start = entry == null ? null : entry.downstream().get(job);
        return start != null && start.digest().has(update);
    }

    /** A build of the downstream job has started for these updates, or a user refused it. */
    public void answered(String job, Collection<ImageUpdate> updates) {
        for (ImageUpdate update : updates) {
            if (update.digest() != null && is(job, update)) {
                DownstreamStart start = images.get(update.id()).downstream().get(job);
                if (start.waiting()) {
                    start.answered();
                    changed.run();
                }
            }
        }
    }

    /** Whether the job was started for all of these, and none waits. */
    public boolean isAnswered(String job, Collection<ImageUpdate> updates) {
        return !updates.isEmpty()
                && updates.stream()
                        .allMatch(update -> update.digest() != null
                                && is(job, update)
                                && !images.get(update.id())
                                        .downstream()
                                        .get(job)
                                        .waiting());
    }

    /** The job cannot be started after all: the next build that sees these updates tries again. */
    public void release(String job, Collection<ImageUpdate> updates) {
        for (ImageUpdate update : updates) {
            if (update.digest() != null && is(job, update)) {
                images.get(update.id()).removeDownstream(job);
                changed.run();
            }
        }
    }

    /** A downstream job has another name now. */
    public void renamed(String from, String to) {
        for (LedgerEntry entry : images.values()) {
            DownstreamStart start = entry.downstream().get(from);
            if (start != null) {
                entry.removeDownstream(from);
                entry.putDownstream(to, start);
                changed.run();
            }
        }
    }

    /** Full names of every job that was ever started for an update. */
    public Set<String> jobs() {
        return images.values().stream()
                .flatMap(entry -> entry.downstream().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What was claimed and of which no build is known yet. */
    public List<WaitingDownstream> waiting() {
        Map<String, Map<Integer, List<ImageUpdate>>> found = new LinkedHashMap<>();
        images.forEach((id, entry) -> entry.downstream().forEach((job, start) -> {
            if (start.waiting()) {
                found.computeIfAbsent(job, name -> new LinkedHashMap<>())
                        .computeIfAbsent(start.build(), build -> new ArrayList<>())
                        .add(ImageUpdate.recorded(WatchedImage.ofId(id), start.previous(), start.digest()));
            }
        }));
        List<WaitingDownstream> waiting = new ArrayList<>();
        found.forEach((job, builds) ->
                builds.forEach((build, updates) -> waiting.add(new WaitingDownstream(job, build, updates))));
        return waiting;
    }
}
