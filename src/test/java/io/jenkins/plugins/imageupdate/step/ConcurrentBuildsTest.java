package io.jenkins.plugins.imageupdate.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.Scripts;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds of one job and its trigger check the same image at the same time. */
@WithJenkins
@WithRegistry(credentialsId = "gcr-key")
class ConcurrentBuildsTest {
    @Test
    void eachBuildGetsTheUpdateAndTheDownstreamJobStartsOnce(JenkinsRule jenkins, RegistryFixture registry)
            throws Exception {
        jenkins.jenkins.setQuietPeriod(0);
        CountDownLatch answers = new CountDownLatch(1);
        try {
            registry.push("p/app", "stable", "one");
            FreeStyleProject deploy = jenkins.createFreeStyleProject("deploy");
            WorkflowJob job = Scripts.job(
                    jenkins,
                    jenkins.jenkins,
                    "app",
                    "checkImageUpdate(image: '" + registry.image("p/app", "stable")
                            + "', credentialsId: 'gcr-key', downstreamJobs: ['deploy'])");
            job.addTrigger(new ImageUpdateTrigger("H H 1 1 *"));
            jenkins.buildAndAssertSuccess(job);
            String digest = registry.push("p/app", "stable", "two");

            registry.front.clear();
            registry.front.faults().always(RecordedRequest::isManifest, Fault.heldUntil(answers));
            List<WorkflowRun> runs = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                runs.add(job.scheduleBuild2(0).waitForStart());
                jenkins.waitForMessage("checkImageUpdate", runs.get(i));
            }
            var triggered = ImageUpdatePoller.get().poll(job);
            assertTrue(
                    registry.front.awaitRequests(RecordedRequest::isManifest, 1, Duration.ofSeconds(60)),
                    "they wait for the registry");
            answers.countDown();

            for (WorkflowRun run : runs) {
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
                jenkins.assertLogContains(": updated", run);
                jenkins.assertLogContains(digest.substring(0, 19), run);
            }
            triggered.get(60, TimeUnit.SECONDS);
            jenkins.waitUntilNoActivity();
            assertEquals(1, deploy.getBuilds().size());
            assertFalse(registry.tick(job).queued());
            jenkins.waitUntilNoActivity();
            jenkins.assertLogContains(": unchanged", jenkins.buildAndAssertSuccess(job));
        } finally {
            answers.countDown();
        }
    }
}
