package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.ImageChecker;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.config.ControllerHttp;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.http.JobLimits;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The checks of one job's images, within the {@link JobLimits limits of a job}. */
public final class CheckQueue {
    private static final Logger LOGGER = Logger.getLogger(CheckQueue.class.getName());

    private CheckQueue() {}

    /**
     * Checks images, all hosts in parallel.
     *
     * @param check may block. If it throws, or its future fails, the image has a failure in its place. A check that it cancels is left out
     * @param executor runs {@code check}
     * @return one sighting for each image
     */
    public static CompletableFuture<List<Sighting>> all(
            Collection<ImageCheck> images, Function<ImageCheck, CompletableFuture<Sighting>> check, Executor executor) {
        ImageChecker checker = ControllerHttp.get().checker();
        JobLimits limits = checker.limits().job(executor);
        List<CompletableFuture<Optional<Sighting>>> checks = images.stream()
                .sorted(Comparator.comparing(ImageCheck::image, checker.longestWaitingFirst()))
                .map(image -> limits.check(image.settings(), () -> check.apply(image))
                        .handle((sighting, thrown) -> seen(image, sighting, thrown)))
                .toList();
        return CompletableFuture.allOf(checks.toArray(CompletableFuture[]::new))
                .thenApply(done -> checks.stream()
                        .map(CompletableFuture::join)
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static Optional<Sighting> seen(
            ImageCheck image, @CheckForNull Sighting sighting, @CheckForNull Throwable thrown) {
        if (thrown == null) {
            return Optional.ofNullable(sighting);
        }
        return RegistryException.unwrap(thrown) instanceof CancellationException
                ? Optional.empty()
                : Optional.of(failed(image, thrown));
    }

    /** Logs where it was thrown. Its message is left out, since it may contain a secret. */
    private static Sighting failed(ImageCheck image, Throwable thrown) {
        RegistryException failure = RegistryException.thrown("the check", thrown);
        Throwable place = new Throwable(failure.detail());
        place.setStackTrace(RegistryException.unwrap(thrown).getStackTrace());
        LOGGER.log(Level.WARNING, place, () -> image.image() + " was not checked");
        return Sighting.failed(
                image.image(),
                failure.toFailure(image.image().reference().toString(), image.credentialsId()),
                image.credentialsId(),
                Instant.now());
    }
}
