package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            new NamingThreadFactory(new DaemonThreadFactory(), "image update poller"));

    private final ExecutorService threads = new ImpersonatingExecutorService(pool, ACL.SYSTEM2);
    private final Map<Job<?, ?>, CompletableFuture<PollReport>> underWay = new ConcurrentHashMap<>();
    private final Map<Job<?, ?>, PollReport> reports = Collections.synchronizedMap(new WeakHashMap<>());

    public ImageUpdatePoller() {
        pool.allowCoreThreadTimeOut(true);
    }

    public static ImageUpdatePoller get() {
        return ExtensionList.lookupSingleton(ImageUpdatePoller.class);
    }

    /** Checks the images of a job's trigger soon; a check that is under way already is not begun again. Returns at once. */
    public CompletableFuture<PollReport> poll(Job<?, ?> job) {
        return poll(job, null);
    }

    /** As {@link #poll}, by the clock: an image that several jobs watch which are due in one minute is asked for once. */
    void tick(Job<?, ?> job) {
        poll(job, Instant.now().truncatedTo(ChronoUnit.MINUTES));
    }

    CompletableFuture<PollReport> poll(Job<?, ?> job, @CheckForNull Instant since) {
        CompletableFuture<PollReport> mine = new CompletableFuture<>();
        CompletableFuture<PollReport> before = underWay.putIfAbsent(job, mine);
        if (before != null) {
            return before.copy();
        }
        try {
            threads.execute(
                    () -> check(job, since).whenComplete((report, thrown) -> finish(job, mine, report, thrown)));
        } catch (RejectedExecutionException e) {
            // Jenkins ends.
            underWay.remove(job, mine);
            mine.completeExceptionally(e);
        }
        return mine.copy();
    }

    private CompletableFuture<PollReport> check(Job<?, ?> job, @CheckForNull Instant since) {
        try {
            return new JobPoll(job, this::execute, since).run();
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void finish(
            Job<?, ?> job,
            CompletableFuture<PollReport> mine,
            @CheckForNull PollReport report,
            @CheckForNull Throwable thrown) {
        underWay.remove(job, mine);
        if (thrown == null) {
            reports.put(job, report);
            mine.complete(report);
        } else {
            LOGGER.log(Level.WARNING, thrown, () -> "the images of " + job.getFullName() + " were not checked");
            mine.completeExceptionally(thrown);
        }
    }

    /** Soon, as Jenkins itself. What is asked for after Jenkins began to end is left for its next start. */
    void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Jenkins ends", e);
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

    /** Nothing is begun any more, and what is being written is ended: all else is pending, or seen again after the next start. */
    @Terminator
    public static void terminate() throws InterruptedException {
        ImageUpdatePoller poller =
                Jenkins.get().getExtensionList(ImageUpdatePoller.class).get(ImageUpdatePoller.class);
        if (poller != null) {
            poller.end();
        }
    }

    void end() throws InterruptedException {
        threads.shutdown();
        pool.getQueue().clear();
        if (!pool.awaitTermination(10, TimeUnit.SECONDS)) {
            LOGGER.warning("a check of images is still being recorded");
        }
    }

    /** Whether all of its threads are gone. */
    boolean ended() {
        return pool.isTerminated();
    }
}
