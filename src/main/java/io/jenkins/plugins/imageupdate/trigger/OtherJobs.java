package io.jenkins.plugins.imageupdate.trigger;

import hudson.model.Job;
import io.jenkins.plugins.imageupdate.check.SeenDigests;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.Uptime;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Digests get old on the controller, not in a job: a job that sees an image for the first time, with a minimum age, takes over the digests that
 * another job has seen. It must have seen the image itself: otherwise its users would read what the registry does not show them.
 */
final class OtherJobs {
    private static final Logger LOGGER = Logger.getLogger(OtherJobs.class.getName());

    /** How many ledgers are read for an image. */
    private static final int MOST_JOBS = 20;

    private OtherJobs() {}

    /** What other jobs have seen of the images that this one sees for the first time, by identity. Must run as Jenkins itself. */
    static Map<WatchedImage, SeenDigests> seen(Job<?, ?> job, List<Sighting> sightings) throws IOException {
        List<WatchedImage> resting = sightings.stream()
                .filter(one -> one.failure() == null && one.rest() != null)
                .map(Sighting::image)
                .toList();
        if (resting.isEmpty()) {
            return Map.of();
        }
        List<WatchedImage> unknown = LedgerStore.read(
                job,
                ledger -> resting.stream()
                        .filter(image -> ledger.knownDigests(image).none())
                        .toList());
        Map<WatchedImage, SeenDigests> seen = new HashMap<>();
        unknown.forEach(image -> seen.put(image.identity(), longestSeen(job.getFullName(), image)));
        return seen;
    }

    private static SeenDigests longestSeen(String besides, WatchedImage image) {
        List<Job<?, ?>> others = WatchIndex.get().jobs(image).stream()
                .filter(name -> !name.equals(besides))
                .<Job<?, ?>>map(name -> Jenkins.get().getItemByFullName(name, Job.class))
                .filter(other -> other != null && LedgerStore.exists(other))
                .limit(MOST_JOBS)
                .toList();
        SeenDigests longest = SeenDigests.NONE;
        Duration known = Duration.ZERO;
        for (Job<?, ?> other : others) {
            SeenDigests seen = seen(other, image);
            Duration age = seen.longest(Uptime.now().seconds());
            if (age.compareTo(known) > 0) {
                longest = seen;
                known = age;
            }
        }
        return longest;
    }

    private static SeenDigests seen(Job<?, ?> job, WatchedImage image) {
        try {
            return LedgerStore.read(job, ledger -> ledger.knownDigests(image).seen());
        } catch (IOException e) {
            // The other job's own check reports it.
            LOGGER.log(Level.FINE, e, () -> "the ledger of " + job.getFullName() + " cannot be read");
            return SeenDigests.NONE;
        }
    }
}
