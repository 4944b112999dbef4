package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.JvmOptions;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A real Jenkins process stops after it has found an update and before it builds it. */
@WithRegistry
class RestartTest {
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().javaOptions(JvmOptions.QUICK_START);

    @ParameterizedTest(name = "killed: {0}")
    @ValueSource(booleans = {false, true})
    void anUpdateThatWaitsInTheQueueIsBuiltOnce(boolean killed, RegistryFixture registry) throws Throwable {
        String host = registry.front.host();
        String key = registry.key;
        registry.push("p/app", "stable", "one");
        jenkins.startJenkins();
        jenkins.runRemotely(rule -> {
            configure(host, key, rule);
            assertFalse(tick().queued());
            rule.jenkins.setNumExecutors(0);
        });
        String digest = registry.push("p/app", "stable", "two");
        jenkins.runRemotely(rule -> {
            assertTrue(tick().queued());
            assertEquals(1, rule.jenkins.getQueue().getItems().length);
        });
        if (killed) {
            jenkins.stopJenkinsForcibly();
        } else {
            jenkins.stopJenkins();
        }
        jenkins.startJenkins();
        jenkins.runRemotely(rule -> {
            rule.jenkins.setNumExecutors(2);
            rule.waitUntilNoActivity();
            tick();
            rule.waitUntilNoActivity();
            assertEquals(1, job().getBuilds().size());
            ImageUpdateCause cause = job().getLastBuild().getCause(ImageUpdateCause.class);
            assertEquals(digest, cause.updates().get(0).digest().toString());
            assertFalse(tick().queued());
        });
        jenkins.stopJenkins();
    }

    private static void configure(String host, String key, JenkinsRule rule) throws Exception {
        ConfiguredRegistry registry = new ConfiguredRegistry(host);
        registry.setPlainHttp(true);
        registry.setGoogleKeysAllowed(true);
        RegistriesConfiguration.get().setRegistries(List.of(registry));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "gcr-key", "a key", Secret.fromString(key)));
        SystemCredentialsProvider.getInstance().save();
        FreeStyleProject job = rule.createFreeStyleProject("app");
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("H H 1 1 *");
        TriggerImage image = new TriggerImage(host + "/p/app:stable");
        image.setCredentialsId("gcr-key");
        trigger.setImages(List.of(image));
        job.addTrigger(trigger);
        job.save();
    }

    private static Job<?, ?> job() {
        return Jenkins.get().getItemByFullName("app", Job.class);
    }

    private static PollReport tick() throws Exception {
        return PollScene.poll(job());
    }
}
