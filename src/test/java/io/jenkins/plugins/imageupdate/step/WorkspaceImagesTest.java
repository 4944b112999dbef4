package io.jenkins.plugins.imageupdate.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Label;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.source.manifests.ManifestImages;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Images that are named by files of a workspace on an agent. */
@WithSharedJenkins
@WithRegistry(credentialsId = "gcr-key")
class WorkspaceImagesTest {
    private static JenkinsRule jenkins;
    private static RegistryFixture registry;

    @BeforeAll
    static void start(JenkinsRule rule, RegistryFixture fixture) throws Exception {
        jenkins = rule;
        registry = fixture;
        jenkins.createOnlineSlave(Label.get("agent"));
    }

    private WorkflowJob job(String file, String text, String check) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node('agent') { writeFile(file: '" + file + "', text: '''" + text + "'''); " + check + " }", true));
        return job;
    }

    @Test
    void aBaseImageThatMovesRebuildsTheJobOnce() throws Exception {
        String first = registry.push("p/base", "stable", "one");
        String text = "ARG BASE\nFROM ${BASE} AS build\nRUN true\nFROM scratch\nCOPY --from=build /a /a\n";
        String check = "checkImageUpdate(dockerfile: 'Dockerfile', buildArgs: ['BASE="
                + registry.image("p/base", "stable") + "'], credentialsId: 'gcr-key')";
        WorkflowJob job = job("Dockerfile", text, check);
        job.addTrigger(new ImageUpdateTrigger("H H 1 1 *"));
        jenkins.assertLogContains("p/base:stable: first seen", jenkins.buildAndAssertSuccess(job));

        String second = registry.push("p/base", "stable", "two");
        assertTrue(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();
        Run<?, ?> rebuilt = job.getLastBuild();
        assertEquals(2, rebuilt.getNumber());
        jenkins.assertBuildStatusSuccess(rebuilt);
        jenkins.assertLogContains("Image " + registry.image("p/base", "stable") + ": updated", rebuilt);
        jenkins.assertLogContains(first.substring(0, 19) + " → " + second.substring(0, 19), rebuilt);
        String page =
                jenkins.createWebClient().getPage(rebuilt, "image-updates").asXml();
        assertTrue(page.contains("title=\"" + first + "\"") && page.contains("title=\"" + second + "\""), page);
        String pinned = registry.image("p/base", "stable") + "@" + second;
        assertTrue(page.contains("text=\"" + pinned + "\""), "to copy");

        assertFalse(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();
        assertEquals(2, job.getBuilds().size());
    }

    @Test
    void imagesThatTheTargetDoesNotNeedAreNotChecked() throws Exception {
        registry.push("p/base", "stable", "one");
        registry.push("p/tools", "1", "two");
        String base = registry.image("p/base", "stable");
        String text = "FROM " + base + " AS app\nCOPY --from=tools /a /a\nFROM " + registry.image("q/secret", "1")
                + " AS test\n";
        String check = "checkImageUpdate(dockerfile: 'Dockerfile', target: 'app', credentialsId: 'gcr-key',"
                + " buildContexts: ['tools=docker-image://" + registry.image("p/tools", "1") + "'])";
        Run<?, ?> build = jenkins.buildAndAssertSuccess(job("Dockerfile", text, check));
        jenkins.assertLogContains(base + ": first seen", build);
        jenkins.assertLogContains("p/tools:1: first seen", build);
        jenkins.assertLogNotContains("q/secret", build);
    }

    @Test
    void theLogHasTheNewTextForAnOutdatedPin() throws Exception {
        String pin = registry.push("p/base", "stable", "one");
        String now = registry.push("p/base", "stable", "two");
        String image = registry.image("p/base", "stable");
        WorkflowJob job = job(
                "Dockerfile",
                "FROM " + image + "@" + pin + "\n",
                "def r = checkImageUpdate(dockerfile: 'Dockerfile', credentialsId: 'gcr-key');"
                        + " writeFile(file: 'Dockerfile', text:"
                        + " readFile('Dockerfile').replace(r.updates[0].image, r.updates[0].pinned));"
                        + " echo(readFile('Dockerfile'))");
        Run<?, ?> build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("; to pin the current digest: " + image + "@" + now, build);
        jenkins.assertLogContains("FROM " + image + "@" + now, build);
    }

    @Test
    void aFileThatIsNotADockerfileOrManifestIsReported() throws Exception {
        registry.push("p/web", "1", "one");
        String text = "services:\n  web:\n    image: " + registry.image("p/web", "1") + "\n";
        String bomb = "x0: &x0 {kind: Pod}\n"
                + IntStream.range(1, 5)
                        .mapToObj(i -> "x" + i + ": &x" + i + " {kind: List, items: ["
                                + ("*x" + (i - 1) + ", ").repeat(20) + "]}\n")
                        .collect(Collectors.joining())
                + "kind: List\nitems: [*x4]\n";
        WorkflowJob job = job(
                "compose.yaml",
                text,
                "writeFile(file: 'broken.yaml', text: 'a: [1, {');"
                        + " writeFile(file: 'bomb.yaml', text: '''" + bomb + "''');"
                        + " writeFile(file: 'Dockerfile', text: 'AAEC', encoding: 'Base64');"
                        + " writeFile(file: 'big.yaml', text: 'a'.multiply(" + (ManifestImages.MAX_BYTES + 1) + "));"
                        + " checkImageUpdate(dockerfile: 'Dockerfile', manifests: '*.yaml', credentialsId: 'gcr-key')");
        Run<?, ?> build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("p/web:1: first seen", build);
        jenkins.assertLogContains("broken.yaml:1: ", build);
        jenkins.assertLogContains("bomb.yaml:1: more than 10000 objects are in this file", build);
        jenkins.assertLogContains("Dockerfile:1: this is not text: it has a zero byte", build);
        jenkins.assertLogContains("big.yaml: the file is larger than ", build);
        jenkins.assertLogNotContains("\tat ", build);
    }

    @Test
    void composeAndKubernetesFilesNameImagesToo() throws Exception {
        registry.push("p/web", "1", "one");
        String text = "services:\n  web:\n    image: " + registry.image("p/web", "1") + "\n";
        WorkflowJob job = job("compose.yaml", text, "checkImageUpdate(manifests: '*.yaml', credentialsId: 'gcr-key')");
        jenkins.assertLogContains("p/web:1: first seen", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void filesThatAComposeFileIncludesAreReadButNotOutsideTheWorkspace() throws Exception {
        registry.push("p/web", "1", "one");
        String image = registry.image("p/web", "1").replaceFirst(":1$", ":\\${TAG}");
        WorkflowJob job = job(
                "compose.yaml",
                "include: [more/db.yaml, out.yaml]\nservices: {}\n",
                "writeFile(file: 'more/db.yaml', text: 'services: {db: {image: \"" + image + "\"}}');"
                        + " writeFile(file: 'more/.env', text: 'TAG=1');"
                        + " sh 'ln -s /etc/passwd out.yaml';"
                        + " checkImageUpdate(manifests: 'compose.yaml', credentialsId: 'gcr-key')");
        Run<?, ?> build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("p/web:1: first seen", build);
        jenkins.assertLogContains(
                "compose.yaml:1: include: out.yaml cannot be read: out.yaml points outside the workspace, so it is not read",
                build);
        jenkins.assertLogNotContains("root:", build);
    }

    @Test
    void aJenkinsfileNamesImagesToo() throws Exception {
        registry.push("p/web", "1", "one");
        String text = "pipeline { agent { docker { image \"" + registry.image("p/web", "1") + "\" } } }\n";
        WorkflowJob job =
                job("Jenkinsfile", text, "checkImageUpdate(manifests: 'Jenkinsfile', credentialsId: 'gcr-key')");
        jenkins.assertLogContains("p/web:1: first seen", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void unresolvedImagesAreLoggedWithFileAndLine() throws Exception {
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
        jenkins.assertLogContains("Dockerfile points outside the workspace, so it is not read", build);
        jenkins.assertLogNotContains("root:", build);
    }

    @Test
    void aMissingFileAndAMissingWorkspaceAreReported() throws Exception {
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
