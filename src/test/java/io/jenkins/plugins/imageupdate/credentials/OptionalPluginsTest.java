package io.jenkins.plugins.imageupdate.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ExtensionList;
import hudson.model.ExecutorListener;
import hudson.model.FreeStyleProject;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.JvmOptions;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.job.ImageForm;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A Jenkins process without the plugins that are supported if they are there. */
class OptionalPluginsTest {
    private static final String[] OPTIONAL = {
        "authentication-tokens",
        "docker-commons",
        "google-oauth-plugin",
        "kubernetes",
        "kubernetes-credentials",
        "oauth-credentials",
        "oidc-provider"
    };

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            .omitPlugins(OPTIONAL)
            .javaOptions(JvmOptions.QUICK_START)
            .withTimeout(0);

    @Test
    void thePluginLoadsWithoutThemAndSaysWhatIsMissingWhereItMatters() throws Throwable {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            String host = registry.host();
            registry.pushImage("p/app", "stable", "one");
            jenkins.startJenkins();
            jenkins.run(rule -> check(rule, host));
            jenkins.stopJenkins();
        }
    }

    private static void check(JenkinsRule rule, String host) throws Exception {
        Stream.of(OPTIONAL).forEach(name -> assertNull(rule.jenkins.getPlugin(name), name));
        assertEquals(0, ExtensionList.lookup(LoginSource.class).size());
        assertTrue(ExtensionList.lookup(ExecutorListener.class).stream()
                .noneMatch(one -> one.getClass().getName().startsWith("io.jenkins.plugins.imageupdate.")));
        ConfiguredRegistry registry = new ConfiguredRegistry(host);
        registry.setPlainHttp(true);
        RegistriesConfiguration.get().setRegistries(List.of(registry));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .addAll(List.of(
                        new BasicSSHUserPrivateKey(CredentialsScope.GLOBAL, "ssh-key", "git", null, null, "an SSH key"),
                        new UsernamePasswordCredentialsImpl(
                                CredentialsScope.GLOBAL, "login", "a login", "reader", "a long password")));

        FreeStyleProject job = rule.createFreeStyleProject("app");
        String image = host + "/p/app:stable";
        assertNull(failure(job, image, "login"));
        String failure = failure(job, image, "ssh-key");
        assertTrue(failure.contains("converts them for Docker Commons, which is not installed"), failure);

        ListBoxModel offered = ImageForm.credentials(job, "", image);
        assertEquals(
                List.of("", "login"),
                offered.stream().map(option -> option.value).toList());
    }

    private static String failure(FreeStyleProject job, String image, String credentialsId) throws Exception {
        ImageUpdateTrigger trigger = PollScene.trigger(image);
        trigger.getImages().get(0).setCredentialsId(credentialsId);
        job.addTrigger(trigger);
        return PollScene.poll(job).images().get(0).failure();
    }
}
