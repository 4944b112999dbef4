package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.RanDigests;
import io.jenkins.plugins.imageupdate.check.SeenDigests;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.delivery.ImageChangeCache;
import io.jenkins.plugins.imageupdate.delivery.PendingUpdates;
import io.jenkins.plugins.imageupdate.delivery.WaitingDownstreamJobs;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.job.CheckQueue;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.job.JobWatch;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/** One check of a job's images: asks the registries, records the answers, then queues a build for pending updates. */
final class JobPoll {
    private static final Logger LOGGER = Logger.getLogger(JobPoll.class.getName());

    private final Job<?, ?> job;
    private final Instant since;
    private final Predicate<WatchedImage> which;
    private final Set<String> problems = new LinkedHashSet<>();

    /** The images that the job watches now. */
    private Set<WatchedImage> watching = Set.of();

    /**
     * @param since as in {@link ImageUpdatePoller#poll(Job, Instant)}
     * @param which the watched images that are checked
     */
    JobPoll(Job<?, ?> job, @CheckForNull Instant since, Predicate<WatchedImage> which) {
        this.job = job;
        this.since = since;
        this.which = which;
    }

    /** Reads the ledger and credentials. Does not wait for a registry. */
    CompletableFuture<PollReport> run() throws IOException {
        if (Jenkins.get().isQuietingDown() || trigger() == null || !job.isBuildable()) {
            return CompletableFuture.completedFuture(report(List.of(), false));
        }
        JobWatch watch = watch();
        Map<WatchedImage, ImageCheck> images = new LinkedHashMap<>(watch.byTrigger());
        images.keySet().removeIf(which.negate());
        Map<WatchedImage, ImageCheck.Known> known = known(images, watch.ran());
        return CheckQueue.all(
                        images.values(),
                        image -> image.by(job, known.get(image.image().identity()), since),
                        Background.get())
                .thenComposeAsync(this::finish, Background.get());
    }

    /** The report with the results of an earlier one for images that were left out and are still watched. */
    PollReport with(@CheckForNull PollReport earlier, PollReport report) {
        if (earlier == null) {
            return report;
        }
        Map<WatchedImage, CheckResult> all = new LinkedHashMap<>();
        for (CheckResult result : Stream.concat(earlier.images().stream(), report.images().stream())
                .toList()) {
            WatchedImage image = result.image();
            if (image != null && watching.contains(image.identity())) {
                all.put(image.identity(), result);
            }
        }
        return new PollReport(report.at(), List.copyOf(all.values()), report.problems(), report.queued());
    }

    @CheckForNull
    private ImageUpdateTrigger trigger() {
        return ParameterizedJobMixIn.getTrigger(job, ImageUpdateTrigger.class);
    }

    private JobWatch watch() {
        JobWatch watch = JobWatch.of(job);
        problems.addAll(watch.problems());
        return watch;
    }

    private PollReport report(List<CheckResult> updates, boolean queued) {
        return new PollReport(Instant.now(), updates, List.copyOf(problems), queued);
    }

    private Map<WatchedImage, ImageCheck.Known> known(
            Map<WatchedImage, ImageCheck> images, Map<WatchedImage, RanDigests> ran) throws IOException {
        return LedgerStore.read(job, ledger -> {
            Map<WatchedImage, ImageCheck.Known> known = new HashMap<>();
            images.forEach((image, check) -> known.put(
                    image,
                    new ImageCheck.Known(
                            ledger.known(check.image()),
                            ledger.knownTags(check.image()),
                            ledger.knownDigests(check.image()),
                            ledger.compared(image, ran.get(image)))));
            return known;
        });
    }

    /** The configuration may have changed while the registries were asked. Only images that are still watched count. */
    private CompletableFuture<PollReport> finish(List<Sighting> seen) {
        ImageUpdateTrigger trigger = trigger();
        if (trigger == null || Jenkins.get().getItemByFullName(job.getFullName()) != job) {
            return CompletableFuture.completedFuture(report(List.of(), false));
        }
        JobWatch watch = watch();
        Map<WatchedImage, ImageCheck> images = watch.byTrigger();
        watching = Set.copyOf(images.keySet());
        List<Sighting> counting = seen.stream()
                .filter(one -> images.containsKey(one.image().identity()))
                .toList();
        // Filled before the ledger is written: if the disk is full, the report shows them all the same.
        List<CheckResult> updates = new ArrayList<>();
        boolean due;
        try {
            Set<WatchedImage> watched = watched(watch);
            Map<WatchedImage, SeenDigests> others = OtherJobs.seen(job, counting);
            Due next = LedgerStore.change(job, ledger -> {
                for (Sighting one : counting) {
                    updates.add(ledger.observe(one, trigger.isBuildOnFirstCheck(), job.getNextBuildNumber()));
                    ledger.takeOver(one, others.getOrDefault(one.image().identity(), SeenDigests.NONE));
                }
                ledger.watching(watched, Instant.now());
                return new Due(
                        !ledger.pending().isEmpty(),
                        !ledger.downstream().waiting().isEmpty());
            });
            if (next.downstream()) {
                WaitingDownstreamJobs.resume(job);
            }
            due = next.build();
        } catch (IOException e) {
            return CompletableFuture.completedFuture(notRecorded(updates, e));
        }
        updates.forEach(update -> LOGGER.fine(() -> job.getFullName() + ": " + update.sentence()));
        return due
                ? ImageChangeCache.ask(job, images, updates)
                        .thenApplyAsync(done -> queue(images.keySet(), updates), Background.get())
                : CompletableFuture.completedFuture(report(updates, false));
    }

    /** Whether the job itself is to be built, and whether downstream jobs are to be started. */
    private record Due(boolean build, boolean downstream) {}

    /** The images of the trigger, and those of the builds if the ledger knows further images: builds may be read from disk. */
    private Set<WatchedImage> watched(JobWatch watch) throws IOException {
        Set<WatchedImage> watched = new HashSet<>(watch.byTrigger().keySet());
        if (!watched.containsAll(LedgerStore.read(job, JobLedger::images))) {
            watched.addAll(watch.all());
        }
        return watched;
    }

    /** The pending updates are on disk by now. */
    private PollReport queue(Set<WatchedImage> watched, List<CheckResult> updates) {
        List<CheckResult> described =
                updates.stream().map(ImageChangeCache::describe).toList();
        try {
            return report(described, PendingUpdates.queue(job, watched));
        } catch (IOException e) {
            return notRecorded(described, e);
        }
    }

    private PollReport notRecorded(List<CheckResult> updates, IOException e) {
        LOGGER.log(Level.WARNING, e, () -> "the answers for " + job.getFullName() + " cannot be recorded");
        problems.add(Messages.JobPoll_NotRecorded(e.getMessage()));
        return report(updates, false);
    }
}
