package io.jenkins.plugins.imageupdate.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.EnvVars;
import hudson.Functions;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.documentation.CodeBlock;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.BuildImagesAction;
import io.jenkins.plugins.imageupdate.testing.Tools;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images that Pipelines run in by the Docker Pipeline plugin, with a stub of the command line of Docker on an agent. */
@WithRegistry
class DockerPipelineTest extends SharedScene {
    private static DockerStub docker;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Tools.require(
                !Functions.isWindows(), "the step sh and the stub of docker, a shell script, do not run on Windows");
        docker = new DockerStub(folder);
        jenkins.createOnlineSlave(new LabelAtom("docker"), new EnvVars("PATH", docker.path()));
    }

    private WorkflowJob pipeline(String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowJob watching(String name, String script) throws Exception {
        WorkflowJob job = pipeline(name, script);
        ImageUpdateTrigger trigger = PollScene.trigger();
        trigger.setWatchBuildImages(true);
        job.addTrigger(trigger);
        return job;
    }

    private static String inside(String image) {
        return "node('docker') { docker.image('" + image + "').inside { sh 'echo inside' } }";
    }

    /** Builds once, then pushes the image: it is recorded, and the job is built once more, whatever is checked after that. */
    private void assertRebuiltOncePerPush(WorkflowJob job, String repository) throws Exception {
        String image = scene.image(repository);
        scene.push(repository, "one");
        Run<?, ?> first = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("inside", first);
        RecordedImages.settled();
        assertEquals(Set.of(image), RecordedImages.of(first).keySet());
        assertTrue(docker.calls().stream().anyMatch(call -> call.startsWith("exec ")), () -> "nothing ran inside");

        PollReport report = scene.tick(job);
        assertEquals(List.of(), report.problems());
        assertEquals(List.of("NEW"), statuses(report));
        scene.push(repository, "two");
        assertTrue(scene.tick(job).queued());
        scene.idle();
        assertEquals(2, job.getBuilds().size());
        Run<?, ?> rebuilt = jenkins.assertBuildStatusSuccess(job.getLastBuild());
        assertEquals(
                image,
                ImageUpdateCause.updatesOf(rebuilt).get(0).image().reference().toString());
        RecordedImages.settled();
        assertFalse(scene.tick(job).queued());
        scene.idle();
        assertEquals(2, job.getBuilds().size());
    }

    private static List<String> statuses(PollReport report) {
        return report.images().stream().map(one -> one.status().name()).toList();
    }

    @Test
    void aDeclarativePipelineIsRebuiltOnceWhenTheImageOfItsAgentMoves() throws Exception {
        String documented = CodeBlock.all("groovy docker").get(0).text();
        String script = documented.replace("gcr.io/project/tools:stable", scene.image("p/declarative"));
        WorkflowJob job = pipeline("declarative", script.replace("make", "echo inside"));
        assertRebuiltOncePerPush(job, "p/declarative");
    }

    @Test
    void aScriptedPipelineIsRebuiltOnceWhenAnImageThatItRunsInMoves() throws Exception {
        assertRebuiltOncePerPush(watching("scripted", inside(scene.image("p/scripted"))), "p/scripted");
    }

    @Test
    void withoutTheOptionNothingIsWatched() throws Exception {
        scene.push("p/tools", "one");
        WorkflowJob job = watching("plain", inside(scene.image("p/tools")));
        job.getTriggers().values().forEach(trigger -> ((ImageUpdateTrigger) trigger).setWatchBuildImages(false));
        jenkins.buildAndAssertSuccess(job);
        RecordedImages.settled();
        assertEquals(List.of(), scene.tick(job).images());
    }

    @Test
    void aBuildWhoseImageNoRegistryKnowsBuildsAsAlways() throws Exception {
        WorkflowJob job = watching("unknown", inside("registry.invalid/team/tools:1"));
        jenkins.buildAndAssertSuccess(job);
        RecordedImages.settled();
        assertEquals(List.of("FAILED"), statuses(scene.tick(job)));
        jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void anImageThatTheBuildMadeItselfIsNotWatched() throws Exception {
        WorkflowJob job = watching(
                "own",
                "node('docker') { writeFile(file: 'Dockerfile', text: 'FROM scratch')\n"
                        + "docker.build('team/own:1').inside { sh 'echo inside' } }");
        jenkins.buildAndAssertSuccess(job);
        WorkflowJob dockerfile = watching("dockerfile", """
                pipeline {
                    agent { dockerfile { label 'docker' } }
                    options { skipDefaultCheckout() }
                    stages { stage('Build') { steps { sh 'echo inside' } } }
                }
                """);
        jenkins.jenkins
                .getNodes()
                .get(0)
                .getWorkspaceFor(dockerfile)
                .child("Dockerfile")
                .write("FROM scratch", "UTF-8");
        jenkins.buildAndAssertSuccess(dockerfile);
        RecordedImages.settled();
        for (WorkflowJob each : List.of(job, dockerfile)) {
            assertEquals(List.of(), scene.tick(each).images());
            BuildImagesAction action = each.getLastBuild().getAction(BuildImagesAction.class);
            assertEquals(Set.of(), action.uses().images().keySet());
            assertEquals(1, action.uses().notWatched().size());
            assertTrue(action.uses().notWatched().toString().contains("built or tagged by the build itself"));
        }
    }

    @Test
    void anImageByDigestIsNotWatchedAndTheReasonIsSaid() throws Exception {
        String pinned = scene.registry.host() + "/p/tools@sha256:" + "a".repeat(64);
        WorkflowJob job = watching("pinned", inside(pinned));
        jenkins.buildAndAssertSuccess(job);
        RecordedImages.settled();
        assertEquals(List.of(), scene.tick(job).images());
        assertTrue(job.getLastBuild()
                .getAction(BuildImagesAction.class)
                .uses()
                .notWatched()
                .get(pinned)
                .contains("by its digest"));
    }

    @Test
    void aBuildThatRunsInNoImageRecordsNothing() throws Exception {
        WorkflowJob job = watching("none", "node { withEnv(['A=b']) { timeout(1) { echo 'none' } } }");
        Run<?, ?> run = jenkins.buildAndAssertSuccess(job);
        RecordedImages.settled();
        assertNull(run.getAction(BuildImagesAction.class));
        jenkins.assertBuildStatus(Result.SUCCESS, run);
    }
}
