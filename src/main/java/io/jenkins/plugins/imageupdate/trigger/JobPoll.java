package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.delivery.ImageChangeCache;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateListener;
import io.jenkins.plugins.imageupdate.delivery.PendingUpdates;
import io.jenkins.plugins.imageupdate.delivery.WaitingDownstreamJobs;
import io.jenkins.plugins.imageupdate.job.CheckQueue;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import io.jenkins.plugins.imageupdate.watch.Observation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/** One check of one job's images: ask for all, write what was seen, then queue a build for what is pending. */
final class JobPoll {
    private static final Logger LOGGER = Logger.getLogger(JobPoll.class.getName());

    private final Job<?, ?> job;
    private final Executor executor;
    private final Instant since;
    private final Set<String> problems = new HashSet<>();

    /**
     * @param executor as Jenkins itself, for what may block and for what follows on the registries' answers
     * @param since answers that other jobs got from then on will do; null for none but new ones
     */
    JobPoll(Job<?, ?> job, Executor executor, @CheckForNull Instant since) {
        this.job = job;
        this.executor = executor;
        this.since = since;
    }

    /** Reads the ledger, and builds perhaps; waits for no registry. */
    CompletableFuture<PollReport> run() throws IOException {
        if (Jenkins.get().isQuietingDown() || trigger() == null || !job.isBuildable()) {
            return CompletableFuture.completedFuture(report(List.of(), false));
        }
        Map<String, ImageCheck> images = images();
        Map<String, Known> known = known(images);
        return CheckQueue.all(
                        images.values(), image -> known.get(image.image().id()).check(image, job, since), executor)
                .thenComposeAsync(
                        outcome -> {
                            problems.addAll(outcome.problems());
                            return finish(outcome.seen());
                        },
                        executor);
    }

    @CheckForNull
    private ImageUpdateTrigger trigger() {
        return ParameterizedJobMixIn.getTrigger(job, ImageUpdateTrigger.class);
    }

    private PollReport report(List<ImageUpdate> updates, boolean queued) {
        return new PollReport(Instant.now(), updates, List.copyOf(problems), queued);
    }

    private Map<String, ImageCheck> images() {
        ImageUpdateTrigger trigger = trigger();
        Map<String, ImageCheck> checks = new LinkedHashMap<>();
        if (trigger == null) {
            return checks;
        }
        if (trigger.getImages().isEmpty()) {
            CheckedImagesAction.ofLastBuild(job)
                    .forEach(check -> checks.putIfAbsent(check.image().id(), check));
        }
        for (TriggerImage image : trigger.getImages()) {
            try {
                ImageCheck check = image.toCheck();
                checks.putIfAbsent(check.image().id(), check);
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        return checks;
    }

    /** What the ledger knows of an image that a check can use. */
    private record Known(@CheckForNull ResolvedImage resolved, List<String> tags) {
        CompletableFuture<Observation> check(ImageCheck image, Job<?, ?> job, @CheckForNull Instant since) {
            return image.by(job, resolved, tags, since);
        }
    }

    /** Only where a platform is asked for, or a tag is to be chosen, the ledger is of use. */
    private Map<String, Known> known(Map<String, ImageCheck> checks) throws IOException {
        Map<String, Known> known = new HashMap<>();
        checks.keySet().forEach(id -> known.put(id, new Known(null, List.of())));
        boolean plain = checks.values().stream()
                .map(ImageCheck::image)
                .allMatch(image -> image.platform() == null && image.policy() == null);
        if (!plain) {
            LedgerStore.update(job, ledger -> {
                checks.forEach((id, check) ->
                        known.put(id, new Known(ledger.known(check.image()), ledger.knownTags(check.image()))));
                return known;
            });
        }
        return known;
    }

    /** Configuration may have changed while the registries were asked: what is watched now counts. */
    private CompletableFuture<PollReport> finish(List<Observation> seen) {
        ImageUpdateTrigger trigger = trigger();
        if (trigger == null || Jenkins.get().getItemByFullName(job.getFullName()) != job) {
            return CompletableFuture.completedFuture(report(List.of(), false));
        }
        Map<String, ImageCheck> images = images();
        Set<String> watched = images.keySet();
        List<Observation> counting =
                seen.stream().filter(one -> watched.contains(one.image().id())).toList();
        List<ImageUpdate> updates = new ArrayList<>();
        try {
            boolean due = record(trigger, counting, watched, updates);
            updates.forEach(update -> LOGGER.fine(() -> job.getFullName() + ": " + update.story()));
            return due
                    ? ImageChangeCache.ask(job, images, updates).thenApplyAsync(done -> queue(watched, updates), executor)
                    : CompletableFuture.completedFuture(report(updates, false));
        } catch (IOException e) {
            return CompletableFuture.completedFuture(notRecorded(updates, e));
        }
    }

    /** What is pending is on disk by now. */
    private PollReport queue(Set<String> watched, List<ImageUpdate> updates) {
        try {
            List<ImageUpdate> described =
                    updates.stream().map(ImageChangeCache::describe).toList();
            List<ImageResult> changed = described.stream()
                    .filter(ImageUpdate::changed)
                    .map(ImageResult::new)
                    .toList();
            if (!changed.isEmpty()) {
                ImageUpdateListener.tell(job, changed);
            }
            return report(described, PendingUpdates.queue(job, watched));
        } catch (IOException e) {
            return notRecorded(updates, e);
        }
    }

    private PollReport notRecorded(List<ImageUpdate> updates, IOException e) {
        LOGGER.log(Level.WARNING, e, () -> "what was seen for " + job.getFullName() + " cannot be recorded");
        problems.add(Messages.JobPoll_NotRecorded(e.getMessage()));
        return report(updates, false);
    }

    private record Due(boolean build, boolean downstream, boolean unwatched) {}

    /** @return whether anything is pending */
    private boolean record(
            ImageUpdateTrigger trigger, List<Observation> seen, Set<String> watched, List<ImageUpdate> updates)
            throws IOException {
        Due due = LedgerStore.update(job, ledger -> {
            seen.forEach(
                    one -> updates.add(ledger.observe(one, trigger.isBuildOnFirstCheck(), job.getNextBuildNumber())));
            boolean unwatched = !watched.containsAll(ledger.ids());
            if (!unwatched) {
                ledger.watching(watched, Instant.now());
            }
            return new Due(
                    ledger.pendingNextBuild() != Integer.MAX_VALUE,
                    !ledger.downstream().waiting().isEmpty(),
                    unwatched);
        });
        if (due.unwatched()) {
            Set<String> byAnybody = new HashSet<>(watched);
            CheckedImagesAction.ofLastBuild(job)
                    .forEach(check -> byAnybody.add(check.image().id()));
            LedgerStore.record(job, ledger -> {
                ledger.watching(byAnybody, Instant.now());
                return null;
            });
        }
        if (due.downstream()) {
            WaitingDownstreamJobs.resume(job);
        }
        return due.build();
    }

    /** {@link io.jenkins.plugins.imageupdate.watch.WatchedImage#id} of what a job's trigger watches. */
    static Set<String> watched(Job<?, ?> job) {
        return new JobPoll(job, Runnable::run, null).images().keySet();
    }
}
