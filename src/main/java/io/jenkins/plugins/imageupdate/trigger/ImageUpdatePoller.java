package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.job.Background;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Checks the images of jobs' triggers in the background, each job once at a time. */
@Extension
public final class ImageUpdatePoller {
    private static final Logger LOGGER = Logger.getLogger(ImageUpdatePoller.class.getName());

    private final Supplier<Background> background;
    private final Map<Job<?, ?>, CompletableFuture<PollReport>> underWay = new ConcurrentHashMap<>();
    private final Map<Job<?, ?>, PollReport> reports = Collections.synchronizedMap(new WeakHashMap<>());

    public ImageUpdatePoller() {
        this(Background::get);
    }

    ImageUpdatePoller(Supplier<Background> background) {
        this.background = background;
    }

    public static ImageUpdatePoller get() {
        return ExtensionList.lookupSingleton(ImageUpdatePoller.class);
    }

    /** Checks the images of a job's trigger soon. Joins a check that is running already. Returns at once. */
    public CompletableFuture<PollReport> poll(Job<?, ?> job) {
        return poll(job, null);
    }

    /**
     * As {@link #poll(Job)}.
     *
     * @param since an answer that another job got since then is good enough; null to ask every registry
     */
    CompletableFuture<PollReport> poll(Job<?, ?> job, @CheckForNull Instant since) {
        CompletableFuture<PollReport> mine = new CompletableFuture<>();
        CompletableFuture<PollReport> before = underWay.putIfAbsent(job, mine);
        if (before != null) {
            return before.copy();
        }
        boolean started = background
                .get()
                .offer(() -> check(job, since).whenComplete((report, thrown) -> finish(job, mine, report, thrown)));
        if (!started) {
            underWay.remove(job, mine);
            mine.completeExceptionally(new RejectedExecutionException("Jenkins is shutting down"));
        }
        return mine.copy();
    }

    private CompletableFuture<PollReport> check(Job<?, ?> job, @CheckForNull Instant since) {
        try {
            return new JobPoll(job, since).run();
        } catch (IOException | RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Ends the checks whose next step will not begin, since the background's threads have ended. */
    @Terminator(requires = Background.ENDED)
    public static void terminate() {
        ImageUpdatePoller poller =
                Jenkins.get().getExtensionList(ImageUpdatePoller.class).get(ImageUpdatePoller.class);
        if (poller != null) {
            poller.end();
        }
    }

    void end() {
        underWay.values()
                .forEach(check -> check.completeExceptionally(new CancellationException("Jenkins is shutting down")));
        underWay.clear();
    }

    private void finish(
            Job<?, ?> job,
            CompletableFuture<PollReport> mine,
            @CheckForNull PollReport report,
            @CheckForNull Throwable thrown) {
        underWay.remove(job, mine);
        if (thrown == null) {
            if (!report.empty()) {
                reports.put(job, report);
            }
            mine.complete(report);
        } else {
            LOGGER.log(Level.WARNING, thrown, () -> "the images of " + job.getFullName() + " were not checked");
            mine.completeExceptionally(thrown);
        }
    }

    /** Whether a check of this job's images is running. */
    public boolean polling(Job<?, ?> job) {
        return underWay.containsKey(job);
    }

    /** The report of the last check since Jenkins started. A schedule that finds the job disabled does not replace it. */
    public Optional<PollReport> report(Job<?, ?> job) {
        return Optional.ofNullable(reports.get(job));
    }
}
