package io.jenkins.plugins.imageupdate.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.SecretSource;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.demo.DemoLog;
import io.jenkins.plugins.imageupdate.demo.DemoRegistry;
import io.jenkins.plugins.imageupdate.demo.DemoVariables;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Jenkins of .ci/demo does what README says, and its logs have the lines that the demo without Jenkins prints. */
@WithJenkins
class DemoTest {
    private JenkinsRule jenkins;

    @Test
    void theImageIsFirstSeenThenUnchangedThenPushedThenUpdated(JenkinsRule rule, @TempDir Path keys) throws Exception {
        jenkins = rule;
        try (DemoRegistry registry = new DemoRegistry()) {
            configure(registry, keys);
            WorkflowJob check = job("check-base-image");
            WorkflowJob rebuild = job("rebuild-on-update");

            jenkins.assertLogContains(registry.image() + ": first seen, sha256:", jenkins.buildAndAssertSuccess(check));
            Run<?, ?> second = jenkins.buildAndAssertSuccess(check);
            jenkins.assertLogContains(registry.image() + ": unchanged, sha256:", second);
            jenkins.assertLogContains(" (credential 'gcr-key')", second);
            assertFalse(poll(rebuild).queued());

            jenkins.assertLogContains(
                    "pushed version 1.0.1 as demo/app:stable", jenkins.buildAndAssertSuccess(job("push-new-version")));
            Run<?, ?> third = jenkins.buildAndAssertSuccess(check);
            assertTrue(poll(rebuild).queued());
            jenkins.waitUntilNoActivity();
            assertEquals(1, rebuild.getBuilds().size());
            assertEquals(1, job("deploy").getBuilds().size());
            Run<?, ?> built = rebuild.getLastBuild();
            CheckResult update = ImageUpdateCause.updatesOf(built).get(0);
            jenkins.assertLogContains(update.headline() + " (credential 'gcr-key')", third);
            jenkins.assertLogContains("version 1.0.0 → 1.0.1", third);
            jenkins.assertLogContains(DemoLog.started("deploy"), third);
            jenkins.assertLogContains("changed: true, digest: " + update.digest(), third);
            jenkins.assertLogContains(DemoLog.cause(update), built);
            for (String line : DemoLog.environment(update)) {
                jenkins.assertLogContains(line, built);
            }
            jenkins.assertLogContains(DemoLog.cause(update), job("deploy").getLastBuild());
            jenkins.assertLogContains(DemoLog.deploying(update), job("deploy").getLastBuild());
        }
    }

    @Test
    void aWrongKeyFailsInWords(JenkinsRule rule, @TempDir Path keys) throws Exception {
        jenkins = rule;
        try (DemoRegistry registry = new DemoRegistry()) {
            configure(registry, keys);
            Run<?, ?> build = jenkins.buildAndAssertStatus(Result.FAILURE, job("check-with-wrong-key"));
            jenkins.assertLogContains(registry.image() + ": CREDENTIAL_REJECTED: ", build);
            jenkins.assertLogContains("credential 'wrong-key'. Way out: ", build);
        }
    }

    /** As .ci/demo does. */
    private void configure(DemoRegistry registry, Path keys) throws Exception {
        Environment.VALUES.putAll(DemoVariables.of(registry, keys));
        ConfigurationAsCode.get()
                .configure(Path.of("docs/demo/jenkins.yaml").toAbsolutePath().toString());
    }

    private WorkflowJob job(String name) {
        return jenkins.jenkins.getItemByFullName(name, WorkflowJob.class);
    }

    private static PollReport poll(WorkflowJob job) throws Exception {
        return PollScene.poll(job);
    }

    /** In place of the environment, which a test cannot set for itself. */
    @TestExtension
    public static final class Environment extends SecretSource {
        private static final Map<String, String> VALUES = new ConcurrentHashMap<>();

        @Override
        public Optional<String> reveal(String name) {
            return Optional.ofNullable(VALUES.get(name));
        }
    }
}
