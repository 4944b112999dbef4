package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.config.ImageCheck;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import io.jenkins.plugins.imageupdate.watch.WatchedState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jenkins.model.ParameterizedJobMixIn;

/**
 * What a job watches and what is known of it, for pages: its trigger's images and those that its last build checked by the step, with
 * ledger and last check. Nothing here asks a registry.
 */
public final class JobImages {
    /** How many builds are looked through for one that checked images by the step, where the trigger names none. */
    private static final int MOST_BUILDS = 100;

    private final Map<String, Watched> watched = new LinkedHashMap<>();

    /**
     * One image of a job.
     *
     * @param credentialsId as named by the job, null where it names none
     * @param byTrigger whether the trigger watches it, and not just the step
     * @param state of the ledger, null if it says nothing
     * @param seen what the last check said, null where that was before the start of Jenkins
     */
    public record Watched(
            String id,
            String reference,
            @CheckForNull String platform,
            @CheckForNull String credentialsId,
            boolean byTrigger,
            @CheckForNull WatchedState state,
            @CheckForNull Seen seen) {}

    /** What a check said, and when. */
    public record Seen(ImageUpdate update, Instant at) {}

    private JobImages() {}

    /** Whether the job has anything to do with images. Cheap: pages ask for every job they list. */
    public static boolean any(Job<?, ?> job) {
        return trigger(job) != null || UpdateLedgers.exists(job);
    }

    @CheckForNull
    public static ImageUpdateTrigger trigger(Job<?, ?> job) {
        return ParameterizedJobMixIn.getTrigger(job, ImageUpdateTrigger.class);
    }

    /** Full names of the jobs that builds of this one ever started for an update. */
    public static Set<String> downstreamJobs(Job<?, ?> job) throws IOException {
        return UpdateLedgers.update(job, ledger -> ledger.downstreamJobs());
    }

    /** In the order in which trigger and builds name them. Reads the ledger, and the last build where that says what is watched. */
    public static List<Watched> of(Job<?, ?> job) throws IOException {
        JobImages images = new JobImages();
        Map<String, WatchedState> states = UpdateLedgers.update(job, ledger -> ledger.states()).stream()
                .collect(Collectors.toMap(WatchedState::id, Function.identity()));
        Optional<PollReport> report = ImageUpdatePoller.get().report(job);
        Map<String, Seen> seen = new HashMap<>();
        report.ifPresent(last -> last.images().forEach(one -> seen.put(one.id(), new Seen(one, last.at()))));
        ImageUpdateTrigger trigger = trigger(job);
        for (TriggerImage image : trigger == null ? List.<TriggerImage>of() : trigger.getImages()) {
            try {
                images.add(image.toCheck(), true, states, seen);
            } catch (IllegalArgumentException e) {
                // The report of the check says it.
            }
        }
        images.addChecked(job, trigger != null && trigger.getImages().isEmpty(), states, seen);
        return new ArrayList<>(images.watched.values());
    }

    private void addChecked(
            Job<?, ?> job, boolean byTrigger, Map<String, WatchedState> states, Map<String, Seen> seen) {
        // A ledger is there as soon as a build has checked anything.
        Run<?, ?> run = states.isEmpty() ? null : job.getLastCompletedBuild();
        int most = watched.isEmpty() ? MOST_BUILDS : 1;
        for (int i = 0; i < most && run != null; i++, run = run.getPreviousCompletedBuild()) {
            CheckedImages checked = run.getAction(CheckedImages.class);
            if (checked != null) {
                Instant at = Instant.ofEpochMilli(run.getStartTimeInMillis());
                for (ImageUpdate update : checked.updates()) {
                    seen.merge(
                            update.id(),
                            new Seen(update, at),
                            (one, other) -> one.at().isAfter(other.at()) ? one : other);
                }
                checked.checks().forEach(check -> add(check, byTrigger, states, seen));
                return;
            }
        }
    }

    private void add(ImageCheck check, boolean byTrigger, Map<String, WatchedState> states, Map<String, Seen> seen) {
        String id = check.image().id();
        watched.putIfAbsent(
                id,
                new Watched(
                        id,
                        check.image().reference().toString(),
                        check.image().platform() == null
                                ? null
                                : check.image().platform().toString(),
                        check.credentialsId(),
                        byTrigger,
                        states.get(id),
                        seen.get(id)));
    }
}
