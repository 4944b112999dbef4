package io.jenkins.plugins.imageupdate.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
@WithRegistry
class CheckImageUpdateBuilderTest {
    @Test
    void aFreestyleJobChecksAndStartsItsDownstreamJobOnce(JenkinsRule jenkins, RegistryFixture registry)
            throws Exception {
        registry.addCredential(registry.login("gcr-key"));
        FreeStyleProject deploy = jenkins.createFreeStyleProject("deploy");
        FreeStyleProject job = jenkins.createFreeStyleProject("watch");
        CheckImageUpdateStep check = new CheckImageUpdateStep(registry.image("p/app", "stable"));
        check.setCredentialsId("gcr-key");
        check.setDownstreamJobs(List.of("deploy"));
        job.getBuildersList().add(new CheckImageUpdateBuilder(check));
        jenkins.configRoundtrip(job);
        CheckImageUpdateStep read =
                job.getBuildersList().get(CheckImageUpdateBuilder.class).getCheck();
        jenkins.assertEqualDataBoundBeans(check, read);

        registry.push("p/app", "stable", "one");
        jenkins.assertLogContains("first seen", jenkins.buildAndAssertSuccess(job));
        registry.push("p/app", "stable", "two");
        jenkins.assertLogContains("Started", jenkins.buildAndAssertSuccess(job));
        jenkins.assertLogContains("unchanged", jenkins.buildAndAssertSuccess(job));
        jenkins.waitUntilNoActivity();
        assertEquals(1, deploy.getBuilds().size());
    }

    @Test
    void aFailedCheckFailsTheBuildInWords(JenkinsRule jenkins, RegistryFixture registry) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("watch");
        job.getBuildersList()
                .add(new CheckImageUpdateBuilder(new CheckImageUpdateStep(registry.image("p/app", "stable"))));
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("UNAUTHENTICATED", build);
        jenkins.assertLogNotContains("\tat ", build);
    }
}
