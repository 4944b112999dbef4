package io.jenkins.plugins.imageupdate.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Label;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Images that nobody writes down twice: the files of a workspace on an agent name them. */
@WithJenkins
class WorkspaceImagesTest {
    private JenkinsRule jenkins;
    private RegistryFixture registry;

    @BeforeEach
    void start(JenkinsRule rule, @TempDir Path directory) throws Exception {
        jenkins = rule;
        registry = new RegistryFixture(directory);
        registry.configure();
        SystemCredentialsProvider.getInstance().getCredentials().add(registry.secretText("gcr-key"));
        jenkins.createOnlineSlave(Label.get("agent"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private WorkflowJob job(String file, String text, String check) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node('agent') { writeFile(file: '" + file + "', text: '''" + text + "'''); " + check + " }", true));
        return job;
    }

    @Test
    void aBaseImageThatMovesRebuildsTheJobOnce() throws Exception {
        registry.push("p/base", "stable", "one");
        String text = "ARG BASE\nFROM ${BASE} AS build\nRUN true\nFROM scratch\nCOPY --from=build /a /a\n";
        String check = "checkImageUpdate(dockerfile: 'Dockerfile', buildArgs: ['BASE="
                + registry.image("p/base", "stable") + "'], credentialsId: 'gcr-key')";
        WorkflowJob job = job("Dockerfile", text, check);
        job.addTrigger(new ImageUpdateTrigger("H H 1 1 *"));
        jenkins.assertLogContains("p/base:stable: first seen", jenkins.buildAndAssertSuccess(job));

        String second = registry.push("p/base", "stable", "two");
        assertTrue(ImageUpdatePoller.get().poll(job).get(60, TimeUnit.SECONDS).queued());
        jenkins.waitUntilNoActivity();
        Run<?, ?> rebuilt = job.getLastBuild();
        assertEquals(2, rebuilt.getNumber());
        jenkins.assertBuildStatusSuccess(rebuilt);
        jenkins.assertLogContains("Image " + registry.image("p/base", "stable") + ": updated", rebuilt);
        jenkins.assertLogContains(second.substring(0, 19), rebuilt);
        assertFalse(ImageUpdatePoller.get().poll(job).get(60, TimeUnit.SECONDS).queued());
    }

    @Test
    void composeAndKubernetesFilesNameImagesToo() throws Exception {
        registry.push("p/web", "1", "one");
        String text = "services:\n  web:\n    image: " + registry.image("p/web", "1") + "\n";
        WorkflowJob job = job("compose.yaml", text, "checkImageUpdate(manifests: '*.yaml', credentialsId: 'gcr-key')");
        jenkins.assertLogContains("p/web:1: first seen", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void whatCannotBeResolvedIsSaidByFileAndLine() throws Exception {
        registry.push("p/base", "stable", "one");
        String text = "FROM " + registry.image("p/base", "stable") + "\nFROM $UNKNOWN\n";
        WorkflowJob job =
                job("Dockerfile", text, "checkImageUpdate(dockerfile: 'Dockerfile', credentialsId: 'gcr-key')");
        Run<?, ?> build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("Dockerfile:2: ", build);
        jenkins.assertLogContains("first seen", build);
    }

    @Test
    void aLinkOutOfTheWorkspaceIsNotRead() throws Exception {
        WorkflowJob job = job("x", "", "sh 'ln -s /etc/passwd Dockerfile'; checkImageUpdate(dockerfile: 'Dockerfile')");
        Run<?, ?> build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("Dockerfile leads out of the workspace and is not read", build);
        jenkins.assertLogNotContains("root:", build);
    }

    @Test
    void aFileThatIsNotThereAndAMissingWorkspaceAreSaid() throws Exception {
        WorkflowJob missing = job("x", "", "checkImageUpdate(dockerfile: 'Dockerfile')");
        jenkins.assertLogContains(
                "no file in the workspace matches \"Dockerfile\"",
                jenkins.buildAndAssertStatus(Result.FAILURE, missing));
        WorkflowJob outside = jenkins.createProject(WorkflowJob.class);
        outside.setDefinition(new CpsFlowDefinition("checkImageUpdate(dockerfile: 'Dockerfile')", true));
        Run<?, ?> build = jenkins.buildAndAssertStatus(Result.FAILURE, outside);
        jenkins.assertLogContains("put checkImageUpdate inside node", build);
        jenkins.assertLogNotContains("\tat ", build);
    }
}
