package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateBuilder;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateStep;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Updates whose build is in the queue: they change, join or are cancelled. */
@WithRegistry
class WaitingUpdateTest extends SharedScene {
    @Test
    void anUpdateWhoseBuildAUserCancelsIsDone() throws Exception {
        FreeStyleProject job = scene.watching("cancelled");
        scene.queued(job, "two");
        // By the job: the item may have become another one meanwhile.
        assertTrue(Queue.getInstance().cancel(job));
        scene.settled(job);
        assertEquals(List.of(), scene.pending(job));
        assertFalse(scene.tick(job).queued());

        scene.push("p/cancelled", "three");
        jenkins.jenkins.setNumExecutors(2);
        assertTrue(scene.tick(job).queued(), "the next update is another question");
        scene.idle();
        assertEquals(1, PollScene.builds(job));
    }

    @Test
    void aDisabledJobKeepsItsUpdateUntilItIsEnabled() throws Exception {
        FreeStyleProject job = scene.watching("disabled");
        scene.queued(job, "two");
        job.disable();
        assertNull(job.getQueueItem());
        scene.settled(job);
        assertEquals(1, scene.pending(job).size());
        assertFalse(scene.tick(job).queued());

        jenkins.jenkins.setNumExecutors(2);
        job.enable();
        assertTrue(scene.tick(job).queued());
        scene.idle();
        assertEquals(1, PollScene.builds(job));
        assertFalse(scene.tick(job).queued());
    }

    @Test
    void aUsersBuildJoinsTheWaitingBuild() throws Exception {
        FreeStyleProject job = scene.watching("joined");
        scene.queued(job, "two");
        job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause()));
        scene.push("p/joined", "three");
        assertTrue(scene.tick(job).queued(), "it joins them");
        assertEquals(1, Queue.getInstance().getItems(job).size());

        jenkins.jenkins.setNumExecutors(2);
        scene.idle();
        assertEquals(1, job.getBuilds().size());
        assertEquals(1, ImageUpdateCause.updatesOf(job.getLastBuild()).size(), "the newest of the image");
        assertEquals(List.of(), scene.pending(job));
        assertFalse(scene.tick(job).queued());
    }

    @Test
    void aBuildGetsTheLatestDigestAlsoIfTheTagMovedBack() throws Exception {
        FreeStyleProject job = scene.watching("back");
        scene.queued(job, "two");
        String two = scene.pending(job).get(0);
        scene.push("p/back", "three");
        assertTrue(scene.tick(job).queued());
        assertEquals(two, scene.push("p/back", "two"));
        assertTrue(scene.tick(job).queued());
        assertFalse(scene.tick(job).queued(), "once is enough");

        jenkins.jenkins.setNumExecutors(2);
        scene.idle();
        assertEquals(1, PollScene.builds(job));
        assertEquals(
                two,
                ImageUpdateCause.updatesOf(job.getLastBuild()).get(0).digest().toString());
        assertFalse(scene.tick(job).queued());
    }

    @Test
    void anotherSpellingIsTheSameImage() throws Exception {
        scene.push("p/spelled", "one");
        String image = scene.image("p/spelled").replace(":stable", "");
        scene.registry.pushImage("p/spelled", "latest", "one");
        FreeStyleProject job = scene.job("spelled", image, image + ":latest", " " + image + " ");
        scene.registry.clear();
        assertEquals(1, scene.tick(job).images().size());
        assertEquals(1, scene.registry.count(request -> request.isManifest()));
        job.addTrigger(PollScene.trigger(image + ":latest"));
        assertEquals("UNCHANGED", scene.tick(job).images().get(0).status().name());
    }

    @Test
    void aStepAndATriggerOfOneJobShareWhatTheyKnow() throws Exception {
        FreeStyleProject job = scene.watching("both");
        CheckImageUpdateStep step = new CheckImageUpdateStep(scene.image("p/both"));
        job.getBuildersList().add(new CheckImageUpdateBuilder(step));
        scene.push("p/both", "two");
        jenkins.buildAndAssertSuccess(job);
        assertFalse(scene.tick(job).queued(), "a user's build has seen it");

        scene.push("p/both", "three");
        assertTrue(scene.tick(job).queued());
        scene.idle();
        jenkins.assertBuildStatusSuccess(job.getLastBuild());
        jenkins.assertLogContains("updated", job.getLastBuild());
        assertFalse(scene.tick(job).queued());
        assertEquals(1, PollScene.builds(job));
    }
}
