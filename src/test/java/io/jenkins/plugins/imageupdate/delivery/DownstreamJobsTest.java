package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.Computer;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** Downstream jobs are started once for each update. The log says why a job was not started. */
@WithRegistry
class DownstreamJobsTest extends SharedScene {
    @Override
    protected int executors() {
        return 4;
    }

    private static FreeStyleProject upstream(String name, String... downstream) throws Exception {
        FreeStyleProject job = scene.watching(name);
        ImageUpdateTrigger trigger = PollScene.trigger(scene.image("p/" + name));
        trigger.setDownstreamJobs(List.of(downstream));
        job.addTrigger(trigger);
        job.save();
        return job;
    }

    private static List<?> waiting(Job<?, ?> job) throws Exception {
        return LedgerStore.read(job, ledger -> ledger.downstream().waiting());
    }

    @Test
    void aTriggersBuildStartsThemOnceAndEachSaysWhatStartedIt() throws Exception {
        FreeStyleProject deploy = jenkins.createFreeStyleProject("deploy");
        FreeStyleProject job = upstream("app", "deploy");
        String digest = scene.push("p/app", "two");
        assertTrue(scene.tick(job).queued());
        scene.idle();
        assertEquals(1, deploy.getBuilds().size());
        Run<?, ?> started = deploy.getLastBuild();
        assertEquals(digest, ImageUpdateCause.updatesOf(started).get(0).digest().toString());
        Cause.UpstreamCause cause = started.getCause(Cause.UpstreamCause.class);
        assertEquals("app", cause.getUpstreamProject());
        assertEquals(1, cause.getUpstreamBuild());
        jenkins.assertLogContains("deploy", job.getLastBuild());
        assertEquals(List.of(), waiting(job), "its build is known");
        scene.tick(job);
        scene.idle();
        assertEquals(1, deploy.getBuilds().size());
    }

    @Test
    void aStepThatSeesAnUpdateAgainAfterAFailedBuildStartsNothingAgain() throws Exception {
        FreeStyleProject test = jenkins.createFreeStyleProject("test");
        scene.push("p/step", "one");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "step");
        String check = "checkImageUpdate(image: '" + scene.image("p/step") + "', downstreamJobs: ['test'])\n";
        job.setDefinition(new CpsFlowDefinition(check, true));
        jenkins.buildAndAssertSuccess(job);
        scene.push("p/step", "two");
        job.setDefinition(new CpsFlowDefinition(check + "error 'as asked'", true));
        for (int i = 0; i < 2; i++) {
            Run<?, ?> run = job.scheduleBuild2(0).get();
            jenkins.assertLogContains("updated", run);
        }
        scene.idle();
        assertEquals(1, test.getBuilds().size());
        jenkins.assertLogContains("was started for these digests before", job.getLastBuild());
    }

    @Test
    void jobsThatCannotBeStartedAreNamedAndTheOthersAreStarted() throws Exception {
        Folder folder = jenkins.jenkins.createProject(Folder.class, "team");
        FreeStyleProject inFolder = folder.createProject(FreeStyleProject.class, "inside");
        FreeStyleProject disabled = jenkins.createFreeStyleProject("off");
        disabled.disable();
        FreeStyleProject job =
                upstream("refusals", "no-such-job", "team", "off", "team/inside", "/team/inside", "/team/inside");
        scene.push("p/refusals", "two");
        scene.tick(job);
        scene.idle();
        Run<?, ?> build = job.getLastBuild();
        jenkins.assertLogContains("the job \"no-such-job\" does not exist", build);
        jenkins.assertLogContains("\"team\" is not a job that can be built", build);
        jenkins.assertLogContains("off is disabled", build);
        assertEquals(1, inFolder.getBuilds().size(), "named three times, started once");
        assertEquals(List.of(), waiting(job));

        disabled.enable();
        scene.push("p/refusals", "three");
        scene.tick(job);
        scene.idle();
        assertEquals(1, disabled.getBuilds().size());
    }

    @Test
    void aBuildStartsOnlyJobsThatItsUserMayBuild() throws Exception {
        FreeStyleProject secret = jenkins.createFreeStyleProject("secret");
        FreeStyleProject seen = jenkins.createFreeStyleProject("seen");
        FreeStyleProject known = jenkins.createFreeStyleProject("known");
        FreeStyleProject job = upstream("limited", "secret", "seen", "known");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Computer.BUILD)
                .everywhere()
                .to("builder")
                .grant(Item.READ)
                .onItems(seen, job)
                .to("builder")
                .grant(Item.DISCOVER)
                .onItems(known)
                .to("builder")
                .grant(Item.BUILD)
                .onItems(job)
                .to("builder"));
        MockQueueItemAuthenticator builder = new MockQueueItemAuthenticator()
                .authenticate("limited", User.getById("builder", true).impersonate2());
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(builder);
        try {
            scene.push("p/limited", "two");
            scene.tick(job);
            scene.idle();
        } finally {
            QueueItemAuthenticatorConfiguration.get().getAuthenticators().remove(builder);
            jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
            jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        }
        Run<?, ?> build = job.getLastBuild();
        assertNotNull(build);
        jenkins.assertLogContains("the job \"secret\" does not exist, or builder may not see it", build);
        jenkins.assertLogContains("the job \"known\" does not exist, or builder may not see it", build);
        jenkins.assertLogContains("builder may not build seen", build);
        assertEquals(
                0,
                secret.getBuilds().size()
                        + seen.getBuilds().size()
                        + known.getBuilds().size());
    }

    @Test
    void aStartThatACrashPreventedIsMadeLaterOnce() throws Exception {
        FreeStyleProject late = jenkins.createFreeStyleProject("late");
        FreeStyleProject job = upstream("crashed", "late");
        scene.push("p/crashed", "two");
        late.disable();
        scene.tick(job);
        scene.idle();
        late.enable();
        // As it is on disk when the controller dies between claim and queue.
        LedgerStore.change(
                job, ledger -> ledger.downstream().claim("late", ImageUpdateCause.updatesOf(job.getLastBuild()), 1));
        jenkins.jenkins.setNumExecutors(0);
        WaitingDownstreamJobs.resume(job);
        WaitingDownstreamJobs.resume(job);
        assertEquals(1, Queue.getInstance().getItems(late).size());
        Queue.Item item = late.getQueueItem();
        assertEquals(
                1,
                item.getCauses().stream()
                        .filter(ImageUpdateCause.class::isInstance)
                        .count());

        jenkins.jenkins.setNumExecutors(2);
        scene.idle();
        WaitingDownstreamJobs.resume(job);
        scene.idle();
        assertEquals(1, late.getBuilds().size());
        assertEquals(List.of(), waiting(job));
    }

    @Test
    void aStartedBuildOfWhichTheUpstreamLedgerDoesNotKnowIsFound() throws Exception {
        FreeStyleProject found = jenkins.createFreeStyleProject("found");
        FreeStyleProject job = upstream("finder", "found");
        scene.push("p/finder", "two");
        scene.tick(job);
        scene.idle();
        assertEquals(1, found.getBuilds().size());
        LedgerStore.change(job, ledger -> {
            var updates = ImageUpdateCause.updatesOf(job.getLastBuild());
            ledger.downstream().release("found", updates);
            return ledger.downstream().claim("found", updates, 1);
        });
        assertEquals(1, waiting(job).size());
        WaitingDownstreamJobs.resume(job);
        assertEquals(List.of(), waiting(job));
        scene.idle();
        assertEquals(1, found.getBuilds().size());
    }

    @Test
    void aDownstreamBuildThatAUserCancelsIsNotStartedAgain() throws Exception {
        FreeStyleProject refused = jenkins.createFreeStyleProject("refused");
        refused.setAssignedLabel(jenkins.jenkins.getLabel("nowhere"));
        FreeStyleProject job = upstream("asker", "refused");
        scene.push("p/asker", "two");
        scene.tick(job);
        while (refused.getQueueItem() == null) {
            scene.tick(job);
        }
        assertTrue(Queue.getInstance().cancel(refused));
        scene.settled(refused);
        scene.idle();
        assertEquals(List.of(), waiting(job));
        scene.tick(job);
        assertEquals(0, Queue.getInstance().getItems(refused).size());
    }
}
