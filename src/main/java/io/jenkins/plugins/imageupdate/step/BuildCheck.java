package io.jenkins.plugins.imageupdate.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.config.ImageCheck;
import io.jenkins.plugins.imageupdate.trigger.CheckedImages;
import io.jenkins.plugins.imageupdate.trigger.DownstreamJobs;
import io.jenkins.plugins.imageupdate.trigger.UpdateLedgers;
import io.jenkins.plugins.imageupdate.watch.ImageChange;
import io.jenkins.plugins.imageupdate.watch.ImageStatus;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import io.jenkins.plugins.imageupdate.watch.Observation;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;

/** What a build does when it checks images: ask for all, record and tell what was seen, start the downstream jobs. */
final class BuildCheck {
    private final CheckImageUpdateStep parameters;
    private final Run<?, ?> run;
    private final FilePath workspace;
    private final TaskListener listener;
    private final Authentication authentication;

    /**
     * @param workspace null outside of one
     * @param authentication whom the build runs as
     */
    BuildCheck(
            CheckImageUpdateStep parameters,
            Run<?, ?> run,
            @CheckForNull FilePath workspace,
            TaskListener listener,
            Authentication authentication) {
        this.parameters = parameters;
        this.run = run;
        this.workspace = workspace;
        this.listener = listener;
        this.authentication = authentication;
    }

    /** Holds no thread while registries answer. Fails with an {@link AbortException} where the build is to fail. */
    CompletableFuture<CheckImageUpdateResult> start() {
        // Files may be on an agent and credentials in a vault: finding the images is nothing for the caller's thread.
        return CompletableFuture.supplyAsync(this::ask, Computer.threadPoolForRemoting)
                .thenCompose(BuildCheck::all)
                .thenComposeAsync(this::record, Computer.threadPoolForRemoting)
                .thenApplyAsync(this::finish, Computer.threadPoolForRemoting);
    }

    private static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
    }

    private List<CompletableFuture<Observation>> ask() {
        try (ACLContext context = ACL.as2(authentication)) {
            Collection<ImageCheck> checks = new CheckedSources(parameters, workspace, listener).images();
            Map<String, String> knownTags = UpdateLedgers.update(run.getParent(), ledger -> {
                Map<String, String> known = new HashMap<>();
                checks.forEach(
                        check -> known.put(check.image().id(), ledger.knownTag(check.image(), parameters.since())));
                return known;
            });
            return checks.stream()
                    .map(check -> check.by(run, knownTags.get(check.image().id())))
                    .toList();
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private CompletableFuture<List<ImageUpdate>> record(List<Observation> seen) {
        try (ACLContext context = ACL.as2(authentication)) {
            requireRunning();
            List<ImageUpdate> updates = UpdateLedgers.update(
                    run.getParent(),
                    ledger -> seen.stream()
                            .map(one -> ledger.check(one, parameters.since(), run.getNumber()))
                            .toList());
            return all(updates.stream().map(this::described).toList());
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private CompletableFuture<ImageUpdate> described(ImageUpdate update) {
        return update.changed()
                ? ImageCheck.of(update.watched(), parameters.getCredentialsId(), null)
                        .describe(run, update)
                : CompletableFuture.completedFuture(update);
    }

    private CheckImageUpdateResult finish(List<ImageUpdate> updates) {
        try (ACLContext context = ACL.as2(authentication)) {
            requireRunning();
            updates.forEach(this::tell);
            CheckedImages.record(run, updates, parameters.getCredentialsId(), parameters.getTags());
            failIfAsked(updates);
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

    /** A build that was aborted meanwhile must neither record nor start anything any more. */
    private void requireRunning() throws AbortException {
        if (!run.isLogUpdated()) {
            throw new AbortException("the build has ended");
        }
    }

    private void tell(ImageUpdate update) {
        listener.getLogger().println(update.story());
        ImageChange change = update.change();
        if (change != null && change.compareLink() != null) {
            listener.getLogger().println("  " + change.compareLink());
        }
    }

    private void failIfAsked(List<ImageUpdate> updates) throws AbortException {
        List<ImageUpdate> failed = updates.stream()
                .filter(update -> update.status() == ImageStatus.FAILED)
                .toList();
        if (parameters.isFailOnError() && !failed.isEmpty()) {
            throw new AbortException(Messages.CheckImageUpdateStep_Failed(
                    failed.size(),
                    updates.size(),
                    failed.stream().map(ImageUpdate::story).collect(Collectors.joining("\n"))));
        }
    }
}
