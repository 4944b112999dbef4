package io.jenkins.plugins.imageupdate.step;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.check.Preview;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.registry.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.springframework.security.core.Authentication;

/** The step with {@code preview: true}: logs which tags the policy would choose now, and why. Records and starts nothing. */
final class StepPreview {
    private final Run<?, ?> run;
    private final Authentication authentication;
    private final TaskListener listener;
    private final boolean failOnError;
    private final BooleanSupplier ended;
    private final List<String> failures = new ArrayList<>();

    /**
     * @param authentication the user that the build runs as
     * @param ended whether the build or the step has ended meanwhile
     */
    StepPreview(
            Run<?, ?> run,
            Authentication authentication,
            TaskListener listener,
            boolean failOnError,
            BooleanSupplier ended) {
        this.run = run;
        this.authentication = authentication;
        this.listener = listener;
        this.failOnError = failOnError;
        this.ended = ended;
    }

    /** One image after the other. The result has no images, since nothing was compared. */
    CompletableFuture<CheckImageUpdateResult> show(List<StepImage> images) {
        CompletableFuture<Void> shown = CompletableFuture.completedFuture(null);
        for (StepImage image : images) {
            if (image instanceof StepImage.ToCheck toCheck) {
                shown = shown.thenComposeAsync(done -> ask(toCheck.check()), Computer.threadPoolForRemoting)
                        .thenAccept(this::tell);
            } else if (image instanceof StepImage.Unreadable unreadable) {
                shown = shown.thenRun(() -> failed(unreadable.failure().sentence()));
            }
        }
        return shown.thenApply(done -> finish(images.size()));
    }

    private CompletableFuture<Preview> ask(ImageCheck check) {
        if (ended.getAsBoolean()) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        try (ACLContext context = ACL.as2(authentication)) {
            return check.preview(run);
        }
    }

    private void tell(Preview preview) {
        Failure failure = preview.failure();
        if (failure == null) {
            preview.lines().forEach(listener.getLogger()::println);
        } else {
            failed(failure.message());
        }
    }

    private void failed(String sentence) {
        failures.add(sentence);
        if (!failOnError) {
            listener.getLogger().println(sentence);
        }
    }

    private CheckImageUpdateResult finish(int images) {
        if (failOnError && !failures.isEmpty()) {
            String sentences = String.join(" ", failures);
            throw new CompletionException(new AbortException(
                    images == 1
                            ? sentences
                            : Messages.CheckImageUpdateStep_Failed(failures.size(), images, sentences)));
        }
        return new CheckImageUpdateResult(List.of());
    }
}
