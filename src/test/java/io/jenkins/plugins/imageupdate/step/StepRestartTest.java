package io.jenkins.plugins.imageupdate.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.Scripts;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import java.io.File;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A step that waits for a registry survives a restart of the controller, and ends at once when its build is aborted. */
@WithRegistry
class StepRestartTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final CountDownLatch answers = new CountDownLatch(1);
    private RegistryFixture registry;

    @BeforeEach
    void start(RegistryFixture fixture) {
        registry = fixture;
        registry.push("p/app", "stable", "one");
    }

    @AfterEach
    void stop() {
        answers.countDown();
    }

    private void configure() throws Exception {
        registry.configure();
        registry.addCredential(registry.secretText("gcr-key"));
    }

    private WorkflowJob job(JenkinsRule jenkins, String name, String more) throws Exception {
        return Scripts.job(
                jenkins,
                jenkins.jenkins,
                name,
                "def r = checkImageUpdate(image: '" + registry.image("p/app", "stable") + "', credentialsId: 'gcr-key'"
                        + more + ")\necho \"${r.images[0].status} ${r.images[0].digest}\"");
    }

    /** @return a build of the job that waits for the registry */
    private WorkflowRun startHeld(WorkflowJob job) throws Exception {
        return startHeld(job, RecordedRequest::isManifest);
    }

    private WorkflowRun startHeld(WorkflowJob job, Predicate<RecordedRequest> held) throws Exception {
        registry.front.clear();
        registry.front.faults().always(held, Fault.heldUntil(answers));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        assertTrue(registry.front.awaitRequests(held, 1, LONG));
        return run;
    }

    @Test
    void afterARestartItChecksAgain() throws Throwable {
        sessions.then(jenkins -> {
            configure();
            WorkflowRun run = startHeld(job(jenkins, "app", ""));
            assertTrue(run.isBuilding());
        });
        registry.front.faults().clear();
        registry.front.clear();
        sessions.then(jenkins -> {
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("app", WorkflowJob.class).getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("NEW sha256:", run);
            assertTrue(registry.front.count(RecordedRequest::isManifest) > 0);
            assertEquals(
                    1,
                    JenkinsRule.getLog(run)
                            .lines()
                            .filter(line -> line.contains(": first seen, sha256:"))
                            .count());
        });
    }

    @Test
    void whatWasRecordedJustBeforeARestartIsStillAnUpdate() throws Throwable {
        sessions.then(jenkins -> {
            configure();
            WorkflowJob job = job(jenkins, "app", ", since: 'lastCheck'");
            jenkins.buildAndAssertSuccess(job);
            registry.push("p/app", "stable", "two");
            File ledger = new File(job.getRootDir(), "image-updates.xml");
            String before = Files.readString(ledger.toPath());
            // What the update changed is asked for when it is in the ledger already, and not yet in the Pipeline.
            startHeld(job, request -> request.isManifest() && request.path().contains("/manifests/sha256:"));
            assertNotEquals(before, Files.readString(ledger.toPath()));
        });
        registry.front.faults().clear();
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("app", WorkflowJob.class);
            WorkflowRun run = job.getBuildByNumber(2);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("UPDATED sha256:", run);
            jenkins.assertLogContains("UNCHANGED sha256:", jenkins.buildAndAssertSuccess(job));
        });
    }

    @Test
    void anAbandonedStepRecordsNothing() throws Throwable {
        sessions.then(jenkins -> {
            configure();
            WorkflowJob job = job(jenkins, "app", "");
            jenkins.buildAndAssertSuccess(job);
            registry.push("p/app", "stable", "two");
            String check = "checkImageUpdate(image: '" + registry.image("p/app", "stable")
                    + "', credentialsId: 'gcr-key', since: 'lastCheck')";
            job.setDefinition(new CpsFlowDefinition(
                    "try { timeout(time: 1, unit: 'MILLISECONDS') { " + check + " } } catch (e) { echo 'given up' }\n"
                            + "echo \"then ${" + check + ".images[0].status}\"",
                    true));
            WorkflowRun run = startHeld(job);
            jenkins.waitForMessage("given up", run);
            answers.countDown();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("then UPDATED", run);
        });
    }

    @Test
    void anAbortedBuildEndsAtOnceAndItsCheckRecordsNothing() throws Throwable {
        sessions.then(jenkins -> {
            configure();
            FreeStyleProject downstream = jenkins.createFreeStyleProject("deploy");
            WorkflowJob job = job(jenkins, "app", ", since: 'lastCheck', downstreamJobs: ['deploy']");
            jenkins.buildAndAssertSuccess(job);
            File ledger = new File(job.getRootDir(), "image-updates.xml");
            String before = Files.readString(ledger.toPath());
            registry.push("p/app", "stable", "two");
            registry.front.expireTokens();

            WorkflowRun run = startHeld(job);
            run.getExecutor().interrupt();
            // The registry has not answered yet, so only the abort can have ended the build.
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertFalse(JenkinsRule.getLog(run).contains("\tat "));

            WorkflowJob beside = job(jenkins, "beside", "");
            WorkflowRun other = beside.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("checkImageUpdate", other);
            answers.countDown();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(other));
            jenkins.waitUntilNoActivity();
            assertEquals(before, Files.readString(ledger.toPath()));
            assertEquals(0, downstream.getBuilds().size());

            jenkins.assertLogContains("UPDATED sha256:", jenkins.buildAndAssertSuccess(job));
            jenkins.waitUntilNoActivity();
            assertEquals(1, downstream.getBuilds().size());
        });
    }
}
