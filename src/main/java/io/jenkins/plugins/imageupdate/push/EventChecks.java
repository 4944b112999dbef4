package io.jenkins.plugins.imageupdate.push;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.events.Damping;
import io.jenkins.plugins.imageupdate.events.PushedImage;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.WatchIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;

/**
 * Has the images checked that push events name, in the jobs whose trigger watches them. An event only asks for the ordinary check now: what has
 * changed, the registry says. Each image is checked at most once in an interval, however many events name it.
 */
@Extension
public final class EventChecks {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Damping<WatchedImage> damping = new Damping<>(
            INTERVAL,
            length -> CompletableFuture.runAsync(
                    () -> {},
                    CompletableFuture.delayedExecutor(length.toMillis(), TimeUnit.MILLISECONDS, Background.get())));

    public static EventChecks get() {
        return ExtensionList.lookupSingleton(EventChecks.class);
    }

    /** Puts the checks in line. Returns at once; false if Jenkins is shutting down. */
    boolean offer(Collection<PushedImage> pushed) {
        Instant now = Instant.now();
        return pushed.isEmpty()
                || Background.get().offer(() -> pushed.forEach(image -> check(image, now)));
    }

    private void check(PushedImage pushed, Instant since) {
        WatchIndex.get()
                .find(pushed)
                .forEach((image, jobs) -> damping.run(image, () -> check(image, jobs, since)));
    }

    private static void check(WatchedImage image, Set<String> jobs, Instant since) {
        for (String name : jobs) {
            Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
            if (job != null) {
                ImageUpdatePoller.get().check(job, Set.of(image), since);
            }
        }
    }
}
