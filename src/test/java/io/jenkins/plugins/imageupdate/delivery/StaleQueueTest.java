package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.ParameterizedJobMixIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The queue after a crash: it has items that were built or cancelled after it was saved. */
@WithJenkins
@WithRegistry
class StaleQueueTest {
    private PollScene scene;
    private FreeStyleProject job;
    private FreeStyleProject downstream;

    @BeforeEach
    void anUpdateWasBuiltByBothJobs(JenkinsRule rule, PollScene started) throws Exception {
        scene = started;
        downstream = rule.createFreeStyleProject("downstream");
        job = scene.watching("app");
        ImageUpdateTrigger trigger = PollScene.trigger(scene.image("p/app"));
        trigger.setDownstreamJobs(List.of("downstream"));
        job.addTrigger(trigger);
        scene.push("p/app", "two");
        assertTrue(scene.tick(job).queued());
        scene.idle();
        assertEquals(1, PollScene.builds(job));
        assertEquals(1, PollScene.builds(downstream));
        rule.jenkins.setNumExecutors(0);
    }

    /** As an item of before the crash: with the very causes that a build has. */
    private static Queue.Item restore(FreeStyleProject job, Cause... more) {
        List<Cause> causes = new ArrayList<>(SavedCauses.of(job.getLastBuild()));
        causes.addAll(List.of(more));
        Queue.Item item = ParameterizedJobMixIn.scheduleBuild2(job, 0, new CauseAction(causes));
        assertNotNull(item);
        return item;
    }

    @Test
    void itemsThatWereBuiltAreRemovedFromTheQueue() throws Exception {
        restore(job);
        PendingUpdates.resume(job);
        assertNull(job.getQueueItem());
        assertEquals(List.of(), scene.pending(job));
    }

    @Test
    void anItemThatAUserAlsoRequestedStaysWithTheUsersCause() throws Exception {
        restore(job, new Cause.UserIdCause());
        PendingUpdates.resume(job);
        List<Cause> causes = job.getQueueItem().getCauses();
        assertEquals(1, causes.size());
        assertTrue(causes.get(0) instanceof Cause.UserIdCause);
    }

    @Test
    void aStartedDownstreamBuildIsRemovedFromTheQueueAlsoAfterNewerBuilds() throws Exception {
        scene.jenkins.jenkins.setNumExecutors(2);
        List<Cause> first = SavedCauses.of(downstream.getLastBuild());
        scene.push("p/app", "three");
        assertTrue(scene.tick(job).queued());
        scene.idle();
        assertEquals(2, PollScene.builds(downstream));
        scene.jenkins.jenkins.setNumExecutors(0);

        ParameterizedJobMixIn.scheduleBuild2(downstream, 0, new CauseAction(first));
        StaleDownstreamItems.withdraw(downstream);
        assertNull(downstream.getQueueItem());
    }

    @Test
    void aDownstreamBuildThatAUserCancelledIsRemovedFromTheQueue() throws Exception {
        List<CheckResult> updates = ImageUpdateCause.updatesOf(job.getLastBuild());
        ParameterizedJobMixIn.scheduleBuild2(downstream, 0, new CauseAction(new ImageUpdateCause("app", 1, updates)));
        StaleDownstreamItems.withdraw(downstream);
        assertNull(downstream.getQueueItem(), "answered, as the ledger has it");
    }

    @Test
    void aDownstreamBuildThatIsStillDueStays() throws Exception {
        List<CheckResult> updates = ImageUpdateCause.updatesOf(job.getLastBuild());
        LedgerStore.change(job, ledger -> {
            ledger.downstream().release("downstream", updates);
            return ledger.downstream().claim("downstream", updates, 1);
        });
        ParameterizedJobMixIn.scheduleBuild2(downstream, 0, new CauseAction(new ImageUpdateCause("app", 1, updates)));
        StaleDownstreamItems.withdraw(downstream);
        assertNotNull(downstream.getQueueItem());
    }
}
