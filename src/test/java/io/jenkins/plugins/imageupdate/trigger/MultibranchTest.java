package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import java.nio.file.Files;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.SingleSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Each branch of a multibranch Pipeline watches only the images of its own Jenkinsfile. */
@WithJenkins
@WithRegistry
class MultibranchTest {
    private WorkflowMultiBranchProject project;

    private WorkflowJob branch(String name) {
        return project.getItem(name);
    }

    @Test
    void everyBranchHasALedgerOfItsOwn(JenkinsRule jenkins, PollScene scene) throws Exception {
        String jenkinsfile = "properties([pipelineTriggers([imageUpdate(spec: 'H H 1 1 *')])])\n"
                + "checkImageUpdate '" + scene.registry.host() + "/p/' + env.BRANCH_NAME + ':stable'\n"
                + "checkImageUpdate '" + scene.image("p/shared") + "'";
        scene.push("p/shared", "one");
        project = jenkins.createProject(WorkflowMultiBranchProject.class, "app");
        for (String name : new String[] {"main", "release"}) {
            scene.push("p/" + name, "one");
            project.getSourcesList()
                    .add(new BranchSource(new SingleSCMSource(name, new SingleFileSCM("Jenkinsfile", jenkinsfile))));
        }
        project.scheduleBuild2(0).getFuture().get();
        scene.idle();
        for (String name : new String[] {"main", "release"}) {
            assertFalse(scene.tick(branch(name)).queued());
            String ledger = Files.readString(PollScene.ledger(branch(name)).toPath());
            assertTrue(ledger.contains("/p/" + name + ":stable"), ledger);
            assertEquals(name.equals("main"), ledger.contains("/p/main:stable"), ledger);
        }

        scene.push("p/main", "two");
        assertTrue(scene.tick(branch("main")).queued());
        assertFalse(scene.tick(branch("release")).queued());
        scene.idle();
        assertEquals(1, PollScene.builds(branch("main")));
        assertEquals(0, PollScene.builds(branch("release")));

        scene.push("p/shared", "two");
        assertTrue(scene.tick(branch("main")).queued());
        assertTrue(scene.tick(branch("release")).queued());
        scene.idle();
        assertEquals(2, PollScene.builds(branch("main")));
        assertEquals(1, PollScene.builds(branch("release")));
    }
}
