package io.jenkins.plugins.imageupdate.push;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Has the images checked that push events name, in the jobs whose trigger watches them. An event only asks for the ordinary check now: what has
 * changed, the registry says. Each image is checked at most once in an interval, however many events name it.
 */
@Extension
public final class EventChecks {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** Different images that wait to be looked up. More are refused, and their senders send again. */
    private static final int MOST_WAITING = 100_000;

    private static final Logger LOGGER = Logger.getLogger(EventChecks.class.getName());

    private final Damping<WatchedImage> damping = new Damping<>(INTERVAL, EventChecks::pause);

    /** What is looked up next, with the time of its last event. */
    private final Map<PushedImage, Instant> waiting = new LinkedHashMap<>();

    private boolean running;

    public static EventChecks get() {
        return ExtensionList.lookupSingleton(EventChecks.class);
    }

    /** Completes after this time, on a background thread. */
    static CompletableFuture<Void> pause(Duration length) {
        return CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(length.toMillis(), TimeUnit.MILLISECONDS, Background.get()));
    }

    /** Puts the checks in line. Returns at once; false if Jenkins is shutting down, or too many images wait. */
    boolean offer(Collection<PushedImage> pushed) {
        Instant now = Instant.now();
        synchronized (waiting) {
            if (waiting.size() + pushed.size() > MOST_WAITING) {
                return false;
            }
            pushed.forEach(image -> waiting.put(image, now));
            if (running || waiting.isEmpty()) {
                return true;
            }
            running = Background.get().offer(this::run);
            return running;
        }
    }

    /** On one thread, since all others would only wait for the index. */
    private void run() {
        for (Map.Entry<PushedImage, Instant> next = next(); next != null; next = next()) {
            try {
                check(next.getKey(), next.getValue());
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, "the jobs that watch a pushed image cannot be found", e);
            }
        }
    }

    @CheckForNull
    private Map.Entry<PushedImage, Instant> next() {
        synchronized (waiting) {
            Iterator<Map.Entry<PushedImage, Instant>> first = waiting.entrySet().iterator();
            if (!first.hasNext()) {
                running = false;
                return null;
            }
            Map.Entry<PushedImage, Instant> next = Map.Entry.copyOf(first.next());
            first.remove();
            return next;
        }
    }

    private void check(PushedImage pushed, Instant since) {
        WatchIndex.get().find(pushed).forEach((image, jobs) -> damping.run(image, () -> check(image, jobs, since)));
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
