package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.ImageChecker;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.config.ControllerHttp;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.http.JobLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The checks of one job's images, within the {@link JobLimits limits of a job}. */
public final class CheckQueue {
    private static final Logger LOGGER = Logger.getLogger(CheckQueue.class.getName());

    private final List<Sighting> seen = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * The outcome of all checks.
     *
     * @param problems why some images could not be checked, because of a fault of this program
     */
    public record Outcome(List<Sighting> seen, List<String> problems) {
        public Outcome {
            seen = List.copyOf(seen);
            problems = List.copyOf(problems);
        }
    }

    private CheckQueue() {}

    /**
     * Checks images, all hosts in parallel.
     *
     * @param check may block; a check that it cancels is left out of the outcome
     * @param executor runs {@code check}
     */
    public static CompletableFuture<Outcome> all(
            Collection<ImageCheck> images, Function<ImageCheck, CompletableFuture<Sighting>> check, Executor executor) {
        ImageChecker checker = ControllerHttp.get().checker();
        JobLimits limits = checker.limits().job(executor);
        CheckQueue queue = new CheckQueue();
        return CompletableFuture.allOf(images.stream()
                        .sorted(Comparator.comparing(ImageCheck::image, checker.longestWaitingFirst()))
                        .map(image -> limits.check(image.settings(), () -> check.apply(image))
                                .handle((sighting, thrown) -> queue.note(image, sighting, thrown)))
                        .toArray(CompletableFuture[]::new))
                .thenApply(done -> queue.outcome());
    }

    private synchronized Void note(
            ImageCheck image, @CheckForNull Sighting sighting, @CheckForNull Throwable thrown) {
        if (thrown == null) {
            seen.add(sighting);
        } else if (!(RegistryException.unwrap(thrown) instanceof CancellationException)) {
            LOGGER.log(Level.WARNING, thrown, () -> image.image() + " was not checked");
            problems.add(Messages.CheckQueue_NotChecked(image.image(), String.valueOf(thrown.getMessage())));
        }
        return null;
    }

    private synchronized Outcome outcome() {
        return new Outcome(seen, problems);
    }
}
