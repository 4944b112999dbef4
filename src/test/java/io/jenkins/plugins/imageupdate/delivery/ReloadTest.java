package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.Queue;
import hudson.model.TaskListener;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.JobWatch;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateBuilder;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateStep;
import io.jenkins.plugins.imageupdate.view.JobImagesAction;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.TestBuilder;

/**
 * <i>Reload Configuration from Disk</i>, and the start after a crash: jobs and queue items are other objects afterwards, and the saved queue may be
 * older than builds and ledgers.
 */
@WithRegistry
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ReloadTest extends SharedScene {
    private static FreeStyleProject reload(FreeStyleProject job) throws Exception {
        scene.jenkins.jenkins.reload();
        FreeStyleProject now = scene.jenkins.jenkins.getItemByFullName(job.getFullName(), FreeStyleProject.class);
        assertNotSame(job, now);
        return now;
    }

    /** The queue as it is on disk now. */
    private static byte[] savedQueue() throws Exception {
        Queue.getInstance().save();
        return Files.readAllBytes(queueFile());
    }

    private static Path queueFile() {
        return new File(scene.jenkins.jenkins.getRootDir(), "queue.xml").toPath();
    }

    private static void restore(byte[] savedQueue) throws Exception {
        Files.write(queueFile(), savedQueue);
        Queue.getInstance().load();
    }

    private static void build() throws Exception {
        scene.jenkins.jenkins.setNumExecutors(2);
        Queue.getInstance().scheduleMaintenance();
        scene.idle();
    }

    @Test
    void anUpdateThatWaitsDuringAReloadIsBuiltOnce() throws Exception {
        FreeStyleProject job = scene.watching("waits");
        scene.queued(job, "two");
        FreeStyleProject now = reload(job);
        scene.tick(now);
        assertEquals(1, Queue.getInstance().getItems().length);
        build();
        scene.tick(now);
        scene.idle();
        assertEquals(1, PollScene.builds(now));
        assertEquals(1, now.getBuilds().size());
    }

    @Test
    void anUpdateIsNotQueuedAgainBeforeAReloadHasReadTheQueue() throws Exception {
        FreeStyleProject job = scene.watching("between");
        scene.queued(job, "two");
        // A reload makes the jobs anew first, and reads the queue at its end.
        FreeStyleProject now = (FreeStyleProject) Items.load(scene.jenkins.jenkins, job.getRootDir());
        assertNotSame(job, now);
        Set<WatchedImage> watched = JobWatch.of(now).byTrigger().keySet();
        assertFalse(PendingUpdates.queue(now, watched));
        assertEquals(1, Queue.getInstance().getItems().length);
        build();
        assertEquals(1, PollScene.builds(job));
        assertFalse(PendingUpdates.queue(now, watched));
    }

    @Test
    void anItemThatStartedWhileTheConfigurationWasReadIsNotBuiltAgain() throws Exception {
        FreeStyleProject job = scene.watching("started");
        scene.queued(job, "two");
        byte[] before = savedQueue();
        build();
        assertEquals(1, PollScene.builds(job));
        restore(before);
        build();
        scene.tick(job);
        scene.idle();
        assertEquals(1, job.getBuilds().size());
    }

    @Test
    void aUsersBuildThatJoinedAnItemThatStartedIsBuiltWithoutTheUpdate() throws Exception {
        FreeStyleProject job = scene.watching("joined");
        scene.queued(job, "two");
        assertNotNull(job.scheduleBuild2(0, new Cause.UserIdCause()));
        byte[] before = savedQueue();
        build();
        restore(before);
        build();
        assertEquals(2, job.getBuilds().size());
        assertEquals(1, PollScene.builds(job));
    }

    @Test
    void anUpdateWhoseItemIsNotInTheSavedQueueIsQueuedAgain() throws Exception {
        FreeStyleProject job = scene.watching("lost");
        byte[] before = savedQueue();
        scene.queued(job, "two");
        restore(before);
        assertNull(job.getQueueItem());
        FreeStyleProject now = reload(job);
        while (now.getQueueItem() == null) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        build();
        assertEquals(1, PollScene.builds(now));
        assertFalse(scene.tick(now).queued());
    }

    @Test
    void aBuildAsIfUpdatedKeepsItsCausesAndVariables() throws Exception {
        FreeStyleProject job = scene.watching("requested");
        scene.jenkins.jenkins.setNumExecutors(0);
        job.getAction(JobImagesAction.class).doBuildAsIfUpdated(null);
        restore(savedQueue());
        FreeStyleProject now = reload(job);
        PendingUpdates.resume(now);
        build();
        assertNotNull(now.getLastBuild().getCause(Cause.UserIdCause.class));
        String digest =
                ImageUpdateCause.updatesOf(now.getLastBuild()).get(0).digest().toString();
        assertEquals(
                digest, now.getLastBuild().getEnvironment(TaskListener.NULL).get("IMAGE_UPDATE_DIGEST"));
    }

    /** Keeps a build from its next step until it is opened. */
    public static final class Gate extends TestBuilder {
        private static CountDownLatch reached;
        private static CountDownLatch open;

        static void close() {
            reached = new CountDownLatch(1);
            open = new CountDownLatch(1);
        }

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws InterruptedException {
            reached.countDown();
            open.await();
            return true;
        }
    }

    /** A build by a user sees the update by the step, while the trigger's build for it waits. */
    private static FreeStyleProject settledByTheStep(String name, boolean restored) throws Exception {
        FreeStyleProject job = scene.watching(name);
        Gate.close();
        job.getBuildersList().add(new Gate());
        job.getBuildersList().add(new CheckImageUpdateBuilder(new CheckImageUpdateStep(scene.image("p/" + name))));
        QueueTaskFuture<FreeStyleBuild> user = job.scheduleBuild2(0, new Cause.UserIdCause());
        Gate.reached.await();
        scene.push("p/" + name, "two");
        assertTrue(scene.tick(job).queued());
        byte[] before = savedQueue();
        Gate.open.countDown();
        scene.jenkins.assertBuildStatusSuccess(user);
        scene.idle();
        if (restored) {
            restore(before);
        }
        build();
        return job;
    }

    @Test
    void theQueuedBuildOfAnUpdateThatTheStepHasSettledIsTakenOut() throws Exception {
        FreeStyleProject job = settledByTheStep("settled", false);
        assertEquals(1, job.getBuilds().size(), () -> "" + job.getBuilds());
        assertEquals(List.of(), scene.pending(job));
    }

    @Test
    void itIsTakenOutOfARestoredQueueToo() throws Exception {
        FreeStyleProject job = settledByTheStep("settled-before", true);
        assertEquals(1, job.getBuilds().size(), () -> "" + job.getBuilds());
        assertEquals(List.of(), scene.pending(job));
    }

    @Test
    void anUpdateThatWaitsWhileJenkinsQuietsDownIsBuiltOnceItIsBack() throws Exception {
        FreeStyleProject job = scene.watching("quiet");
        scene.queued(job, "two");
        scene.jenkins.jenkins.doQuietDown();
        scene.jenkins.jenkins.setNumExecutors(2);
        Queue.getInstance().maintain();
        assertFalse(scene.tick(job).queued());
        assertEquals(0, job.getBuilds().size());
        scene.jenkins.jenkins.doCancelQuietDown();
        build();
        assertEquals(1, PollScene.builds(job));
        assertFalse(scene.tick(job).queued());
    }

    @Test
    void aBuildThatAnotherPluginRepeatsWithItsCausesKeepsThem() throws Exception {
        FreeStyleProject job = scene.watching("repeated");
        scene.queued(job, "two");
        build();
        scene.jenkins.jenkins.setNumExecutors(0);
        job.scheduleBuild2(0, new CauseAction(job.getLastBuild().getCauses()));
        PendingUpdates.withdrawSettled(job);
        build();
        assertEquals(2, PollScene.builds(job));
    }
}
