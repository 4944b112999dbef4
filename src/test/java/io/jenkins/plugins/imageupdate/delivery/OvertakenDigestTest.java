package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A tag that moves again before the build for its first move has started. */
@WithJenkins
class OvertakenDigestTest {
    private static List<String> digests(Run<?, ?> run) {
        return ImageUpdateCause.updatesOf(run).stream()
                .map(update -> update.previousDigest() + " " + update.digest())
                .toList();
    }

    @Test
    void anOvertakenDigestIsSettledByTheBuildOfTheNewestAndStartsNoDownstreamJob(JenkinsRule jenkins) throws Exception {
        try (PollScene scene = new PollScene(jenkins)) {
            FreeStyleProject deploy = jenkins.createFreeStyleProject("deploy");
            String first = scene.push("p/app", "one");
            FreeStyleProject job = scene.job("app", scene.image("p/app"));
            ImageUpdateTrigger trigger = PollScene.trigger(scene.image("p/app"));
            trigger.setDownstreamJobs(List.of("deploy"));
            job.addTrigger(trigger);
            scene.tick(job);
            jenkins.jenkins.setNumExecutors(0);
            String overtaken = scene.push("p/app", "two");
            assertTrue(scene.tick(job).queued());
            String newest = scene.push("p/app", "three");
            scene.tick(job);
            jenkins.jenkins.setNumExecutors(2);
            scene.idle();

            assertEquals(1, PollScene.builds(job));
            assertEquals(List.of(first + " " + newest), digests(job.getLastBuild()));
            assertEquals(1, PollScene.builds(deploy));
            assertEquals(List.of(first + " " + newest), digests(deploy.getLastBuild()));
            assertFalse(scene.tick(job).queued());

            // It comes back: that is an update like any other, for both jobs.
            assertEquals(overtaken, scene.push("p/app", "two"));
            assertTrue(scene.tick(job).queued());
            scene.idle();
            assertEquals(2, PollScene.builds(job));
            assertEquals(List.of(newest + " " + overtaken), digests(deploy.getLastBuild()));
            assertEquals(2, PollScene.builds(deploy));
        }
    }
}
