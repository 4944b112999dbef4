package io.jenkins.plugins.imageupdate.controller;

import hudson.Extension;
import hudson.model.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Checks the images that Jenkins runs on when the schedule says so. */
@Extension
public final class JenkinsImagesPeriodicWork extends PeriodicWork {
    /** Minutes that were missed for longer are not made up for. */
    private static final Duration MADE_UP = Duration.ofHours(1);

    private Instant done = Instant.now();

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected void doRun() {
        if (due(Instant.now())) {
            JenkinsImages.get().check();
        }
    }

    /** Whether a minute since the last call is on the schedule: Jenkins may call late. */
    boolean due(Instant now) {
        Instant earliest = now.minus(MADE_UP);
        Instant from = (done.isBefore(earliest) ? earliest : done).truncatedTo(ChronoUnit.MINUTES);
        done = now;
        return Stream.iterate(from.plus(1, ChronoUnit.MINUTES), minute -> minute.plus(1, ChronoUnit.MINUTES))
                .takeWhile(minute -> !minute.isAfter(now))
                .anyMatch(JenkinsImagesConfiguration.get()::isDue);
    }
}
