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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * One run of the step. No thread waits for the registries; after a restart of the controller the check, which changes nothing
 * outside, is simply made again.
 */
final class CheckImageUpdateExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final CheckImageUpdateStep step;
    private transient volatile CompletableFuture<?> underWay;

    CheckImageUpdateExecution(CheckImageUpdateStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() {
        begin();
        return false;
    }

    @Override
    public void onResume() {
        begin();
    }

    /** Credentials may come from a vault, so even finding them is nothing for the Pipeline's own thread. */
    private void begin() {
        underWay = CompletableFuture.supplyAsync(this::checks, Computer.threadPoolForRemoting)
                .thenCompose(checks -> CompletableFuture.allOf(checks.toArray(CompletableFuture[]::new))
                        .thenApply(done ->
                                checks.stream().map(CompletableFuture::join).toList()))
                .thenApplyAsync(this::finish, Computer.threadPoolForRemoting)
                .whenComplete((result, thrown) -> {
                    if (thrown == null) {
                        getContext().onSuccess(result);
                    } else {
                        getContext().onFailure(unwrapped(thrown));
                    }
                });
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private List<CompletableFuture<Observation>> checks() {
        try (ACLContext context = ACL.as2(authentication())) {
            Run<?, ?> run = getContext().get(Run.class);
            List<CompletableFuture<Observation>> checks = new ArrayList<>();
            for (WatchedImage image : images()) {
                checks.add(new ImageCheck(image, step.getCredentialsId()).by(run, null));
            }
            return checks;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private List<WatchedImage> images() throws AbortException {
        List<String> references = step.references();
        if (references.isEmpty()) {
            throw new AbortException(Messages.CheckImageUpdateStep_NoImage());
        }
        try {
            return references.stream()
                    .map(reference -> WatchedImage.parse(reference, step.getPlatform()))
                    .distinct()
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private CheckImageUpdateResult finish(List<Observation> seen) {
        try (ACLContext context = ACL.as2(authentication())) {
            Run<?, ?> run = getContext().get(Run.class);
            TaskListener listener = getContext().get(TaskListener.class);
            List<ImageUpdate> updates = UpdateLedgers.update(
                    run.getParent(),
                    ledger -> seen.stream()
                            .map(one -> ledger.check(one, step.since(), run.getNumber()))
                            .toList());
            updates.forEach(update -> listener.getLogger().println(update.story()));
            CheckedImages.record(run, updates, step.getCredentialsId());
            failIfAsked(updates);
            if (step.getDownstreamJobs() != null) {
                List<ImageUpdate> changed =
                        updates.stream().filter(ImageUpdate::changed).toList();
                new DownstreamJobs(run, listener, authentication()).start(step.getDownstreamJobs(), changed);
            }
            return new CheckImageUpdateResult(updates);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private void failIfAsked(List<ImageUpdate> updates) throws AbortException {
        List<ImageUpdate> failed = updates.stream()
                .filter(update -> update.status() == ImageStatus.FAILED)
                .toList();
        if (step.isFailOnError() && !failed.isEmpty()) {
            throw new AbortException(Messages.CheckImageUpdateStep_Failed(
                    failed.size(),
                    updates.size(),
                    failed.stream().map(ImageUpdate::story).collect(Collectors.joining("\n"))));
        }
    }

    /** Whom the build runs as, also after a restart. */
    private Authentication authentication() throws Exception {
        return getContext().get(FlowExecution.class).getAuthentication2();
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        CompletableFuture<?> future = underWay;
        if (future != null) {
            future.cancel(true);
        }
        super.stop(cause);
    }

    @Override
    public String getStatus() {
        return "asking registries for " + step.references();
    }
}
