package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** <i>Reload Configuration from Disk</i> while an update waits: jobs and queue items are other objects afterwards. */
@WithJenkins
class ReloadTest {
    private PollScene scene;
    private FreeStyleProject job;

    @BeforeEach
    void watch(JenkinsRule rule) throws Exception {
        scene = new PollScene(rule);
        job = scene.watching("app");
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private FreeStyleProject reload() throws Exception {
        scene.jenkins.jenkins.reload();
        FreeStyleProject now = scene.jenkins.jenkins.getItemByFullName("app", FreeStyleProject.class);
        assertNotSame(job, now);
        return now;
    }

    @Test
    void anUpdateThatWaitsIsBuiltOnce() throws Exception {
        scene.queued(job, "two");
        FreeStyleProject now = reload();
        System.out.println("LEVEL " + scene.jenkins.jenkins.getInitLevel() + " " + java.util.Arrays.toString(scene.jenkins.jenkins.getQueue().getItems()));
        assertNotNull(now.getQueueItem());
        scene.tick(now);
        assertEquals(1, scene.jenkins.jenkins.getQueue().getItems().length);
        scene.jenkins.jenkins.setNumExecutors(2);
        scene.idle();
        scene.tick(now);
        scene.idle();
        assertEquals(1, PollScene.builds(now));
    }
}
