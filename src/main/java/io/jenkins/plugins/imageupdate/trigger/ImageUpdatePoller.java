package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.job.Background;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Checks the images of jobs' triggers in the background, each job once at a time. */
@Extension
public final class ImageUpdatePoller {
    private static final Logger LOGGER = Logger.getLogger(ImageUpdatePoller.class.getName());

    private final Supplier<Background> background;
    private final Map<Job<?, ?>, Running> underWay = new ConcurrentHashMap<>();

    /** What events ask for, until no check of the job is running. */
    private final Map<Job<?, ?>, Wanted> wanted = new ConcurrentHashMap<>();

    private final Reconciliation reconciliation = new Reconciliation();
    private final Map<Job<?, ?>, PollReport> reports = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param only the images that are checked, null for all images of the job */
    private record Running(
            CompletableFuture<PollReport> report,
            @CheckForNull Set<WatchedImage> only) {}

    /** @param since when the last one was asked for */
    private record Wanted(Set<WatchedImage> images, Instant since) {
        Wanted and(Wanted more) {
            Set<WatchedImage> all = new HashSet<>(images);
            all.addAll(more.images);
            return new Wanted(all, since.isBefore(more.since) ? more.since : since);
        }
    }

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
        Running mine = new Running(new CompletableFuture<>(), null);
        Running before = underWay.putIfAbsent(job, mine);
        if (before == null) {
            start(job, since, mine);
            return mine.report.copy();
        }
        return before.only == null
                ? before.report.copy()
                : before.report.handle((report, thrown) -> null).thenCompose(ended -> poll(job, since));
    }

    /**
     * Checks some of a job's images soon, since a push event names them. If a check of the job is running, which may have asked the registry
     * before the push, they are checked after it. Returns at once.
     *
     * @param images by their identity
     * @param since when the event came: an answer that another job got since then is good enough
     */
    public void check(Job<?, ?> job, Set<WatchedImage> images, Instant since) {
        wanted.merge(job, new Wanted(images, since), Wanted::and);
        checkWanted(job);
    }

    private void checkWanted(Job<?, ?> job) {
        while (!underWay.containsKey(job)) {
            Wanted next = wanted.remove(job);
            if (next == null) {
                return;
            }
            Running mine = new Running(new CompletableFuture<>(), next.images);
            if (underWay.putIfAbsent(job, mine) == null) {
                start(job, next.since, mine);
                return;
            }
            wanted.merge(job, next, Wanted::and);
        }
    }

    private void start(Job<?, ?> job, @CheckForNull Instant since, Running mine) {
        JobPoll poll = new JobPoll(job, since, which(job, since, mine));
        boolean started = background
                .get()
                .offer(() -> run(poll).whenComplete((report, thrown) -> finish(job, mine, poll, report, thrown)));
        if (!started) {
            underWay.remove(job, mine);
            mine.report.completeExceptionally(new RejectedExecutionException("Jenkins is shutting down"));
        }
    }

    /** Only a schedule shares answers of a time without naming images, and leaves images out. */
    private Predicate<WatchedImage> which(Job<?, ?> job, @CheckForNull Instant since, Running mine) {
        if (mine.only != null) {
            return mine.only::contains;
        }
        return since == null ? image -> true : image -> reconciliation.due(job, image, Instant.now());
    }

    private static CompletableFuture<PollReport> run(JobPoll poll) {
        try {
            return poll.run();
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
        wanted.clear();
        underWay.values()
                .forEach(check ->
                        check.report.completeExceptionally(new CancellationException("Jenkins is shutting down")));
        underWay.clear();
    }

    private void finish(
            Job<?, ?> job,
            Running mine,
            JobPoll poll,
            @CheckForNull PollReport report,
            @CheckForNull Throwable thrown) {
        underWay.remove(job, mine);
        if (thrown == null) {
            if (!report.empty()) {
                reports.compute(job, (same, earlier) -> poll.with(earlier, report));
                reconciliation.note(job, report);
            }
            mine.report.complete(report);
        } else {
            LOGGER.log(Level.WARNING, thrown, () -> "the images of " + job.getFullName() + " were not checked");
            mine.report.completeExceptionally(thrown);
        }
        checkWanted(job);
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
