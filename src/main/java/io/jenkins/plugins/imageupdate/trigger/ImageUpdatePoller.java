package io.jenkins.plugins.imageupdate.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;

/** The controller's one poller: takes jobs from the cron thread at once, and checks each of them once at a time. */
@Extension
public final class ImageUpdatePoller {
    private static final Logger LOGGER = Logger.getLogger(ImageUpdatePoller.class.getName());

    /** They read credentials and ledgers; nobody waits for a registry here. */
    private static final int THREADS = 8;

    private final ExecutorService threads = new ImpersonatingExecutorService(
            Executors.newFixedThreadPool(
                    THREADS, new NamingThreadFactory(new DaemonThreadFactory(), "image update poller")),
            ACL.SYSTEM2);

    private final Map<Job<?, ?>, CompletableFuture<PollReport>> underWay = new ConcurrentHashMap<>();
    private final Map<Job<?, ?>, PollReport> reports = Collections.synchronizedMap(new WeakHashMap<>());

    public static ImageUpdatePoller get() {
        return ExtensionList.lookupSingleton(ImageUpdatePoller.class);
    }

    /** Checks the images of a job's trigger soon; a check that is under way already is not begun again. Returns at once. */
    public CompletableFuture<PollReport> poll(Job<?, ?> job) {
        CompletableFuture<PollReport> mine = new CompletableFuture<>();
        CompletableFuture<PollReport> before = underWay.putIfAbsent(job, mine);
        if (before != null) {
            return before.copy();
        }
        threads.execute(() -> check(job).whenComplete((report, thrown) -> {
            underWay.remove(job);
            if (thrown == null) {
                reports.put(job, report);
                mine.complete(report);
            } else {
                LOGGER.log(Level.WARNING, thrown, () -> "the images of " + job.getFullName() + " were not checked");
                mine.completeExceptionally(thrown);
            }
        }));
        return mine.copy();
    }

    private CompletableFuture<PollReport> check(Job<?, ?> job) {
        try {
            return new JobPoll(job, threads).run();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whether a check of this job's images is under way. */
    public boolean polling(Job<?, ?> job) {
        return underWay.containsKey(job);
    }

    /** What the last check since the start of Jenkins said. */
    public Optional<PollReport> report(Job<?, ?> job) {
        return Optional.ofNullable(reports.get(job));
    }

    /** After a start of Jenkins: what was pending when it ended is queued again, what stayed in the queue by mistake is taken out. */
    void resume() {
        threads.execute(() -> {
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                PendingUpdates.resume(job);
            }
        });
    }
}
