package io.jenkins.plugins.imageupdate.delivery;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Executor;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.QueueListener;
import hudson.model.queue.WorkUnit;
import hudson.model.queue.WorkUnitContext;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.job.QueueItems;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Remembers the queue items for updates that have left the queue until the ledger knows what became of them, so that they do not count
 * as missing. If a user cancels such an item, its updates are done. If the job is disabled, which cancels its items too, the updates
 * wait until it is enabled again.
 */
@Extension
public final class ImageUpdateQueueListener extends QueueListener {
    private final Map<Long, Queue.LeftItem> leaving = new ConcurrentHashMap<>();
    private final Set<Long> withdrawn = ConcurrentHashMap.newKeySet();

    public static ImageUpdateQueueListener get() {
        return ExtensionList.lookupSingleton(ImageUpdateQueueListener.class);
    }

    /** Runs with the queue's lock held, so it writes nothing. */
    @Override
    public void onLeft(Queue.LeftItem item) {
        if (!(item.task instanceof Job<?, ?> job)
                || ImageUpdateCause.of(item.getCauses()).isEmpty()) {
            return;
        }
        if (!item.isCancelled()) {
            leaving.put(item.getId(), item);
        } else if (!withdrawn.remove(item.getId()) && !Jenkins.get().isTerminating() && job.isBuildable()) {
            leaving.put(item.getId(), item);
            Background.get().record(() -> dismiss(job, item));
        }
    }

    private void dismiss(Job<?, ?> job, Queue.LeftItem item) {
        try {
            List<ImageUpdateCause> causes = ImageUpdateCause.of(item.getCauses());
            List<CheckResult> updates = ImageUpdateCause.all(causes);
            LedgerStore.record(job, ledger -> ledger.dismissed(updates, Instant.now()));
            DownstreamJobs.answered(job, causes);
        } finally {
            leaving.remove(item.getId());
        }
    }

    /**
     * Takes an item's updates out of the queue. This does not count as a user's cancellation.
     *
     * @param others the other causes of the item, with which it stays in the queue; empty to take the item out
     */
    void withdraw(Queue.Item item, List<Cause> others) {
        // An item is replaced by another object of the same id when it moves on in the queue.
        Queue.withLock(() -> {
            Queue.Item now = Queue.getInstance().getItem(item.getId());
            if (now == null || now instanceof Queue.LeftItem) {
                return;
            }
            if (!others.isEmpty()) {
                now.replaceAction(new CauseAction(others));
                return;
            }
            withdrawn.add(now.getId());
            if (!Queue.getInstance().cancel(now)) {
                withdrawn.remove(now.getId());
            }
        });
    }

    /** To be called when the build of an item has started and the ledger knows it. */
    void started(long queueId) {
        leaving.remove(queueId);
    }

    boolean contains(long queueId) {
        Queue.LeftItem item = leaving.get(queueId);
        return item != null && underWay(item);
    }

    /** The updates of the job's items that have left the queue, while the ledger does not know what became of them. */
    public List<CheckResult> leaving(Job<?, ?> job) {
        return causes(job).flatMap(cause -> cause.updates().stream()).toList();
    }

    Stream<ImageUpdateCause> causes(Job<?, ?> job) {
        leaving.values().removeIf(item -> !underWay(item));
        Stream<Queue.Item> beginning =
                workUnits().filter(unit -> unit.getExecutable() == null).map(unit -> unit.context.item);
        return Stream.concat(leaving.values().stream(), beginning)
                .filter(item -> QueueItems.isOf(item, job))
                .flatMap(item -> ImageUpdateCause.of(item.getCauses()).stream());
    }

    /** Whether an executor has the item. A reload of the configuration puts such an item into the queue again. */
    boolean begun(Queue.Item item) {
        return leaving.containsKey(item.getId())
                || workUnits().anyMatch(unit -> unit.context.item.getId() == item.getId());
    }

    private static Stream<WorkUnit> workUnits() {
        return Arrays.stream(Jenkins.get().getComputers())
                .flatMap(computer -> computer.getAllExecutors().stream())
                .map(Executor::getCurrentWorkUnit)
                .filter(Objects::nonNull);
    }

    /** An executor may die before it has made a build, for example because the disk is full. */
    private static boolean underWay(Queue.LeftItem item) {
        WorkUnitContext outcome = item.outcome;
        if (outcome == null) {
            return true;
        }
        Executor executor = outcome.getPrimaryWorkUnit().getExecutor();
        return !outcome.future.isDone() && executor != null && executor.isActive();
    }
}
