package io.jenkins.plugins.imageupdate.step;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.config.ImageCheck;
import io.jenkins.plugins.imageupdate.trigger.CheckedImages;
import io.jenkins.plugins.imageupdate.trigger.DownstreamJobs;
import io.jenkins.plugins.imageupdate.trigger.UpdateLedgers;
import io.jenkins.plugins.imageupdate.watch.ImageStatus;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import io.jenkins.plugins.imageupdate.watch.Observation;
import io.jenkins.plugins.imageupdate.watch.WatchedImage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;

/** What a build does when it checks images: ask for all, record and tell what was seen, start the downstream jobs. */
final class BuildCheck {
    private final CheckImageUpdateStep parameters;
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final Authentication authentication;

    /** @param authentication whom the build runs as */
    BuildCheck(CheckImageUpdateStep parameters, Run<?, ?> run, TaskListener listener, Authentication authentication) {
        this.parameters = parameters;
        this.run = run;
        this.listener = listener;
        this.authentication = authentication;
    }

    /** Holds no thread while registries answer. Fails with an {@link AbortException} where the build is to fail. */
    CompletableFuture<CheckImageUpdateResult> start() {
        // Credentials may come from a vault, so even finding them is nothing for the caller's thread.
        return CompletableFuture.supplyAsync(this::ask, Computer.threadPoolForRemoting)
                .thenCompose(BuildCheck::all)
                .thenApplyAsync(this::finish, Computer.threadPoolForRemoting);
    }

    private static CompletableFuture<List<Observation>> all(List<CompletableFuture<Observation>> checks) {
        return CompletableFuture.allOf(checks.toArray(CompletableFuture[]::new))
                .thenApply(done -> checks.stream().map(CompletableFuture::join).toList());
    }

    private List<CompletableFuture<Observation>> ask() {
        try (ACLContext context = ACL.as2(authentication)) {
            return images().stream()
                    .map(image -> new ImageCheck(image, parameters.getCredentialsId()).by(run, null))
                    .toList();
        } catch (AbortException e) {
            throw new CompletionException(e);
        }
    }

    private List<WatchedImage> images() throws AbortException {
        List<String> references = parameters.references();
        if (references.isEmpty()) {
            throw new AbortException(Messages.CheckImageUpdateStep_NoImage());
        }
        try {
            return references.stream()
                    .map(reference -> WatchedImage.parse(reference, parameters.getPlatform()))
                    .distinct()
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private CheckImageUpdateResult finish(List<Observation> seen) {
        if (!run.isLogUpdated()) {
            // The build was aborted meanwhile: it must neither record nor start anything any more.
            throw new CompletionException(new AbortException("the build has ended"));
        }
        try (ACLContext context = ACL.as2(authentication)) {
            List<ImageUpdate> updates = UpdateLedgers.update(
                    run.getParent(),
                    ledger -> seen.stream()
                            .map(one -> ledger.check(one, parameters.since(), run.getNumber()))
                            .toList());
            updates.forEach(update -> listener.getLogger().println(update.story()));
            CheckedImages.record(run, updates, parameters.getCredentialsId());
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
