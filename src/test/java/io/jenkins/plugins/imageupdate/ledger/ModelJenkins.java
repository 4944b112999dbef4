package io.jenkins.plugins.imageupdate.ledger;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A model of a job's queue and builds, in memory and on disk. A crash discards the memory and continues from the disk. Each step after
 * which a crash can happen is a method.
 */
final class ModelJenkins implements JobBuilds {
    /** An item in the queue, or on its way out; its causes in the order in which they came. */
    static final class Item implements Waiting {
        final int id;
        final List<CheckResult> updates;
        final boolean forNothingElse;
        private final ModelJenkins jenkins;
        boolean cancelled;
        int build;

        Item(ModelJenkins jenkins, int id, List<CheckResult> updates, boolean forNothingElse) {
            this.jenkins = jenkins;
            this.id = id;
            this.updates = new ArrayList<>(updates);
            this.forNothingElse = forNothingElse;
        }

        Item copy() {
            return new Item(jenkins, id, updates, forNothingElse);
        }

        @Override
        public List<CheckResult> updates() {
            return List.copyOf(updates);
        }

        @Override
        public void withdraw(Predicate<CheckResult> settled) {
            List<CheckResult> left = updates.stream().filter(settled.negate()).toList();
            if (left.size() < updates.size()) {
                jenkins.queue.remove(id);
                if (!left.isEmpty() || !forNothingElse) {
                    jenkins.queue.put(id, new Item(jenkins, id, left, forNothingElse));
                }
            }
        }
    }

    final LedgerDisk ledger = new LedgerDisk();
    final Map<Integer, Item> queue = new LinkedHashMap<>();
    final Map<Integer, Item> leaving = new LinkedHashMap<>();

    /** By number. */
    final Map<Integer, List<CheckResult>> builds = new TreeMap<>();

    final Map<Integer, List<CheckResult>> buildsOnDisk = new TreeMap<>();
    /** What builds were started for that a user deleted. */
    final List<List<CheckResult>> deleted = new ArrayList<>();

    /** Digests without a build that a user took out of the queue, of which the ledger was told. */
    final Set<String> refused = new HashSet<>();

    /** Whether the queue that it started with was not compared with the ledger yet. */
    boolean held;

    private List<Item> queueOnDisk = List.of();
    private int ids;
    int nextBuild = 1;
    boolean disabled;

    /** What other threads do between two looks of the one that queues. */
    Runnable meanwhile = () -> {};

    /** What the running build has seen by the step. */
    List<CheckResult> running = List.of();

    @Override
    public List<CheckResult> running() {
        meanwhile.run();
        return running;
    }

    @Override
    public List<Item> waiting() {
        meanwhile.run();
        return queue.values().stream().filter(item -> !item.updates.isEmpty()).toList();
    }

    @Override
    public List<CheckResult> leaving() {
        meanwhile.run();
        return leaving.values().stream().flatMap(item -> item.updates.stream()).toList();
    }

    @Override
    public List<Started> started(int first) throws IOException {
        meanwhile.run();
        List<Started> started = new ArrayList<>();
        for (Map.Entry<Integer, List<CheckResult>> build : List.copyOf(builds.entrySet())) {
            boolean told = leaving.values().stream().noneMatch(item -> item.build == build.getKey());
            if (build.getKey() >= first && told && !build.getValue().isEmpty()) {
                save(build.getKey());
                started.add(new Started(build.getKey(), build.getValue(), List.of()));
            }
        }
        return started;
    }

    @Override
    public boolean schedule(List<CheckResult> updates, List<? extends Waiting> seen) {
        meanwhile.run();
        for (Waiting item : seen) {
            boolean carries =
                    item.updates().stream().anyMatch(one -> updates.stream().anyMatch(one::sameDigest));
            if (carries && !queue.containsKey(((Item) item).id)) {
                return false;
            }
        }
        put(updates, true);
        return true;
    }

    /** A job without parameters has one item in the queue: another one joins it. */
    void put(List<CheckResult> updates, boolean forNothingElse) {
        if (queue.isEmpty()) {
            queue.put(++ids, new Item(this, ids, updates, forNothingElse));
        } else {
            queue.replaceAll((id, item) -> {
                Item joined = new Item(this, id, item.updates, item.forNothingElse && forNothingElse);
                joined.updates.addAll(updates);
                return joined;
            });
        }
    }

    void saveQueue() {
        queueOnDisk = queue.values().stream().map(Item::copy).toList();
    }

    /** One step of one item on its way from the queue to its build, or to a user's answer. */
    void advance(Instant now) {
        if (leaving.isEmpty() && held) {
            return;
        }
        if (leaving.isEmpty()) {
            Iterator<Item> items = queue.values().iterator();
            if (items.hasNext()) {
                Item item = items.next();
                items.remove();
                leaving.put(item.id, item);
            }
            return;
        }
        Item item = leaving.values().iterator().next();
        if (!item.cancelled && item.build == 0) {
            item.build = nextBuild++;
            builds.put(item.build, item.updates());
        } else if (!item.cancelled && !buildsOnDisk.containsKey(item.build) && !ledger.full) {
            buildsOnDisk.put(item.build, item.updates());
        } else {
            tell(item, now);
        }
    }

    private void tell(Item item, Instant now) {
        try {
            if (!item.cancelled) {
                save(item.build);
            }
            ledger.change(known -> {
                known.renumber(nextBuild);
                if (item.cancelled) {
                    known.dismissed(item.updates, now);
                } else {
                    known.started(item.updates, item.build, now);
                }
                return null;
            });
            if (item.cancelled) {
                item.updates.stream()
                        .filter(update -> Stream.concat(buildsOnDisk.values().stream(), deleted.stream())
                                .noneMatch(built -> built.stream().anyMatch(update::sameDigest)))
                        .forEach(update -> refused.add(String.valueOf(update.digest())));
            }
        } catch (IOException e) {
            // The next check repairs it.
        }
        leaving.remove(item.id);
    }

    private void save(int build) throws IOException {
        if (ledger.full && !buildsOnDisk.containsKey(build)) {
            throw new IOException("No space left on device");
        }
        buildsOnDisk.put(build, builds.get(build));
    }

    /** A user takes an item out of the queue. @return what it was for */
    List<CheckResult> cancel() {
        List<CheckResult> updates = new ArrayList<>();
        for (Item item : List.copyOf(queue.values())) {
            item.cancelled = true;
            leaving.put(item.id, item);
            updates.addAll(item.updates);
        }
        queue.clear();
        return updates;
    }

    /** Jenkins empties the queue of a job that is disabled. */
    void disable() {
        disabled = true;
        queue.clear();
    }

    void crash() {
        held = true;
        ledger.restart();
        leaving.clear();
        queue.clear();
        running = List.of();
        queueOnDisk.forEach(item -> queue.put(item.id, item.copy()));
        builds.clear();
        builds.putAll(buildsOnDisk);
    }

    /** All builds are deleted, and the next one has the number 1. What was built stays known to the test. */
    void renumber() {
        deleted.addAll(builds.values());
        builds.clear();
        buildsOnDisk.clear();
        nextBuild = 1;
    }

    /** A build by a user, of which only its number matters here. */
    int build() {
        builds.put(nextBuild, List.of());
        buildsOnDisk.put(nextBuild, List.of());
        return nextBuild++;
    }
}
