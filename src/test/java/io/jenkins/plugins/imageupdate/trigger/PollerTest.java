package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many jobs, many images, and registries that do not answer. */
@WithRegistry
class PollerTest extends SharedScene {
    @AfterEach
    void quiet() throws Exception {
        jenkins.jenkins.doCancelQuietDown();
        scene.registry.clear();
    }

    private static PollReport get(CompletableFuture<PollReport> poll) throws Exception {
        return poll.get(120, TimeUnit.SECONDS);
    }

    @Test
    void jobsThatAreDueInTheSameMinuteShareOneRequestPerImage() throws Exception {
        scene.push("p/shared", "one");
        List<FreeStyleProject> jobs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            jobs.add(scene.job("shared" + i, scene.image("p/shared")));
        }
        scene.registry.clear();
        Instant due = Instant.now();
        for (FreeStyleProject job : jobs) {
            // One after the other, so that they cannot just have been under way at the same time.
            assertEquals(
                    "NEW",
                    get(ImageUpdatePoller.get().poll(job, due))
                            .images()
                            .get(0)
                            .status()
                            .name());
        }
        assertEquals(1, scene.registry.count(RecordedRequest::isHead));

        String digest = scene.push("p/shared", "two");
        for (FreeStyleProject job : jobs) {
            PollReport report = get(ImageUpdatePoller.get().poll(job, Instant.now()));
            assertEquals(
                    digest, report.images().get(0).digest().toString(), "an answer from before it was due will not do");
            assertTrue(report.queued());
        }
    }

    @Test
    void aRunningCheckIsNotStartedAgain() throws Exception {
        FreeStyleProject job = scene.watching("once");
        scene.push("p/once", "two");
        PollScene.Held check = scene.new Held(job);
        CompletableFuture<PollReport> second = ImageUpdatePoller.get().poll(job);
        assertTrue(ImageUpdatePoller.get().polling(job));
        assertFalse(second.isDone());
        assertSame(check.release(), get(second));
        assertEquals(1, scene.registry.count(RecordedRequest::isHead));
        assertFalse(ImageUpdatePoller.get().polling(job));
    }

    @Test
    void aRegistryThatDoesNotAnswerDoesNotDelayOtherJobs() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (InProcessRegistry slow = InProcessRegistry.start()) {
            ConfiguredRegistry configured = new ConfiguredRegistry(slow.host());
            configured.setPlainHttp(true);
            List<ConfiguredRegistry> all =
                    new ArrayList<>(RegistriesConfiguration.get().getRegistries());
            all.add(configured);
            RegistriesConfiguration.get().setRegistries(all);
            slow.faults().always(RecordedRequest::isManifest, Fault.heldUntil(latch));
            List<CompletableFuture<PollReport>> stuck = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                stuck.add(ImageUpdatePoller.get().poll(scene.job("stuck" + i, slow.host() + "/p/app:" + i)));
            }
            assertTrue(slow.awaitRequests(RecordedRequest::isManifest, 1, Duration.ofSeconds(30)));

            FreeStyleProject job = scene.watching("quick");
            scene.push("p/quick", "two");
            assertTrue(scene.tick(job).queued());
            assertTrue(stuck.stream().noneMatch(CompletableFuture::isDone));
            latch.countDown();
            for (CompletableFuture<PollReport> poll : stuck) {
                get(poll);
            }
        }
    }

    @Test
    void aTriggerWithTenThousandImagesIsCheckedAndLeavesRoomForOthers() throws Exception {
        int many = 10_000;
        scene.registry
                .faults()
                .always(
                        request -> request.path().startsWith("/v2/many/"),
                        Fault.reply(Reply.error(404, "MANIFEST_UNKNOWN", "manifest unknown")));
        FreeStyleProject large = scene.job(
                "many",
                IntStream.range(0, many)
                        .mapToObj(i -> scene.registry.host() + "/many/app" + i + ":1")
                        .toArray(String[]::new));
        FreeStyleProject small = scene.watching("few");
        scene.push("p/few", "two");
        CompletableFuture<PollReport> check = ImageUpdatePoller.get().poll(large);
        assertTrue(scene.registry.awaitRequests(
                request -> request.path().startsWith("/v2/many/"), 1, Duration.ofSeconds(60)));
        assertTrue(scene.tick(small).queued());
        assertFalse(check.isDone(), "the small job did not wait for the large one");
        PollReport report = check.get(300, TimeUnit.SECONDS);
        assertEquals(many, report.images().size());
        assertEquals(List.of(), report.problems());
    }

    @Test
    void aLongOutageEndsInOneCheck() throws Exception {
        FreeStyleProject job = scene.watching("outage");
        scene.registry.faults().always(RecordedRequest::isManifest, Fault.disconnect());
        String digest = scene.push("p/outage", "two");
        for (int i = 0; i < 3; i++) {
            assertEquals("FAILED", scene.tick(job).images().get(0).status().name());
        }
        scene.registry.faults().clear();
        scene.registry.clear();
        PollReport report = scene.tick(job);
        assertEquals(digest, report.images().get(0).digest().toString());
        assertTrue(report.queued());
        assertEquals(1, scene.registry.count(RecordedRequest::isHead));
    }

    @Test
    void whenJenkinsIsGoingDownNothingIsAskedAndNothingIsLost() throws Exception {
        FreeStyleProject job = scene.watching("quietdown");
        scene.push("p/quietdown", "two");
        scene.registry.clear();
        jenkins.jenkins.doQuietDown();
        assertFalse(scene.tick(job).queued());
        assertEquals(0, scene.registry.requests().size());
        jenkins.jenkins.doCancelQuietDown();
        assertTrue(scene.tick(job).queued());
    }

    @Test
    void aTriggerWithoutImagesWatchesWhatTheLastBuildChecked() throws Exception {
        scene.push("p/frombuild", "one");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "frombuild");
        job.setDefinition(new CpsFlowDefinition(
                "checkImageUpdate '" + scene.image("p/frombuild") + "'\nif (env.STOP) error 'as asked'", true));
        job.addTrigger(PollScene.trigger());
        assertEquals(List.of(), scene.tick(job).images(), "nothing was built yet");
        jenkins.buildAndAssertSuccess(job);
        assertFalse(scene.tick(job).queued());

        scene.push("p/frombuild", "two");
        assertTrue(scene.tick(job).queued());
        scene.idle();
        assertEquals(1, PollScene.builds(job));
        jenkins.assertBuildStatus(Result.SUCCESS, job.getLastBuild());
        assertFalse(scene.tick(job).queued());
    }

    @Test
    void aPollThatCannotStartFails() throws Exception {
        FreeStyleProject job = scene.watching("ended");
        Background ended = new Background();
        ImageUpdatePoller poller = new ImageUpdatePoller(() -> ended);
        get(poller.poll(job));
        ended.end();
        CompletableFuture<PollReport> late = poller.poll(job);
        assertThrows(ExecutionException.class, () -> late.get(1, TimeUnit.SECONDS));
        assertFalse(poller.polling(job));
    }
}
