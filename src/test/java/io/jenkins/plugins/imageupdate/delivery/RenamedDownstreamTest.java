package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.job.DownstreamIndex;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;

/** Downstream jobs that are renamed or moved, while checks are busy. */
@WithRegistry
class RenamedDownstreamTest extends SharedScene {
    /** A Pipeline that starts a downstream job, and whose builds fail, so that each sees the last update again. */
    private static WorkflowJob upstream(String name, String downstream) throws Exception {
        scene.push("p/" + name, "one");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        define(job, downstream, "");
        jenkins.buildAndAssertSuccess(job);
        scene.push("p/" + name, "two");
        return job;
    }

    private static void define(WorkflowJob job, String downstream, String end) throws Exception {
        String image = scene.image("p/" + job.getName());
        job.setDefinition(new CpsFlowDefinition(
                "checkImageUpdate(image: '" + image + "', downstreamJobs: ['" + downstream + "'])\n" + end, true));
    }

    private static Run<?, ?> fail(WorkflowJob job, String downstream) throws Exception {
        define(job, downstream, "error 'as asked'");
        Run<?, ?> run = job.scheduleBuild2(0).get();
        scene.idle();
        return run;
    }

    private static Set<String> started(Job<?, ?> upstream) throws Exception {
        return LedgerStore.read(upstream, ledger -> ledger.downstream().jobs());
    }

    @Test
    void aRenameCountsAtOnceHoweverBusyTheChecksAre() throws Exception {
        FreeStyleProject deploy = jenkins.createFreeStyleProject("deploy");
        WorkflowJob job = upstream("busy", "deploy");
        fail(job, "deploy");
        assertEquals(1, deploy.getBuilds().size());
        CountDownLatch busy = new CountDownLatch(1);
        for (int i = 0; i < 50; i++) {
            Background.get().execute(() -> await(busy));
        }
        try {
            deploy.renameTo("deploy-new");
            assertEquals(Set.of("deploy-new"), started(job));
            jenkins.assertLogContains("was started for these digests before", fail(job, "deploy-new"));

            scene.push("p/busy", "three");
            fail(job, "deploy-new");
            assertEquals(2, deploy.getBuilds().size());
        } finally {
            busy.countDown();
        }
        jenkins.assertLogContains("was started for these digests before", fail(job, "deploy-new"));
        assertEquals(2, deploy.getBuilds().size(), "each digest once");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRenameReadsOnlyTheLedgersThatNameTheJob() throws Exception {
        FreeStyleProject target = jenkins.createFreeStyleProject("target");
        WorkflowJob job = upstream("named", "target");
        fail(job, "target");
        FreeStyleProject other = scene.watching("other");
        DownstreamIndex.get().complete();
        // If it were read, it would be set aside.
        Files.writeString(PollScene.ledger(other).toPath(), "?");
        target.renameTo("target-new");
        assertEquals("?", Files.readString(PollScene.ledger(other).toPath()));
        assertEquals(Set.of("target-new"), started(job));
        scene.tick(other);
    }

    @Test
    void aRenameAfterRenamesAndMovesOfBothJobsIsKnown() throws Exception {
        FreeStyleProject test = jenkins.createFreeStyleProject("test");
        WorkflowJob job = upstream("chain", "test");
        fail(job, "test");
        Folder folder = jenkins.createProject(Folder.class, "folder");
        WorkflowJob moved = Items.move(job, folder);
        moved.renameTo("chain");
        FreeStyleProject inFolder = Items.move(test, folder);
        assertEquals(Set.of("folder/test"), started(moved));
        folder.renameTo("team");
        assertEquals(Set.of("team/test"), started(moved));
        inFolder.renameTo("check");
        assertEquals(Set.of("team/check"), started(moved));
        assertEquals(List.of("team/chain"), List.copyOf(DownstreamIndex.get().upstreamOf("team/check")));
        moved.delete();
        assertTrue(DownstreamIndex.get().upstreamOf("team/check").isEmpty());
    }
}
