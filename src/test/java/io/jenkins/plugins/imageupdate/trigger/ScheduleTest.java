package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.JvmOptions;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A trigger checks on its schedule, and at no other time that was not asked for. */
class ScheduleTest {
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().javaOptions(JvmOptions.QUICK_START);

    @Test
    void aStartAndAReloadCheckNothingUnlessAnAdministratorChoseThat() throws Throwable {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            String host = registry.host();
            registry.pushImage("p/pending", "stable", "one");
            registry.pushImage("p/quiet", "stable", "one");
            jenkins.startJenkins();
            jenkins.runRemotely(rule -> {
                ConfiguredRegistry configured = new ConfiguredRegistry(host);
                configured.setPlainHttp(true);
                RegistriesConfiguration.get().setRegistries(List.of(configured));
                for (String name : List.of("pending", "quiet")) {
                    FreeStyleProject job = rule.createFreeStyleProject(name);
                    job.addTrigger(PollScene.trigger(host + "/p/" + name + ":stable"));
                    job.save();
                    assertFalse(check(name).queued());
                }
                rule.jenkins.setNumExecutors(0);
            });
            registry.pushImage("p/pending", "stable", "two");
            registry.pushImage("p/quiet", "stable", "two");
            jenkins.runRemotely(rule -> {
                assertTrue(check("pending").queued());
            });
            jenkins.stopJenkinsForcibly();
            registry.clear();
            jenkins.startJenkins();
            jenkins.runRemotely(rule -> {
                rule.jenkins.setNumExecutors(2);
                rule.waitUntilNoActivity();
                rule.jenkins.reload();
                rule.waitUntilNoActivity();
                assertNothingWasChecked();
            });
            assertEquals(List.of(), registry.requests());

            jenkins.runRemotely(rule -> {
                RegistriesConfiguration.get().setCheckAfterStart(true);
            });
            jenkins.stopJenkins();
            jenkins.startJenkins();
            assertTrue(
                    registry.awaitRequests(request -> request.path().contains("/p/quiet/"), 1, Duration.ofSeconds(60)));
            jenkins.runRemotely(rule -> {
                check("quiet");
                rule.waitUntilNoActivity();
                assertEquals(1, PollScene.builds(job("quiet")));
            });
            assertTrue(registry.count(RecordedRequest::isManifest) >= 2);
            jenkins.stopJenkins();
        }
    }

    private static void assertNothingWasChecked() {
        for (String name : List.of("pending", "quiet")) {
            assertFalse(ImageUpdatePoller.get().polling(job(name)), name);
            assertTrue(ImageUpdatePoller.get().report(job(name)).isEmpty(), name);
        }
        assertEquals(1, PollScene.builds(job("pending")), "what was found before the start is built");
        assertEquals(0, PollScene.builds(job("quiet")));
    }

    private static Job<?, ?> job(String name) {
        return Jenkins.get().getItemByFullName(name, Job.class);
    }

    private static PollReport check(String name) throws Exception {
        return ImageUpdatePoller.get().poll(job(name)).get(60, TimeUnit.SECONDS);
    }
}
