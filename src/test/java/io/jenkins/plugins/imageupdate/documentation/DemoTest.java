package io.jenkins.plugins.imageupdate.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Job;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.SecretSource;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Jenkins that {@code mvn hpi:run} starts does what README says, with the reader's own registry. */
@WithJenkins
class DemoTest {
    @Test
    void theDemoJobsDoWhatReadmeSays(JenkinsRule jenkins, @TempDir Path directory) throws Exception {
        try (RegistryFixture registry = new RegistryFixture(directory)) {
            registry.front.makePublic("p/app");
            registry.push("p/app", "stable", "one");
            Environment.VALUES.putAll(Map.of(
                    "DEMO_REGISTRY", registry.front.host(),
                    "DEMO_PLAIN_HTTP", "true",
                    "DEMO_IMAGE", registry.image("p/app", "stable")));
            ConfigurationAsCode.get()
                    .configure(
                            Path.of("docs/demo/jenkins.yaml").toAbsolutePath().toString());
            jenkins.jenkins.setQuietPeriod(0);
            WorkflowJob check = jenkins.jenkins.getItemByFullName("check-base-image", WorkflowJob.class);
            Job<?, ?> deploy = jenkins.jenkins.getItemByFullName("deploy", Job.class);
            Job<?, ?> rebuild = jenkins.jenkins.getItemByFullName("rebuild-on-update", Job.class);

            jenkins.assertLogContains("first seen", jenkins.buildAndAssertSuccess(check));
            jenkins.assertLogContains("unchanged", jenkins.buildAndAssertSuccess(check));
            assertFalse(poll(rebuild).queued());
            String digest = registry.push("p/app", "stable", "two");
            jenkins.assertLogContains("changed: true, digest: " + digest, jenkins.buildAndAssertSuccess(check));
            assertTrue(poll(rebuild).queued());
            jenkins.waitUntilNoActivity();
            assertEquals(1, deploy.getBuilds().size());
            String image = registry.image("p/app", "stable");
            jenkins.assertLogContains("deploying " + image + " at " + digest, deploy.getLastBuild());
            assertEquals(1, rebuild.getBuilds().size());
            jenkins.assertLogContains("rebuilding for [{", rebuild.getLastBuild());
        }
    }

    private static PollReport poll(Job<?, ?> job) throws Exception {
        return ImageUpdatePoller.get().poll(job).get(60, TimeUnit.SECONDS);
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
