package io.jenkins.plugins.imageupdate.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.testing.DistributionServer;
import io.jenkins.plugins.imageupdate.testing.ImagePusher;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The real distribution server tells Jenkins of its pushes. */
@WithJenkins
class DistributionEventsTest {
    @TempDir
    private Path directory;

    @Test
    void aPushStartsTheBuildAndALostEventIsMadeUpForByTheSchedule(JenkinsRule jenkins) throws Exception {
        PushEvents.source("registry", "distribution");
        String url = jenkins.getURL() + EventReceiver.URL + "/registry";
        try (DistributionServer registry =
                DistributionServer.start(directory, DistributionServer.notifying(url, PushEvents.SECRET))) {
            ConfiguredRegistry configured = new ConfiguredRegistry(registry.host());
            configured.setPlainHttp(true);
            RegistriesConfiguration.get().setRegistries(List.of(configured));
            jenkins.jenkins.setQuietPeriod(0);
            ImagePusher pusher = new ImagePusher(registry.origin());
            pusher.pushImage("p/app", "stable", "one");
            FreeStyleProject job = jenkins.createFreeStyleProject("app");
            job.addTrigger(PollScene.trigger(registry.host() + "/p/app:stable"));
            job.save();
            assertFalse(PollScene.poll(job).queued());

            String digest = pusher.pushImage("p/app", "stable", "two");
            FreeStyleBuild build = PushEvents.awaitBuild(job, 1);
            assertEquals(
                    digest,
                    ImageUpdateCause.updatesOf(build).get(0).digest().toString(),
                    "the registry's own notification started the build");

            PushEventsConfiguration.get().setSources(List.of());
            String lost = pusher.pushImage("p/app", "stable", "three");
            PollScene.poll(job);
            assertEquals(
                    lost,
                    ImageUpdateCause.updatesOf(PushEvents.awaitBuild(job, 2))
                            .get(0)
                            .digest()
                            .toString());
        }
    }
}
