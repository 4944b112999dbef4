package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.Waiting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.job.ImageTrigger;
import io.jenkins.plugins.imageupdate.job.JobWatch;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.ledger.WatchedState;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The images that a job watches, with what its ledger knows of them and what the last check saw. Asks no registry.
 */
final class JobImages {
    private final Job<?, ?> job;
    private final Map<WatchedImage, WatchedState> states;
    private final Map<WatchedImage, Seen> seen = new HashMap<>();
    private final Map<WatchedImage, Watched> watched = new LinkedHashMap<>();

    /**
     * One image of a job.
     *
     * @param byTrigger whether the trigger watches it; otherwise only the step does
     * @param state of the ledger, null if the ledger does not know the image
     * @param seen by the last check, null if that was before the start of Jenkins
     */
    record Watched(
            ImageCheck check,
            boolean byTrigger,
            @CheckForNull WatchedState state,
            @CheckForNull Seen seen) {
        String id() {
            return check.image().id();
        }

        /** What is too young to count, according to the ledger. */
        List<Waiting> waiting() {
            Duration age = check.age();
            return state == null || age.isZero() ? List.of() : state.waiting(age, Instant.now());
        }
    }

    /** A result, and when it was seen. */
    record Seen(CheckResult result, Instant at) {}

    private JobImages(Job<?, ?> job) throws IOException {
        this.job = job;
        states = LedgerStore.states(job);
        ImageUpdatePoller.get().report(job).ifPresent(last -> last.images().forEach(one -> see(one, last.at())));
    }

    private void see(CheckResult result, Instant at) {
        WatchedImage image = result.image();
        if (image != null) {
            seen.merge(
                    image.identity(),
                    new Seen(result, at),
                    (one, other) -> one.at().isAfter(other.at()) ? one : other);
        }
    }

    /** Whether the job has to do with images. Fast, since pages ask for every job that they list. */
    static boolean any(Job<?, ?> job) {
        return ImageTrigger.of(job) != null || LedgerStore.exists(job);
    }

    /** The images that the trigger watches, and those that the builds checked. */
    static List<Watched> of(Job<?, ?> job) throws IOException {
        return new JobImages(job).list(true);
    }

    /** As {@link #of}, for tables of all jobs: reads no build of a job whose trigger names images. */
    static List<Watched> ofMany(Job<?, ?> job) throws IOException {
        return new JobImages(job).list(false);
    }

    private List<Watched> list(boolean readBuilds) {
        JobWatch watch = JobWatch.of(job);
        if (!watch.namesImages()) {
            watch.checkingBuilds().forEach(run -> addChecked(run, watch.hasTrigger()));
        } else {
            watch.named().values().forEach(check -> add(check, true));
            if (readBuilds) {
                addChecked(job.getLastCompletedBuild(), false);
            }
        }
        watch.ofBuilds().values().forEach(check -> add(check, true));
        return new ArrayList<>(watched.values());
    }

    private void addChecked(@CheckForNull Run<?, ?> run, boolean byTrigger) {
        CheckedImagesAction checked = run == null ? null : run.getAction(CheckedImagesAction.class);
        if (checked == null) {
            return;
        }
        Instant at = Instant.ofEpochMilli(run.getStartTimeInMillis());
        checked.results().forEach(result -> see(result, at));
        JobWatch.checkedBy(run).values().forEach(check -> add(check, byTrigger));
    }

    private void add(ImageCheck check, boolean byTrigger) {
        WatchedImage image = check.image().identity();
        watched.putIfAbsent(image, new Watched(check, byTrigger, states.get(image), seen.get(image)));
    }
}
