package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The main purpose of the plugin with a real registry: a push starts one build, and without a push no build starts. */
@WithJenkins
@WithRegistry(credentialsId = "gcr-key")
class MainJobTest {
    private JenkinsRule jenkins;
    private RegistryFixture registry;

    @BeforeEach
    void start(JenkinsRule rule, RegistryFixture fixture) throws Exception {
        jenkins = rule;
        registry = fixture;
    }

    private void assertOneBuildPerPush(Job<?, ?> job) throws Exception {
        String first = registry.push("p/app", "stable", "one");
        PollReport report = registry.tick(job);
        assertEquals(List.of(), report.problems());
        assertEquals(
                "NEW",
                report.images().get(0).status().name(),
                () -> report.images().get(0).sentence());
        jenkins.waitUntilNoActivity();
        assertEquals(0, builds(job), "the first sight builds nothing");

        String second = registry.push("p/app", "stable", "two");
        assertTrue(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();
        assertEquals(1, builds(job));
        Run<?, ?> build = job.getLastBuild();
        jenkins.assertBuildStatusSuccess(build);
        ImageUpdateCause cause = build.getCause(ImageUpdateCause.class);
        assertNotNull(cause);
        assertEquals(first, cause.updates().get(0).previousDigest().toString());
        assertEquals(second, cause.updates().get(0).digest().toString());
        jenkins.assertLogContains(registry.image("p/app", "stable"), build);
        jenkins.assertLogContains("digest " + second, build);

        assertFalse(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();
        assertEquals(1, builds(job), "no push, no build");
    }

    private static int builds(Job<?, ?> job) {
        return job.getBuilds().size();
    }

    private ImageUpdateTrigger trigger() {
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("H/15 * * * *");
        TriggerImage image = new TriggerImage(registry.image("p/app", "stable"));
        image.setCredentialsId("gcr-key");
        trigger.setImages(List.of(image));
        return trigger;
    }

    @Test
    void asFreestyleTrigger() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        job.addTrigger(trigger());
        job.getBuildersList().add(new hudson.tasks.Shell("echo digest $IMAGE_UPDATE_DIGEST"));
        assertOneBuildPerPush(job);
    }

    @Test
    void asPipelineTrigger() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "app");
        job.addTrigger(trigger());
        job.setDefinition(new CpsFlowDefinition("echo \"digest ${env.IMAGE_UPDATE_DIGEST}\"", true));
        assertOneBuildPerPush(job);
    }

    @Test
    void asStepWithADownstreamJob() throws Exception {
        FreeStyleProject deploy = jenkins.createFreeStyleProject("deploy");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "watch");
        job.setDefinition(new CpsFlowDefinition(
                "def r = checkImageUpdate(image: '" + registry.image("p/app", "stable")
                        + "', credentialsId: 'gcr-key', downstreamJobs: ['deploy'])\n"
                        + "echo \"changed ${r.changed} ${r.images[0].status} ${r.images[0].digest}\"",
                true));
        registry.push("p/app", "stable", "one");
        jenkins.assertLogContains("changed false NEW", jenkins.buildAndAssertSuccess(job));
        jenkins.waitUntilNoActivity();
        assertEquals(0, builds(deploy));

        String second = registry.push("p/app", "stable", "two");
        jenkins.assertLogContains("changed true UPDATED " + second, jenkins.buildAndAssertSuccess(job));
        jenkins.waitUntilNoActivity();
        assertEquals(1, builds(deploy));
        assertNotNull(deploy.getLastBuild().getCause(ImageUpdateCause.class));
        assertNotNull(deploy.getLastBuild().getCause(hudson.model.Cause.UpstreamCause.class));

        jenkins.assertLogContains("changed false UNCHANGED", jenkins.buildAndAssertSuccess(job));
        jenkins.waitUntilNoActivity();
        assertEquals(1, builds(deploy));
    }
}
