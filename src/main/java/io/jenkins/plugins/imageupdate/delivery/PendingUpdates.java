package io.jenkins.plugins.imageupdate.delivery;

import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.util.LogTaskListener;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.job.Builds;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import io.jenkins.plugins.imageupdate.job.JobLocks;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.job.QueueItems;
import io.jenkins.plugins.imageupdate.ledger.JobBuilds;
import io.jenkins.plugins.imageupdate.ledger.PendingBuilds;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** A job's queue and builds, for {@link PendingBuilds}. */
public final class PendingUpdates implements JobBuilds {
    private static final Logger LOGGER = Logger.getLogger(PendingUpdates.class.getName());

    /** How many builds are looked at for running ones. */
    private static final int MOST_RUNNING = 20;

    private static final JobLocks LOCKS = new JobLocks();

    private final Job<?, ?> job;

    /** What a build was queued for. */
    private List<ImageResult> queued = List.of();

    private PendingUpdates(Job<?, ?> job) {
        this.job = job;
    }

    /** To be called after a start of Jenkins: see {@link PendingBuilds#resume}. */
    public static void resume(Job<?, ?> job) throws IOException {
        synchronized (LOCKS.of(job)) {
            new PendingBuilds(LedgerStore.of(job), new PendingUpdates(job))
                    .resume(job.getNextBuildNumber(), Instant.now());
        }
    }

    /**
     * Queues a build for pending updates, and tells other plugins of them: see {@link PendingBuilds#queue}.
     *
     * @param watched {@link WatchedImage#identity} of the images that the job's trigger watches
     */
    public static boolean queue(Job<?, ?> job, Set<WatchedImage> watched) throws IOException {
        if (!job.isBuildable() || Jenkins.get().isTerminating()) {
            return false;
        }
        PendingUpdates builds = new PendingUpdates(job);
        synchronized (LOCKS.of(job)) {
            new PendingBuilds(LedgerStore.of(job), builds)
                    .queue(image -> watched.contains(image.identity()), Instant.now());
        }
        if (builds.queued.isEmpty()) {
            return false;
        }
        ImageUpdateListener.tell(job, builds.queued);
        return true;
    }

    /** To be called when a build has succeeded: see {@link PendingBuilds#withdrawSettled}. */
    static void withdrawSettled(Job<?, ?> job) throws IOException {
        synchronized (LOCKS.of(job)) {
            new PendingBuilds(LedgerStore.of(job), new PendingUpdates(job)).withdrawSettled();
        }
    }

    /** To be called before a build is deleted: see {@link PendingBuilds#recordStarts}. */
    static void recordStarts(Job<?, ?> job) throws IOException {
        synchronized (LOCKS.of(job)) {
            new PendingBuilds(LedgerStore.of(job), new PendingUpdates(job)).recordStarts(Instant.now());
        }
    }

    private record QueueItem(Queue.Item item, List<CheckResult> updates) implements Waiting {
        @Override
        public void withdraw(Predicate<CheckResult> settled) {
            List<Cause> others = item.getCauses().stream()
                    .filter(cause -> !(cause instanceof ImageUpdateCause own)
                            || own.upstream() != null
                            || !own.owed()
                            || !own.updates().stream().allMatch(settled))
                    .toList();
            if (others.size() < item.getCauses().size()) {
                ImageUpdateQueueListener.get().withdraw(item, others);
            }
        }
    }

    @Override
    public List<CheckResult> running() {
        return Builds.newestFirst(job)
                .limit(MOST_RUNNING)
                .filter(Run::isBuilding)
                .map(run -> run.getAction(CheckedImagesAction.class))
                .filter(Objects::nonNull)
                .flatMap(checked -> checked.results().stream())
                .toList();
    }

    @Override
    public List<QueueItem> waiting() {
        List<QueueItem> waiting = new ArrayList<>();
        for (Queue.Item item : QueueItems.of(job)) {
            List<CheckResult> updates = ImageUpdateCause.all(item.getCauses());
            if (!updates.isEmpty()) {
                waiting.add(new QueueItem(item, updates));
            }
        }
        return waiting;
    }

    @Override
    public List<CheckResult> leaving() {
        return ImageUpdateQueueListener.get().leaving(job);
    }

    @Override
    public List<Started> started(int first) throws IOException {
        Deque<Started> started = new ArrayDeque<>();
        Iterable<Run<?, ?>> since = Builds.newestFirst(job).takeWhile(run -> run.getNumber() >= first)::iterator;
        for (Run<?, ?> run : since) {
            List<CheckResult> updates = ImageUpdateCause.all(run.getCauses());
            if (!updates.isEmpty() && !ImageUpdateQueueListener.get().contains(run.getQueueId())) {
                // Its start could not be recorded, perhaps because the disk was full.
                run.save();
                started.addFirst(new Started(run.getNumber(), updates, downstream(run)));
            }
        }
        return new ArrayList<>(started);
    }

    private List<String> downstream(Run<?, ?> run) {
        return DownstreamJobs.ofTrigger(run, new LogTaskListener(LOGGER, Level.INFO))
                .find(DownstreamJobs.named(job))
                .stream()
                .map(Job::getFullName)
                .toList();
    }

    @Override
    public boolean schedule(List<CheckResult> updates, List<? extends Waiting> seen) {
        ImageUpdateCause cause = new ImageUpdateCause(
                updates.stream().map(ImageChangeCache::describe).toList());
        Queue.Item item = BuildQueue.add(job, List.of(cause));
        if (item == null) {
            LOGGER.warning(() -> "the queue refuses a build of " + job.getFullName()
                    + " for updated images; it is tried again at the next check");
            return false;
        }
        for (Waiting waiting : seen) {
            Queue.Item before = ((QueueItem) waiting).item();
            boolean joined = before.getId() == item.getId();
            boolean carries =
                    waiting.updates().stream().anyMatch(one -> updates.stream().anyMatch(one::sameDigest));
            if (carries && !joined && Queue.getInstance().getItem(before.getId()) instanceof Queue.LeftItem) {
                ImageUpdateQueueListener.get().withdraw(item, List.of());
                return false;
            }
        }
        queued = cause.getUpdates();
        return true;
    }
}
