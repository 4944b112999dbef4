package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.LedgerProblems;
import io.jenkins.plugins.imageupdate.testing.Tools;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import jenkins.model.ParameterizedJobMixIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A job's folder on a real small file system that is full: an update that cannot be recorded is found again later. */
@WithJenkins
@WithRegistry
class DiskFullTest {
    private PollScene scene;
    private File folder;
    private boolean mounted;

    @BeforeEach
    void mount(JenkinsRule rule, PollScene started) throws Exception {
        scene = started;
        folder = new File(rule.jenkins.getRootDir(), "jobs/full");
        assertTrue(folder.mkdirs());
        // A disk that is really full is the point, and none but root can make one that is small: for others it is said.
        mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.getPath());
        Tools.require(mounted, "a small file system can only be mounted as root");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertTrue(run("umount", "-l", folder.getPath()));
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Path filler() {
        return folder.toPath().resolve("filler");
    }

    private void fill() throws IOException {
        byte[] block = new byte[512];
        Arrays.fill(block, (byte) 'x');
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertEquals(0, folder.getUsableSpace(), e::toString);
        }
    }

    @Test
    void anUpdateThatCannotBeRecordedIsSeenAgain() throws Exception {
        FreeStyleProject job = scene.watching("full");
        String before = Files.readString(PollScene.ledger(job).toPath());
        String digest = scene.push("p/full", "two");
        fill();
        for (int i = 0; i < 2; i++) {
            PollReport report = scene.tick(job);
            assertEquals(CheckStatus.UPDATED, report.images().get(0).status());
            assertFalse(report.queued());
            assertEquals(1, report.problems().size());
            assertTrue(report.problems().get(0).contains("No space left"), report.problems()::toString);
            assertTrue(LedgerProblems.byJob().containsKey("full"));
        }
        assertEquals(before, Files.readString(PollScene.ledger(job).toPath()));
        String[] names = folder.list((folder, name) -> name.contains("atomic"));
        assertEquals(0, names.length, () -> Arrays.toString(names));

        Files.delete(filler());
        assertTrue(scene.tick(job).queued());
        scene.idle();
        assertEquals(1, PollScene.builds(job));
        assertEquals(
                digest,
                ImageUpdateCause.updatesOf(job.getLastBuild()).get(0).digest().toString());
        assertFalse(scene.tick(job).queued());
        assertFalse(LedgerProblems.byJob().containsKey("full"));
    }

    @Test
    void aBuildThatCannotStartIsStartedLater() throws Exception {
        FreeStyleProject job = scene.watching("full");
        scene.queued(job, "two");
        fill();
        scene.jenkins.jenkins.setNumExecutors(2);
        scene.idle();
        scene.tick(job);
        scene.idle();

        Files.delete(filler());
        scene.tick(job);
        scene.idle();
        scene.tick(job);
        scene.idle();
        long onDisk = job.getBuilds().stream()
                .filter(run -> new File(((Run<?, ?>) run).getRootDir(), "build.xml").isFile())
                .filter(run -> !ImageUpdateCause.updatesOf((Run<?, ?>) run).isEmpty())
                .count();
        assertEquals(1, onDisk, () -> job.getBuilds().toString());
        assertEquals(0, scene.pending(job).size());
        assertFalse(scene.tick(job).queued());
    }

    @Test
    void restoredQueueItemsWaitUntilTheyCanBeComparedWithTheLedger() throws Exception {
        FreeStyleProject job = scene.watching("full");
        scene.queued(job, "two");
        byte[] asItWasPending = Files.readAllBytes(PollScene.ledger(job).toPath());
        scene.jenkins.jenkins.setNumExecutors(2);
        scene.idle();
        assertEquals(1, PollScene.builds(job));
        // As after a crash: the ledger was not told of the build, and the queue has it still.
        scene.jenkins.jenkins.setNumExecutors(0);
        Files.write(PollScene.ledger(job).toPath(), asItWasPending);
        ParameterizedJobMixIn.scheduleBuild2(job, 0, new CauseAction(SavedCauses.of(job.getLastBuild())));
        fill();
        ResumeItemListener resume = ResumeItemListener.get();
        resume.resume();
        assertTrue(resume.holds(job.getQueueItem()));
        scene.jenkins.jenkins.setNumExecutors(2);
        Queue.getInstance().maintain();
        assertTrue(job.getQueueItem() instanceof Queue.BlockedItem);

        Files.delete(filler());
        while (job.getQueueItem() != null) {
            Queue.getInstance().maintain();
        }
        scene.idle();
        assertEquals(1, job.getBuilds().size());
        assertEquals(0, scene.pending(job).size());
    }
}
