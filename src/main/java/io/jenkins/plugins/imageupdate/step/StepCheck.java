package io.jenkins.plugins.imageupdate.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.ImageChange;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.TextList;
import io.jenkins.plugins.imageupdate.delivery.DownstreamJobs;
import io.jenkins.plugins.imageupdate.job.CheckQueue;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.job.ImageForm;
import io.jenkins.plugins.imageupdate.job.JobWatch;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.ledger.Since;
import io.jenkins.plugins.imageupdate.ledger.StepRun;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;

/** One run of the step: asks the registries for all images, records and logs the results, and starts the downstream jobs. */
final class StepCheck {
    private static final int MOST_DESCRIBED = 20;

    private final CheckImageUpdateStep parameters;
    private final Run<?, ?> run;
    private final FilePath workspace;
    private final TaskListener listener;
    private final Authentication authentication;
    private final StepRun by;
    private final CompletableFuture<CheckImageUpdateResult> result = new CompletableFuture<>();

    /**
     * @param workspace null if the step does not run in a workspace
     * @param authentication the user that the build runs as
     * @param node as in {@link StepRun}
     */
    StepCheck(
            CheckImageUpdateStep parameters,
            Run<?, ?> run,
            @CheckForNull FilePath workspace,
            TaskListener listener,
            Authentication authentication,
            @CheckForNull String node) {
        this.parameters = parameters;
        this.run = run;
        this.workspace = workspace;
        this.listener = listener;
        this.authentication = authentication;
        this.by = new StepRun(run.getNumber(), node);
    }

    /**
     * Blocks no thread while registries answer. Fails with an {@link AbortException} if the build should fail. After it was cancelled,
     * it neither records nor starts anything.
     */
    CompletableFuture<CheckImageUpdateResult> start() {
        // Files may be on an agent and credentials in a vault, so this may block.
        CompletableFuture.supplyAsync(this::begin, Computer.threadPoolForRemoting)
                .thenCompose(Function.identity())
                .whenComplete((value, thrown) -> {
                    if (thrown == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(RegistryException.unwrap(thrown));
                    }
                });
        return result;
    }

    private static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<CheckImageUpdateResult> begin() {
        try (ACLContext context = ACL.as2(authentication)) {
            refuseWrongParameters();
            List<StepImage> images = new StepImages(parameters, workspace, listener).find();
            return parameters.isPreview()
                    ? new StepPreview(run, authentication, listener, parameters.isFailOnError(), this::ended)
                            .show(images)
                    : ask(images)
                            .thenComposeAsync(this::record, Computer.threadPoolForRemoting)
                            .thenApplyAsync(this::finish, Computer.threadPoolForRemoting);
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private CompletableFuture<List<Seen>> ask(List<StepImage> images) throws IOException {
        JobWatch watch = JobWatch.of(run.getParent());
        List<ImageCheck> checks = images.stream()
                .filter(StepImage.ToCheck.class::isInstance)
                .map(image -> ((StepImage.ToCheck) image).check())
                .map(watch::byStep)
                .toList();
        Map<WatchedImage, ImageCheck.Known> known = known(checks);
        return CheckQueue.all(checks, check -> ask(check, known), Computer.threadPoolForRemoting)
                .thenApply(sightings -> seen(images, sightings));
    }

    /** Before anything is asked or recorded. */
    private void refuseWrongParameters() throws AbortException {
        parameters.since();
        parameters.requireMinimumAge();
        if (parameters.isPreview() && parameters.getTags() == null) {
            throw new AbortException(Messages.CheckImageUpdateStep_PreviewWithoutTags());
        }
        String unusable = ImageForm.unusableJob(run.getParent(), TextList.split(parameters.getDownstreamJobs()));
        if (unusable != null) {
            throw new AbortException(unusable);
        }
    }

    private Map<WatchedImage, ImageCheck.Known> known(Collection<ImageCheck> checks) throws IOException {
        Since since = parameters.since();
        return LedgerStore.read(run.getParent(), ledger -> {
            Map<WatchedImage, ImageCheck.Known> known = new HashMap<>();
            for (ImageCheck check : checks) {
                known.put(
                        check.image().identity(),
                        new ImageCheck.Known(
                                null,
                                ledger.knownTags(check.image(), since, by),
                                ledger.knownDigests(check.image(), since, by)));
            }
            return known;
        });
    }

    private CompletableFuture<Sighting> ask(ImageCheck check, Map<WatchedImage, ImageCheck.Known> known) {
        if (ended()) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        try (ACLContext context = ACL.as2(authentication)) {
            return check.by(run, known.get(check.image().identity()));
        }
    }

    /** In the order in which the images are named. */
    private static List<Seen> seen(List<StepImage> images, List<Sighting> sightings) {
        Map<WatchedImage, Sighting> byImage = new HashMap<>();
        sightings.forEach(one -> byImage.put(one.image(), one));
        return images.stream()
                .map(image -> new Seen(
                        image,
                        image instanceof StepImage.ToCheck toCheck
                                ? byImage.get(toCheck.check().image())
                                : null))
                .toList();
    }

    /** An image, and the registry's answer. The answer is null if the image could not be read. */
    private record Seen(StepImage image, @CheckForNull Sighting sighting) {}

    /** An image with its result. */
    private record Result(StepImage image, CheckResult update) {
        boolean readable() {
            return image instanceof StepImage.ToCheck;
        }
    }

    private CompletableFuture<List<Result>> record(List<Seen> seen) {
        try (ACLContext context = ACL.as2(authentication)) {
            requireRunning();
            Since since = parameters.since();
            return described(LedgerStore.change(
                    run.getParent(),
                    ledger -> seen.stream()
                            .map(one -> new Result(
                                    one.image(),
                                    one.image() instanceof StepImage.Unreadable unreadable
                                            ? unreadable.failure()
                                            : ledger.check(one.sighting(), since, by)))
                            .toList()));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Adds what changed to the first updates. Each takes a few more requests. */
    private CompletableFuture<List<Result>> described(List<Result> results) {
        List<CompletableFuture<Result>> described = new ArrayList<>();
        int left = MOST_DESCRIBED;
        for (Result result : results) {
            boolean ask = result.update().changed() && left-- > 0;
            described.add(
                    ask && result.image() instanceof StepImage.ToCheck toCheck
                            ? toCheck.check()
                                    .describe(run, result.update())
                                    .thenApply(update -> new Result(toCheck, update))
                            : CompletableFuture.completedFuture(result));
        }
        return all(described);
    }

    private CheckImageUpdateResult finish(List<Result> results) {
        try (ACLContext context = ACL.as2(authentication)) {
            requireRunning();
            List<CheckResult> readable = results.stream()
                    .filter(Result::readable)
                    .map(Result::update)
                    .toList();
            // If no image could be read, the images of earlier builds stay watched.
            if (!readable.isEmpty()) {
                CheckedImagesAction.record(
                        run, readable, parameters.getCredentialsId(), parameters.getTags(), parameters.getMinimumAge());
            }
            List<CheckResult> updates = results.stream().map(Result::update).toList();
            tellOrFail(updates);
            if (parameters.getDownstreamJobs() != null) {
                List<CheckResult> changed =
                        updates.stream().filter(CheckResult::changed).toList();
                new DownstreamJobs(run, listener, authentication).start(parameters.getDownstreamJobs(), changed);
            }
            return new CheckImageUpdateResult(updates);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** A build or step that was aborted meanwhile must not record or start anything. */
    private void requireRunning() throws AbortException {
        if (ended()) {
            throw new AbortException("the build has ended");
        }
    }

    private boolean ended() {
        return result.isCancelled() || !run.isLogUpdated();
    }

    private void tell(CheckResult update) {
        listener.getLogger().println(update.sentence());
        ImageChange change = update.change();
        if (change != null && change.compareLink() != null) {
            listener.getLogger().println("  " + change.compareLink());
        }
    }

    /** Tells each result once: in the log, or in the exception that Jenkins prints there. */
    private void tellOrFail(List<CheckResult> updates) throws AbortException {
        List<CheckResult> failed = updates.stream()
                .filter(update -> parameters.isFailOnError() && update.status() == CheckStatus.FAILED)
                .toList();
        updates.stream().filter(update -> !failed.contains(update)).forEach(this::tell);
        if (!failed.isEmpty()) {
            String sentences = failed.stream().map(CheckResult::sentence).collect(Collectors.joining(" "));
            throw new AbortException(
                    updates.size() == 1
                            ? sentences
                            : Messages.CheckImageUpdateStep_Failed(failed.size(), updates.size(), sentences));
        }
    }
}
