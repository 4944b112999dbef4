package io.jenkins.plugins.imageupdate.trigger;

import hudson.model.Job;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.RegistryAccess;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Which images a schedule leaves out, since push events tell of their changes: those of registries with a reconcile interval that were checked
 * without a failure within it. In memory only, so each image is checked once after a start of Jenkins.
 */
final class Reconciliation {
    private final Map<Job<?, ?>, Map<WatchedImage, Instant>> checked = Collections.synchronizedMap(new WeakHashMap<>());

    private static Duration interval(ImageReference reference) {
        return RegistryAccess.of(reference, null).reconcileInterval();
    }

    /** Whether a schedule checks the image now. */
    boolean due(Job<?, ?> job, WatchedImage image, Instant now) {
        Duration interval = interval(image.reference());
        if (interval.isZero() || !EventHearing.any()) {
            return true;
        }
        synchronized (checked) {
            Instant last = checked.getOrDefault(job, Map.of()).get(image);
            return last == null || !last.plus(interval).isAfter(now);
        }
    }

    /** Notes what a check of the job saw. */
    void note(Job<?, ?> job, PollReport report) {
        synchronized (checked) {
            for (CheckResult result : report.images()) {
                WatchedImage image = result.image();
                if (image == null || interval(image.reference()).isZero()) {
                    continue;
                }
                Map<WatchedImage, Instant> times = checked.computeIfAbsent(job, same -> new HashMap<>());
                if (result.failure() == null) {
                    times.put(image.identity(), report.at());
                } else {
                    times.remove(image.identity());
                }
            }
        }
    }
}
