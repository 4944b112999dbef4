package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A credential that a build gets by a parameter. */
@WithJenkins
class CredentialParametersTest {
    private static final String WORDS = "'${CRED}' stands for a parameter of a build, and a trigger does not know";

    @Test
    void aTriggerSaysThatItCannotKnowACredentialParameter(JenkinsRule jenkins, @TempDir Path directory)
            throws Exception {
        try (RegistryFixture registry = new RegistryFixture(directory)) {
            registry.configure();
            SystemCredentialsProvider.getInstance().getCredentials().add(registry.secretFile("gcr-key"));
            registry.push("p/app", "stable", "one");
            String image = registry.image("p/app", "stable");
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "parameter");
            job.addProperty(new ParametersDefinitionProperty(
                    new CredentialsParameterDefinition("CRED", "", "gcr-key", FileCredentials.class.getName(), true)));
            job.setDefinition(
                    new CpsFlowDefinition("checkImageUpdate image: '" + image + "', credentialsId: '${CRED}'", true));
            job.addTrigger(new ImageUpdateTrigger("H H 1 1 *"));
            jenkins.buildAndAssertSuccess(job);

            CheckResult watched = check(job);
            assertEquals("CONFIGURATION", watched.failureKind());
            assertTrue(watched.failure().contains(WORDS), watched.failure());

            FreeStyleProject named = jenkins.createFreeStyleProject("named");
            TriggerImage other = new TriggerImage(image);
            other.setCredentialsId("${CRED}");
            ImageUpdateTrigger trigger = new ImageUpdateTrigger("H H 1 1 *");
            trigger.setImages(List.of(other));
            named.addTrigger(trigger);
            assertTrue(check(named).failure().contains(WORDS));

            other.setCredentialsId("gcr-key");
            assertNull(check(named).failure());
        }
    }

    private static CheckResult check(hudson.model.Job<?, ?> job) throws Exception {
        return ImageUpdatePoller.get()
                .poll(job)
                .get(60, TimeUnit.SECONDS)
                .images()
                .get(0);
    }
}
