package io.jenkins.plugins.imageupdate.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.JobWatch;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Several runs of the step in one build, for one image and for several. */
@WithRegistry
class RepeatedChecksTest extends SharedScene {
    private static WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        define(job, script);
        return job;
    }

    private static void define(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
    }

    private static String check(String repository, String... more) {
        return "checkImageUpdate(image: '" + scene.image(repository) + "'" + String.join("", more) + ")\n";
    }

    private static List<CheckStatus> statuses(WorkflowRun run) {
        return run.getAction(CheckedImagesAction.class).results().stream()
                .map(result -> result.status())
                .toList();
    }

    private static Set<String> watched(WorkflowJob job) {
        return JobWatch.of(job).byTrigger().keySet().stream()
                .map(image -> image.reference().repository())
                .collect(Collectors.toSet());
    }

    @Test
    void aLoopThatWaitsForAnUpdateLeavesOneRecordOfTheImage() throws Exception {
        scene.push("p/loop", "one");
        WorkflowJob job = job(
                "loop",
                "int n = 0\nwaitUntil(initialRecurrencePeriod: 1, quiet: true) { " + check("p/loop") + " ++n > 20 }");
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        assertEquals(List.of(CheckStatus.NEW), statuses(run));
        String xml = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
        assertEquals(2, xml.split("<reference>").length, xml);
    }

    @Test
    void parallelAndRepeatedChecksOfOneImageLeaveOneRecord() throws Exception {
        scene.push("p/parallel", "one");
        WorkflowJob job = job(
                "parallel",
                "parallel(a: { " + check("p/parallel") + " }, b: { retry(2) { " + check("p/parallel") + " } })\n"
                        + check("p/parallel", ", since: 'lastCheck'"));
        assertEquals(1, statuses(jenkins.buildAndAssertSuccess(job)).size());
    }

    @Test
    void anUpdateOfTheBuildStaysRecordedWhenALaterCheckFindsNothingFurther() throws Exception {
        scene.push("p/last", "one");
        WorkflowJob job = job("last", check("p/last", ", since: 'lastCheck'").repeat(2));
        jenkins.buildAndAssertSuccess(job);
        scene.push("p/last", "two");
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("unchanged", run);
        assertEquals(List.of(CheckStatus.UPDATED), statuses(run));
    }

    @Test
    void whatABuildHasSeenStaysRecordedWhenALaterCheckFails() throws Exception {
        scene.push("p/fails", "one");
        String tolerant = check("p/fails", ", failOnError: false");
        WorkflowJob job = job("fails", tolerant + tolerant);
        jenkins.buildAndAssertSuccess(job);
        String digest = scene.push("p/fails", "two");
        scene.registry.faults().next(RecordedRequest::isManifest, (request, regular) -> {
            scene.registry.faults().always(RecordedRequest::isManifest, Fault.disconnect());
            return regular.get();
        });
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        assertEquals(List.of(CheckStatus.UPDATED), statuses(run));
        assertEquals(
                digest,
                run.getAction(CheckedImagesAction.class)
                        .results()
                        .get(0)
                        .digest()
                        .toString());
        jenkins.assertLogContains("UNREACHABLE", run);
    }

    @Test
    void afterAFailureBetweenTwoStepsBothImagesAreStillWatched() throws Exception {
        scene.push("p/first", "one");
        scene.push("p/second", "one");
        WorkflowJob job = job("between", check("p/first") + check("p/second"));
        job.addTrigger(PollScene.trigger());
        jenkins.buildAndAssertSuccess(job);
        define(job, check("p/first") + "error 'between'\n" + check("p/second"));
        jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertEquals(Set.of("p/first", "p/second"), watched(job));

        scene.push("p/second", "two");
        assertTrue(scene.tick(job).queued());
        scene.idle();
        assertFalse(scene.tick(job).queued(), "the failed build was started for it");
    }

    @Test
    void afterABuildWhoseFirstStepFailsOrThatIsStoppedAllImagesAreStillWatched() throws Exception {
        scene.push("p/one", "one");
        scene.push("p/two", "one");
        WorkflowJob job = job("stopped", check("p/one") + check("p/two"));
        job.addTrigger(PollScene.trigger());
        jenkins.buildAndAssertSuccess(job);
        scene.registry.faults().always(RecordedRequest::isManifest, Fault.disconnect());
        jenkins.buildAndAssertStatus(Result.FAILURE, job);
        scene.registry.faults().clear();
        assertEquals(Set.of("p/one", "p/two"), watched(job));

        define(job, check("p/one") + "currentBuild.result = 'ABORTED'\nerror 'stopped'\n" + check("p/two"));
        jenkins.buildAndAssertStatus(Result.ABORTED, job);
        assertEquals(Set.of("p/one", "p/two"), watched(job));
    }

    @Test
    void anImageThatTheLastSuccessfulBuildNoLongerChecksIsNotWatched() throws Exception {
        scene.push("p/kept", "one");
        scene.push("p/left", "one");
        WorkflowJob job = job("left", check("p/kept") + check("p/left"));
        job.addTrigger(PollScene.trigger());
        jenkins.buildAndAssertSuccess(job);
        define(job, check("p/kept"));
        jenkins.buildAndAssertSuccess(job);
        assertEquals(Set.of("p/kept"), watched(job));
    }
}
