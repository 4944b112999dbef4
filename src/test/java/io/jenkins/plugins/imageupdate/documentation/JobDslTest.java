package io.jenkins.plugins.imageupdate.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.policy.SemverTags;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateBuilder;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateStep;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import jenkins.model.ParameterizedJobMixIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Job DSL examples of docs/as-code.md. Job DSL derives its methods from the plugin's forms. */
@WithJenkins
@WithRegistry(credentialsId = "gcr-key")
class JobDslTest {
    private JenkinsRule jenkins;
    private RegistryFixture registry;

    @BeforeEach
    void start(JenkinsRule rule, RegistryFixture fixture) throws Exception {
        jenkins = rule;
        registry = fixture;
        jenkins.createFreeStyleProject("report");
    }

    private Run<?, ?> seed(Result expected, String script) throws Exception {
        FreeStyleProject seed = jenkins.createFreeStyleProject();
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText(script);
        seed.getBuildersList().add(dsl);
        return jenkins.buildAndAssertStatus(expected, seed);
    }

    private void documentedJobs() throws Exception {
        for (CodeBlock block : CodeBlock.all("groovy job-dsl")) {
            seed(Result.SUCCESS, block.text().replace("gcr.io/project", registry.front.host() + "/p"));
        }
    }

    private <T extends Job<?, ?>> T job(String name, Class<T> type) {
        return jenkins.jenkins.getItemByFullName(name, type);
    }

    private ImageUpdateTrigger trigger(String job) {
        return ParameterizedJobMixIn.getTrigger(job(job, Job.class), ImageUpdateTrigger.class);
    }

    private TriggerImage image(String repository, String tag) {
        TriggerImage image = new TriggerImage(registry.image(repository, tag));
        image.setCredentialsId("gcr-key");
        return image;
    }

    @Test
    void everyFieldOfTriggerAndBuildStepIsSet() throws Exception {
        documentedJobs();
        SemverTags tags = new SemverTags(">=1.4 <2");
        tags.setExclude(List.of("-rc"));
        TriggerImage app = image("p/app", "1.4.0");
        app.setPlatform("linux/arm64");
        app.setTags(tags);
        ImageUpdateTrigger deploy = trigger("deploy");
        assertEquals("H/15 * * * *", deploy.getSpec());
        assertEquals(List.of(app, image("p/base", "stable")), deploy.getImages());
        assertEquals(List.of("report"), deploy.getDownstreamJobs());
        assertEquals(true, deploy.isBuildOnFirstCheck());

        CheckImageUpdateStep expected = new CheckImageUpdateStep(registry.image("p/app", "stable"));
        expected.setCredentialsId("gcr-key");
        expected.setSince("lastCheck");
        expected.setDownstreamJobs(List.of("report"));
        CheckImageUpdateStep check = job("check", FreeStyleProject.class)
                .getBuildersList()
                .get(CheckImageUpdateBuilder.class)
                .getCheck();
        jenkins.assertEqualDataBoundBeans(expected, check);
    }

    @Test
    void thePipelineIsBuiltForAnUpdateAndStartsItsDownstreamJob() throws Exception {
        documentedJobs();
        registry.push("p/app", "stable", "one");
        assertEquals(false, poll("release").queued());
        String digest = registry.push("p/app", "stable", "two");
        assertEquals(true, poll("release").queued());
        jenkins.waitUntilNoActivity();
        Run<?, ?> run = job("release", Job.class).getLastBuild();
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("releasing " + registry.image("p/app", "stable") + " at " + digest, run);
        assertEquals(1, job("report", Job.class).getBuilds().size());
    }

    private PollReport poll(String job) throws Exception {
        return ImageUpdatePoller.get().poll(job(job, Job.class)).get(60, TimeUnit.SECONDS);
    }

    @Test
    void aWrongParameterIsNamed() throws Exception {
        assertRefused("spec('@daily')\n imagess { }", "imagess");
        assertRefused("spec('every day')", "\"every day\" is not a valid schedule");
        assertRefused("buildOnFirstCheck(true)", "the following options are required and must be specified: spec");
        assertRefused("spec('@daily')\n images { image { platform('linux/arm64') } }", "must be specified: reference");
        assertRefused("spec('@daily')\n images { image { reference('NO') } }", "\"NO\" is not an image reference");
    }

    private void assertRefused(String trigger, String why) throws Exception {
        String job = "freeStyleJob('refused') { triggers { imageUpdate { " + trigger + " } } }";
        jenkins.assertLogContains(why, seed(Result.FAILURE, job));
        assertEquals(null, job("refused", Job.class));
    }
}
