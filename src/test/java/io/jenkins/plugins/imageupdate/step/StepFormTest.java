package io.jenkins.plugins.imageupdate.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.Scripts;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step as people write it: by the Snippet Generator and in every form that Pipeline takes. */
@WithJenkins
class StepFormTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static CheckImageUpdateStep full() {
        CheckImageUpdateStep step = new CheckImageUpdateStep("gcr.io/p/app:stable");
        step.setImages(List.of("gcr.io/p/base:latest", "nginx"));
        step.setCredentialsId("gcr-key");
        step.setPlatform("linux/arm64");
        step.setSince("lastCheck");
        step.setDownstreamJobs(List.of("deploy", "/team/report"));
        step.setFailOnError(false);
        return step;
    }

    private static void assertSame(CheckImageUpdateStep expected, CheckImageUpdateStep step) {
        assertEquals(expected.getImage(), step.getImage());
        assertEquals(expected.getImages(), step.getImages());
        assertEquals(expected.getCredentialsId(), step.getCredentialsId());
        assertEquals(expected.getPlatform(), step.getPlatform());
        assertEquals(expected.getSince(), step.getSince());
        assertEquals(expected.getDownstreamJobs(), step.getDownstreamJobs());
        assertEquals(expected.isFailOnError(), step.isFailOnError());
    }

    @Test
    void theFormKeepsEveryField() throws Exception {
        StepConfigTester tester = new StepConfigTester(jenkins);
        assertSame(full(), tester.configRoundTrip(full()));
        CheckImageUpdateStep plain = new CheckImageUpdateStep("gcr.io/p/app:stable");
        assertSame(plain, tester.configRoundTrip(plain));
        CheckImageUpdateStep several = new CheckImageUpdateStep(null);
        several.setImages(List.of("gcr.io/p/app:stable", "nginx"));
        assertSame(several, tester.configRoundTrip(several));
    }

    @Test
    void theSnippetGeneratorWritesWhatAPersonWould() throws Exception {
        SnippetizerTester tester = new SnippetizerTester(jenkins);
        // With the name, since that is what Declarative Pipelines take as well.
        tester.assertRoundTrip(
                new CheckImageUpdateStep("gcr.io/p/app:stable"), "checkImageUpdate image: 'gcr.io/p/app:stable'");
        CheckImageUpdateStep step = new CheckImageUpdateStep("gcr.io/p/app:stable");
        step.setCredentialsId("gcr-key");
        tester.assertRoundTrip(step, "checkImageUpdate credentialsId: 'gcr-key', image: 'gcr.io/p/app:stable'");
        CheckImageUpdateStep several = new CheckImageUpdateStep(null);
        several.setImages(List.of("gcr.io/p/app:stable", "nginx"));
        tester.assertRoundTrip(several, "checkImageUpdate(images: ['gcr.io/p/app:stable', 'nginx'])");
        tester.assertRoundTrip(
                full(),
                "checkImageUpdate credentialsId: 'gcr-key', downstreamJobs: ['deploy', '/team/report'],"
                        + " failOnError: false, image: 'gcr.io/p/app:stable', images: ['gcr.io/p/base:latest', 'nginx'],"
                        + " platform: 'linux/arm64', since: 'lastCheck'");
    }

    @Test
    void theSnippetGeneratorsFormLeavesOutWhatIsNotFilledIn() throws Exception {
        new SnippetizerTester(jenkins)
                .assertGenerateSnippet(
                        "{'stapler-class':'" + CheckImageUpdateStep.class.getName()
                                + "', 'image':'gcr.io/p/app:stable', 'images':'', 'credentialsId':'', 'platform':'',"
                                + " 'since':'lastSuccess', 'downstreamJobs':'', 'failOnError':true}",
                        "checkImageUpdate image: 'gcr.io/p/app:stable'",
                        null);
    }

    @Test
    void everyWayOfWritingItWorks(@TempDir Path directory) throws Exception {
        try (RegistryFixture registry = new RegistryFixture(directory)) {
            registry.configure();
            registry.front.makePublic("p/public");
            SystemCredentialsProvider.getInstance().getCredentials().add(registry.secretFile("gcr-key"));
            registry.push("p/app", "stable", "one");
            registry.push("p/public", "stable", "two");
            String app = registry.image("p/app", "stable");
            String open = registry.image("p/public", "stable");
            assertChecks("def r = checkImageUpdate '" + open + "'", open);
            assertChecks("def r = checkImageUpdate('" + open + "')", open);
            assertChecks("def r = checkImageUpdate image: '" + app + "', credentialsId: 'gcr-key'", app);
            assertChecks(
                    "def r = checkImageUpdate images: ['" + app + "', '" + open + "'], credentialsId: 'gcr-key'",
                    app,
                    open);
            assertChecks(
                    "def r = checkImageUpdate image: '" + open + "', images: ['" + app + "'], credentialsId: 'gcr-key'",
                    open,
                    app);
        }
    }

    @Test
    void declarativePipelinesTakeNames(@TempDir Path directory) throws Exception {
        try (RegistryFixture registry = new RegistryFixture(directory)) {
            registry.configure();
            registry.front.makePublic("p/public");
            registry.push("p/public", "stable", "one");
            String image = registry.image("p/public", "stable");
            for (String step : List.of(
                    "checkImageUpdate image: '" + image + "'",
                    "checkImageUpdate image: '" + image + "', failOnError: true",
                    "checkImageUpdate images: ['" + image + "']",
                    "checkImageUpdate(images: ['" + image + "'], since: 'lastCheck')",
                    "script { checkImageUpdate '" + image + "' }")) {
                WorkflowRun run = declarative(Result.SUCCESS, step);
                jenkins.assertLogContains(image + ": first seen", run);
            }
            // They take one value without a name only where there is nothing that could be named instead.
            WorkflowRun run = declarative(Result.FAILURE, "checkImageUpdate '" + image + "'");
            jenkins.assertLogContains("use named parameters instead", run);
        }
    }

    private WorkflowRun declarative(Result expected, String step) throws Exception {
        return jenkins.buildAndAssertStatus(
                expected,
                Scripts.job(
                        jenkins,
                        jenkins.jenkins,
                        "declarative" + jenkins.jenkins.getItems().size(),
                        "pipeline { agent none\n stages { stage('check') { steps { " + step + " } } } }"));
    }

    /** In the sandbox, outside any node. */
    private void assertChecks(String step, String... images) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.SUCCESS,
                Scripts.job(
                        jenkins,
                        jenkins.jenkins,
                        "job" + jenkins.jenkins.getItems().size(),
                        step
                                + "\nfor (i in r.images) { echo \"seen ${i.image} ${i.status} ${i.digest} ${i.previousDigest}"
                                + " ${i.platform} ${i.platformDigest} ${i.failure} ${i.failureKind}\" }\n"
                                + "echo \"${r.changed} ${r.updates} ${r}\""));
        List<String> seen = JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.startsWith("seen "))
                .map(line -> line.split(" ")[1] + " " + line.split(" ")[2])
                .toList();
        assertEquals(List.of(images).stream().map(image -> image + " NEW").toList(), seen);
    }
}
