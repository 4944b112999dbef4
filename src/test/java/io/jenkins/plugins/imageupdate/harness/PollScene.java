package io.jenkins.plugins.imageupdate.harness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateQueueListener;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.policy.TagSelection;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jvnet.hudson.test.JenkinsRule;

/** A Jenkins with a registry that requires no login, and jobs whose trigger runs only when a test starts it. */
public final class PollScene implements AutoCloseable {
    public final JenkinsRule jenkins;
    public final InProcessRegistry registry = InProcessRegistry.start();

    public PollScene(JenkinsRule jenkins) throws IOException {
        this.jenkins = jenkins;
        jenkins.jenkins.setQuietPeriod(0);
        ConfiguredRegistry configured = new ConfiguredRegistry(registry.host());
        configured.setPlainHttp(true);
        RegistriesConfiguration.get().setRegistries(List.of(configured));
    }

    public String image(String repository) {
        return registry.host() + "/" + repository + ":stable";
    }

    public String push(String repository, String marker) {
        return registry.pushImage(repository, "stable", marker);
    }

    public static ImageUpdateTrigger trigger(String... images) {
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("H H 1 1 *");
        trigger.setImages(Arrays.stream(images).map(TriggerImage::new).toList());
        return trigger;
    }

    /** Gives the images of a job's trigger a tag policy. */
    public static void tags(FreeStyleProject job, TagSelection tags) {
        job.getTrigger(ImageUpdateTrigger.class).getImages().forEach(image -> image.setTags(tags));
    }

    public FreeStyleProject job(String name, String... images) throws IOException {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.addTrigger(trigger(images));
        job.save();
        return job;
    }

    /** A job that has seen its image once, so that the next push is an update. */
    public FreeStyleProject watching(String name) throws Exception {
        push("p/" + name, "one");
        FreeStyleProject job = job(name, image("p/" + name));
        tick(job);
        return job;
    }

    /** Polls the job as its trigger does, and waits for the report. */
    public PollReport tick(Job<?, ?> job) throws Exception {
        return poll(job);
    }

    /** As {@link #tick}, for tests without a scene. */
    public static PollReport poll(Job<?, ?> job) throws Exception {
        return ImageUpdatePoller.get().poll(job).get(120, TimeUnit.SECONDS);
    }

    /** A check whose request the registry holds back. The latch lets it go. */
    public final class Held {
        public final CountDownLatch latch = new CountDownLatch(1);
        public final CompletableFuture<PollReport> report;

        public Held(Job<?, ?> job) throws InterruptedException {
            registry.clear();
            registry.faults().next(RecordedRequest::isManifest, (request, regular) -> {
                var answer = regular.get();
                latch.await();
                return answer;
            });
            report = ImageUpdatePoller.get().poll(job);
            assertTrue(registry.awaitRequests(RecordedRequest::isManifest, 1, Duration.ofSeconds(20)));
        }

        public PollReport release() throws Exception {
            latch.countDown();
            return report.get(120, TimeUnit.SECONDS);
        }
    }

    public List<String> pending(FreeStyleProject job) throws Exception {
        return LedgerStore.read(job, ledger -> ledger.pending()).stream()
                .map(update -> update.digest().toString())
                .toList();
    }

    /** An update of the job's image, in the queue. */
    public Queue.Item queued(FreeStyleProject job, String marker) throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        push("p/" + job.getName(), marker);
        assertTrue(tick(job).queued());
        return job.getQueueItem();
    }

    /** Waits until the queue listener's background tasks are done. */
    public void settled(FreeStyleProject job) throws Exception {
        while (!ImageUpdateQueueListener.get().leaving(job).isEmpty()) {
            tick(job);
        }
    }

    /** Waits until no build is queued or running. */
    public void idle() throws Exception {
        jenkins.waitUntilNoActivity();
    }

    /** Builds that were started for updates. */
    public static long builds(Job<?, ?> job) {
        return job.getBuilds().stream()
                .filter(run -> !ImageUpdateCause.updatesOf((Run<?, ?>) run).isEmpty())
                .count();
    }

    public static File ledger(Job<?, ?> job) {
        return new File(job.getRootDir(), LedgerStore.FILE_NAME);
    }

    @Override
    public void close() {
        registry.close();
    }
}
