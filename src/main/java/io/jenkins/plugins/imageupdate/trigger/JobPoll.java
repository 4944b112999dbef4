package io.jenkins.plugins.imageupdate.trigger;

import hudson.model.Job;
import io.jenkins.plugins.imageupdate.config.ImageCheck;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import io.jenkins.plugins.imageupdate.watch.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/** One check of one job's images: ask for all, write what was seen, then queue a build for what is pending. */
final class JobPoll {
    private static final Logger LOGGER = Logger.getLogger(JobPoll.class.getName());

    private final Job<?, ?> job;
    private final Executor executor;
    private final List<String> problems = new ArrayList<>();

    /** @param executor as Jenkins itself, for what follows on the registries' answers */
    JobPoll(Job<?, ?> job, Executor executor) {
        this.job = job;
        this.executor = executor;
    }

    /** Reads credentials, so it may block; waits for no registry. */
    CompletableFuture<PollReport> run() {
        ImageUpdateTrigger trigger = ParameterizedJobMixIn.getTrigger(job, ImageUpdateTrigger.class);
        if (trigger == null || !job.isBuildable() || Jenkins.get().isQuietingDown()) {
            return CompletableFuture.completedFuture(new PollReport(Instant.now(), List.of(), List.of(), false));
        }
        List<ImageCheck> images = images(trigger);
        Map<String, ResolvedImage> known = known(images);
        List<CompletableFuture<Observation>> checks = images.stream()
                .map(image -> image.by(job, known.get(image.image().id())))
                .toList();
        return CompletableFuture.allOf(checks.toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        done -> finish(
                                trigger,
                                checks.stream().map(CompletableFuture::join).toList()),
                        executor);
    }

    private List<ImageCheck> images(ImageUpdateTrigger trigger) {
        if (trigger.getImages().isEmpty()) {
            return CheckedImages.ofLastBuild(job);
        }
        Map<String, ImageCheck> checks = new LinkedHashMap<>();
        for (TriggerImage image : trigger.getImages()) {
            try {
                ImageCheck check = image.toCheck();
                checks.putIfAbsent(check.image().id(), check);
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        return List.copyOf(checks.values());
    }

    private Map<String, ResolvedImage> known(List<ImageCheck> checks) {
        try {
            return UpdateLedgers.update(job, ledger -> {
                Map<String, ResolvedImage> known = new HashMap<>();
                for (ImageCheck check : checks) {
                    known.put(check.image().id(), ledger.known(check.image()));
                }
                return known;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PollReport finish(ImageUpdateTrigger trigger, List<Observation> seen) {
        try {
            List<ImageUpdate> updates = UpdateLedgers.update(
                    job,
                    ledger -> seen.stream()
                            .map(one -> ledger.observe(one, trigger.isBuildOnFirstCheck(), job.getNextBuildNumber()))
                            .toList());
            updates.forEach(update -> LOGGER.fine(() -> job.getFullName() + ": " + update.story()));
            return new PollReport(Instant.now(), updates, List.copyOf(problems), PendingUpdates.queue(job));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
