package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import java.util.List;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;

/** The part of {@link LiveInstallationTest} that runs inside Jenkins when the plugin is there. */
final class LiveJobs {
    private LiveJobs() {}

    static void create(String host) throws Exception {
        ConfiguredRegistry registry = new ConfiguredRegistry(host);
        registry.setPlainHttp(true);
        RegistriesConfiguration.get().setRegistries(List.of(registry));
        Jenkins.get().setQuietPeriod(0);
        FreeStyleProject job = Jenkins.get().createProject(FreeStyleProject.class, "app");
        job.addTrigger(PollScene.trigger(host + "/p/app:stable"));
        job.save();
        assertFalse(tick().queued());
    }

    private static FreeStyleProject job() {
        return Jenkins.get().getItemByFullName("app", FreeStyleProject.class);
    }

    private static PollReport tick() throws Exception {
        return PollScene.poll(job());
    }

    private static long built(String digest) {
        return job().getBuilds().stream()
                .filter(run -> ImageUpdateCause.updatesOf((Run<?, ?>) run).stream()
                        .anyMatch(update -> digest.equals(String.valueOf(update.digest()))))
                .count();
    }

    static void updateIsBuilt(JenkinsRule rule, String digest) throws Exception {
        assertTrue(tick().queued());
        rule.waitUntilNoActivityUpTo(120_000);
        assertEquals(1, built(digest));
    }

    static void updateIsBuiltWithTheUsersBuildThatJoinsIt(JenkinsRule rule, String digest) throws Exception {
        rule.jenkins.setNumExecutors(0);
        assertTrue(tick().queued());
        assertNotNull(job().scheduleBuild2(0, new Cause.UserIdCause()));
        assertEquals(1, rule.jenkins.getQueue().getItems().length);
        rule.jenkins.setNumExecutors(2);
        rule.waitUntilNoActivityUpTo(120_000);
        assertEquals(1, built(digest));
        assertNotNull(job().getLastBuild().getCause(Cause.UserIdCause.class));
        assertEquals(2, job().getBuilds().size());
    }

    static void updateWaits(JenkinsRule rule) throws Exception {
        rule.jenkins.setNumExecutors(0);
        assertTrue(tick().queued());
    }

    static void updateThatWaitedIsBuiltOnce(JenkinsRule rule, String digest) throws Exception {
        tick();
        rule.jenkins.setNumExecutors(2);
        rule.waitUntilNoActivityUpTo(120_000);
        assertFalse(tick().queued());
        assertEquals(1, built(digest));
        assertEquals(3, job().getBuilds().size());
    }
}
