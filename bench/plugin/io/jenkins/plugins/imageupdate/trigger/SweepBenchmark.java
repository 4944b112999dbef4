package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * A thousand jobs with ten images each, five hundred of them distinct, all due in one minute. No test by its name: {@code mvn test
 * -Dtest=SweepBenchmark '-DargLine=-Xmx1g @{jenkins.addOpens}'}; {@code -Dsweep.jobs}, {@code -Dsweep.count} and {@code -Dsweep.millis} change its size.
 */
@WithJenkins
@WithRegistry
class SweepBenchmark {
    private static final int JOBS = Integer.getInteger("sweep.jobs", 1000);
    private static final int IMAGES = 10;
    private static final int DISTINCT = JOBS / 2;
    private static final int SWEEPS = Integer.getInteger("sweep.count", 10);
    private static final int ROUND_TRIP = Integer.getInteger("sweep.millis", 100);

    private final List<FreeStyleProject> jobs = new ArrayList<>();
    private PollScene scene;

    @Test
    void sweep(JenkinsRule rule, PollScene started) throws Exception {
        scene = started;
        for (int i = 0; i < DISTINCT; i++) {
            scene.push("p/app" + i, "one");
        }
        for (int i = 0; i < JOBS; i++) {
            int job = i;
            jobs.add(scene.job(
                    "job" + i,
                    IntStream.range(0, IMAGES)
                            .mapToObj(image -> scene.image("p/app" + (job * 7 + image * 53) % DISTINCT))
                            .toArray(String[]::new)));
        }
        int parallel = RegistriesConfiguration.get().getRegistries().get(0).getParallel();
        double limit = DISTINCT * ROUND_TRIP / 1000.0 / parallel;
        System.out.printf(
                Locale.ROOT,
                "%d jobs × %d images, %d distinct, round trip %d ms, %d at once: limit %.2f s; at most %d MB of heap, %d processors%n",
                JOBS,
                IMAGES,
                DISTINCT,
                ROUND_TRIP,
                parallel,
                limit,
                Runtime.getRuntime().maxMemory() >> 20,
                Runtime.getRuntime().availableProcessors());
        scene.registry.delay(Duration.ofMillis(ROUND_TRIP));
        for (int i = 0; i < SWEEPS; i++) {
            sweep(i, limit);
        }
    }

    private void sweep(int number, double limit) throws Exception {
        scene.registry.clear();
        long longest = 0;
        long start = System.nanoTime();
        List<CompletableFuture<PollReport>> polls = new ArrayList<>();
        // What the trigger does on the cron thread, but that answers of the sweep before, in the same minute perhaps,
        // do not count.
        Instant due = Instant.now();
        for (FreeStyleProject job : jobs) {
            long before = System.nanoTime();
            polls.add(ImageUpdatePoller.get().poll(job, due));
            longest = Math.max(longest, System.nanoTime() - before);
        }
        long cron = System.nanoTime() - start;
        for (CompletableFuture<PollReport> poll : polls) {
            poll.get(10, TimeUnit.MINUTES);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        for (FreeStyleProject job : jobs) {
            PollReport report = ImageUpdatePoller.get().report(job).orElseThrow();
            assertEquals(IMAGES, report.images().size());
            assertEquals(
                    number == 0 ? "NEW" : "UNCHANGED",
                    report.images().get(0).status().name(),
                    report.images().get(0)::sentence);
        }
        System.gc();
        System.out.printf(
                Locale.ROOT,
                "sweep=%d seconds=%.2f limits=%.2f requests=%d cron_us_per_job=%.1f cron_us_longest=%.1f heap_mb=%d threads=%d%n",
                number,
                seconds,
                seconds / limit,
                scene.registry.count(RecordedRequest::isManifest),
                cron / 1e3 / jobs.size(),
                longest / 1e3,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                ManagementFactory.getThreadMXBean().getThreadCount());
    }
}
