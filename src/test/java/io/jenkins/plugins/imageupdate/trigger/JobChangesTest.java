package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.Queue;
import hudson.triggers.Trigger;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import java.io.File;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes of a job during a check, or while an update waits for its build. */
@WithRegistry
class JobChangesTest extends SharedScene {
    @Test
    void aJobThatIsRenamedDuringACheckKeepsItsLedger() throws Exception {
        FreeStyleProject job = scene.watching("oldname");
        scene.push("p/oldname", "two");
        File before = job.getRootDir();
        PollScene.Held check = scene.new Held(job);
        job.renameTo("newname");
        assertTrue(check.release().queued());
        scene.idle();
        assertFalse(before.exists(), "nothing is written where the job was");
        assertEquals(1, PollScene.builds(job));
        assertFalse(scene.tick(job).queued());
    }

    @Test
    void aJobThatIsMovedWhileItsUpdateWaitsKeepsIt() throws Exception {
        FreeStyleProject job = scene.watching("moved");
        scene.queued(job, "two");
        Folder folder = jenkins.jenkins.createProject(Folder.class, "folder");
        File before = job.getRootDir();
        FreeStyleProject moved = Items.move(job, folder);
        assertEquals(1, scene.pending(moved).size());
        assertFalse(scene.tick(moved).queued(), "it waits already");
        jenkins.jenkins.setNumExecutors(2);
        scene.idle();
        assertFalse(before.exists());
        assertEquals(1, PollScene.builds(moved));
        assertFalse(scene.tick(moved).queued());
    }

    @Test
    void aCopiedJobHasAnEmptyLedger() throws Exception {
        FreeStyleProject job = scene.watching("original");
        scene.queued(job, "two");
        FreeStyleProject copy = (FreeStyleProject) jenkins.jenkins.<hudson.model.TopLevelItem>copy(job, "copy");
        copy.save();
        PollReport report = scene.tick(copy);
        assertEquals("NEW", report.images().get(0).status().name());
        assertFalse(report.queued());
    }

    @Test
    void aJobThatIsDeletedDuringACheckStaysDeleted() throws Exception {
        FreeStyleProject job = scene.watching("deleted");
        scene.push("p/deleted", "two");
        File folder = job.getRootDir();
        PollScene.Held check = scene.new Held(job);
        job.delete();
        assertFalse(check.release().queued());
        assertFalse(folder.exists());
    }

    @Test
    void aCheckOfAJobThatWasReplacedMeanwhileRecordsNothing() throws Exception {
        FreeStyleProject job = scene.watching("anew");
        scene.push("p/anew", "two");
        PollScene.Held check = scene.new Held(job);
        job.delete();
        FreeStyleProject anew = scene.job("anew", scene.image("p/anew"));
        assertFalse(check.release().queued());
        assertFalse(PollScene.ledger(anew).exists());
    }

    @Test
    void anImageThatIsNoLongerWatchedWhenItsAnswerComesIsNotBuilt() throws Exception {
        FreeStyleProject job = scene.watching("edited");
        scene.push("p/edited", "two");
        scene.push("p/other", "one");
        PollScene.Held check = scene.new Held(job);
        job.addTrigger(PollScene.trigger(scene.image("p/other")));
        job.save();
        assertFalse(check.release().queued());

        job.addTrigger(PollScene.trigger(scene.image("p/other"), scene.image("p/edited")));
        job.save();
        assertTrue(scene.tick(job).queued(), "watched again, it is compared with what it was");
        scene.idle();
        assertEquals(1, PollScene.builds(job));
    }

    @Test
    void anUpdateOfAnImageThatIsNoLongerWatchedIsDropped() throws Exception {
        FreeStyleProject job = scene.watching("dropped");
        Queue.Item item = scene.queued(job, "two");
        job.disable();
        job.removeTrigger(jenkins.jenkins.getDescriptorByType(ImageUpdateTrigger.DescriptorImpl.class));
        scene.push("p/other", "one");
        job.addTrigger(PollScene.trigger(scene.image("p/other")));
        job.enable();
        assertFalse(scene.tick(job).queued());
        assertNull(job.getQueueItem());
        assertTrue(Queue.getInstance().getItem(item.getId()) instanceof Queue.LeftItem);
    }

    @Test
    void savingEnablingRenamingAndCopyingAJobChecksNothing() throws Exception {
        FreeStyleProject job = scene.watching("changed");
        scene.registry.clear();
        jenkins.configRoundtrip(job);
        job.disable();
        job.enable();
        job.renameTo("renamed");
        job.doReload();
        jenkins.jenkins.<hudson.model.TopLevelItem>copy(job, "copyofrenamed");
        // Neither the day nor the month of the schedule.
        Trigger.checkTriggers(new GregorianCalendar(2026, Calendar.MAY, 15));
        scene.idle();
        assertEquals(List.of(), scene.registry.requests());
    }
}
