package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.KnownStates;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import io.jenkins.plugins.imageupdate.watch.WatchedState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jenkins.model.ParameterizedJobMixIn;

/**
 * What a job watches and what is known of it, for pages: its trigger's images and those that its last build checked by the step, with
 * ledger and last check. Nothing here asks a registry.
 */
public final class JobImages {
    private final Map<String, WatchedState> states;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, Watched> watched = new LinkedHashMap<>();

    /**
     * One image of a job.
     *
     * @param registry its host
     * @param credentialsId as named by the job, null where it names none
     * @param byTrigger whether the trigger watches it, and not just the step
     * @param state of the ledger, null if it says nothing
     * @param seen what the last check said, null where that was before the start of Jenkins
     */
    public record Watched(
            String id,
            String reference,
            String registry,
            @CheckForNull String platform,
            @CheckForNull String credentialsId,
            boolean byTrigger,
            @CheckForNull WatchedState state,
            @CheckForNull Seen seen) {}

    /** What a check said, and when. */
    public record Seen(ImageUpdate update, Instant at) {}

    private JobImages(Job<?, ?> job) throws IOException {
        states = KnownStates.of(job);
        ImageUpdatePoller.get()
                .report(job)
                .ifPresent(last -> last.images().forEach(one -> seen.put(one.id(), new Seen(one, last.at()))));
    }

    /** Whether the job has anything to do with images. Cheap: pages ask for every job they list. */
    public static boolean any(Job<?, ?> job) {
        return trigger(job) != null || LedgerStore.exists(job);
    }

    @CheckForNull
    public static ImageUpdateTrigger trigger(Job<?, ?> job) {
        return ParameterizedJobMixIn.getTrigger(job, ImageUpdateTrigger.class);
    }

    /** Full names of the jobs that builds of this one ever started for an update. */
    public static Set<String> downstreamJobs(Job<?, ?> job) throws IOException {
        return LedgerStore.exists(job)
                ? LedgerStore.update(job, ledger -> ledger.downstream().jobs())
                : Set.of();
    }

    /** What the trigger watches, and what the last completed build checked beside that. */
    public static List<Watched> of(Job<?, ?> job) throws IOException {
        JobImages images = new JobImages(job);
        ImageUpdateTrigger trigger = trigger(job);
        if (images.addTriggers(trigger)) {
            images.addChecked(job.getLastCompletedBuild(), false);
        } else {
            images.addChecked(CheckedImagesAction.lastRun(job), trigger != null);
        }
        return new ArrayList<>(images.watched.values());
    }

    /** As above, but reads no build of a job whose trigger names images: for tables of all jobs. */
    public static List<Watched> ofMany(Job<?, ?> job) throws IOException {
        JobImages images = new JobImages(job);
        ImageUpdateTrigger trigger = trigger(job);
        if (!images.addTriggers(trigger)) {
            images.addChecked(CheckedImagesAction.lastRun(job), trigger != null);
        }
        return new ArrayList<>(images.watched.values());
    }

    /** @return whether the trigger names any */
    private boolean addTriggers(@CheckForNull ImageUpdateTrigger trigger) {
        if (trigger == null || trigger.getImages().isEmpty()) {
            return false;
        }
        for (TriggerImage image : trigger.getImages()) {
            try {
                add(image.toCheck(), true);
            } catch (IllegalArgumentException e) {
                // The report of the check says it.
            }
        }
        return true;
    }

    private void addChecked(@CheckForNull Run<?, ?> run, boolean byTrigger) {
        CheckedImagesAction checked = run == null ? null : run.getAction(CheckedImagesAction.class);
        if (checked == null) {
            return;
        }
        Instant at = Instant.ofEpochMilli(run.getStartTimeInMillis());
        for (ImageUpdate update : checked.updates()) {
            seen.merge(
                    update.id(), new Seen(update, at), (one, other) -> one.at().isAfter(other.at()) ? one : other);
        }
        checked.checks().forEach(check -> add(check, byTrigger));
    }

    private void add(ImageCheck check, boolean byTrigger) {
        String id = check.image().id();
        watched.putIfAbsent(
                id,
                new Watched(
                        id,
                        check.image().reference().toString(),
                        check.image().reference().host(),
                        Objects.toString(check.image().platform(), null),
                        check.credentialsId(),
                        byTrigger,
                        states.get(id),
                        seen.get(id)));
    }
}
