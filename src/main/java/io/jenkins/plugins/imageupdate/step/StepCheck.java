package io.jenkins.plugins.imageupdate.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.config.TextList;
import io.jenkins.plugins.imageupdate.delivery.DownstreamJobs;
import io.jenkins.plugins.imageupdate.job.CheckQueue;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.job.ImageForm;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.watch.ImageChange;
import io.jenkins.plugins.imageupdate.watch.ImageStatus;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import io.jenkins.plugins.imageupdate.watch.Observation;
import io.jenkins.plugins.imageupdate.watch.Since;
import io.jenkins.plugins.imageupdate.watch.StepRun;
import io.jenkins.plugins.imageupdate.watch.WatchedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;

/** What a build does when it checks images: ask for all, record and tell what was seen, start the downstream jobs. */
final class StepCheck {
    private static final int MOST_DESCRIBED = 20;

    private final CheckImageUpdateStep parameters;
    private final Run<?, ?> run;
    private final FilePath workspace;
    private final TaskListener listener;
    private final Authentication authentication;
    private final StepRun by;
    private final List<ImageUpdate> unreadable = new CopyOnWriteArrayList<>();
    private final CompletableFuture<CheckImageUpdateResult> result = new CompletableFuture<>();

    /**
     * @param workspace null outside of one
     * @param authentication whom the build runs as
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
     * Holds no thread while registries answer. Fails with an {@link AbortException} where the build is to fail. When it is cancelled,
     * nothing is recorded or started any more.
     */
    CompletableFuture<CheckImageUpdateResult> start() {
        // Files may be on an agent and credentials in a vault: finding the images is nothing for the caller's thread.
        CompletableFuture.supplyAsync(this::ask, Computer.threadPoolForRemoting)
                .thenCompose(Function.identity())
                .thenComposeAsync(this::record, Computer.threadPoolForRemoting)
                .thenApplyAsync(this::finish, Computer.threadPoolForRemoting)
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

    private CompletableFuture<List<Seen>> ask() {
        try (ACLContext context = ACL.as2(authentication)) {
            refuseWrongParameters();
            Collection<StepImages.Source> sources = new StepImages(parameters, workspace, listener).images();
            List<ImageCheck> checks = sources.stream()
                    .map(StepImages.Source::check)
                    .filter(Objects::nonNull)
                    .toList();
            Map<String, List<String>> knownTags = knownTags(checks);
            return CheckQueue.all(checks, check -> ask(check, knownTags), Computer.threadPoolForRemoting)
                    .thenApply(outcome -> seen(sources, outcome));
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** Before anything is asked or recorded. */
    private void refuseWrongParameters() throws AbortException {
        parameters.since();
        String unusable = ImageForm.unusableJob(run.getParent(), TextList.split(parameters.getDownstreamJobs()));
        if (unusable != null) {
            throw new AbortException(unusable);
        }
    }

    private Map<String, List<String>> knownTags(Collection<ImageCheck> checks) throws IOException {
        Since since = parameters.since();
        return LedgerStore.update(run.getParent(), ledger -> {
            Map<String, List<String>> known = new HashMap<>();
            for (ImageCheck check : checks) {
                known.put(check.image().id(), ledger.knownTags(check.image(), since, by));
            }
            return known;
        });
    }

    private CompletableFuture<Observation> ask(ImageCheck check, Map<String, List<String>> knownTags) {
        if (ended()) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        try (ACLContext context = ACL.as2(authentication)) {
            return check.by(run, knownTags.get(check.image().id()));
        }
    }

    /** In the order in which they are named. */
    private List<Seen> seen(Collection<StepImages.Source> sources, CheckQueue.Outcome outcome) {
        if (!outcome.problems().isEmpty()) {
            throw new CompletionException(new AbortException(String.join(" ", outcome.problems())));
        }
        Map<WatchedImage, Observation> observations = new HashMap<>();
        outcome.seen().forEach(one -> observations.put(one.image(), one));
        List<Seen> seen = new ArrayList<>();
        for (StepImages.Source source : sources) {
            if (source.check() == null) {
                unreadable.add(source.unreadable());
                seen.add(new Seen(null, source.unreadable()));
            } else {
                seen.add(new Seen(observations.get(source.check().image()), null));
            }
        }
        return seen;
    }

    /** Either what a registry answered, or why none could be asked. */
    private record Seen(
            @CheckForNull Observation observation,
            @CheckForNull ImageUpdate unreadable) {}

    private CompletableFuture<List<ImageUpdate>> record(List<Seen> seen) {
        try (ACLContext context = ACL.as2(authentication)) {
            requireRunning();
            Since since = parameters.since();
            List<ImageUpdate> updates = LedgerStore.update(
                    run.getParent(),
                    ledger -> seen.stream()
                            .map(one -> one.observation() == null
                                    ? one.unreadable()
                                    : ledger.check(one.observation(), since, by))
                            .toList());
            return described(updates);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** The first ones that changed, with what: each takes some requests more. */
    private CompletableFuture<List<ImageUpdate>> described(List<ImageUpdate> updates) {
        List<CompletableFuture<ImageUpdate>> described = new ArrayList<>();
        int left = MOST_DESCRIBED;
        for (ImageUpdate update : updates) {
            boolean ask = update.changed() && left-- > 0;
            described.add(
                    ask
                            ? ImageCheck.of(update.watched(), parameters.getCredentialsId(), null)
                                    .describe(run, update)
                            : CompletableFuture.completedFuture(update));
        }
        return all(described);
    }

    private CheckImageUpdateResult finish(List<ImageUpdate> updates) {
        try (ACLContext context = ACL.as2(authentication)) {
            requireRunning();
            List<ImageUpdate> readable = new ArrayList<>(updates);
            readable.removeAll(unreadable);
            // A build that could read none must not seem to have stopped watching those of the builds before it.
            if (!readable.isEmpty()) {
                CheckedImagesAction.record(run, readable, parameters.getCredentialsId(), parameters.getTags());
            }
            tellOrFail(updates);
            if (parameters.getDownstreamJobs() != null) {
                List<ImageUpdate> changed =
                        updates.stream().filter(ImageUpdate::changed).toList();
                new DownstreamJobs(run, listener, authentication).start(parameters.getDownstreamJobs(), changed);
            }
            return new CheckImageUpdateResult(updates);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** A build or step that was aborted meanwhile must neither record nor start anything any more. */
    private void requireRunning() throws AbortException {
        if (ended()) {
            throw new AbortException("the build has ended");
        }
    }

    private boolean ended() {
        return result.isCancelled() || !run.isLogUpdated();
    }

    private void tell(ImageUpdate update) {
        listener.getLogger().println(update.story());
        ImageChange change = update.change();
        if (change != null && change.compareLink() != null) {
            listener.getLogger().println("  " + change.compareLink());
        }
    }

    /** Each image's story once: in the log, or in the exception that Jenkins prints there. */
    private void tellOrFail(List<ImageUpdate> updates) throws AbortException {
        List<ImageUpdate> failed = updates.stream()
                .filter(update -> parameters.isFailOnError() && update.status() == ImageStatus.FAILED)
                .toList();
        updates.stream().filter(update -> !failed.contains(update)).forEach(this::tell);
        if (!failed.isEmpty()) {
            String stories = failed.stream().map(ImageUpdate::story).collect(Collectors.joining(" "));
            throw new AbortException(
                    updates.size() == 1
                            ? stories
                            : Messages.CheckImageUpdateStep_Failed(failed.size(), updates.size(), stories));
        }
    }
}
