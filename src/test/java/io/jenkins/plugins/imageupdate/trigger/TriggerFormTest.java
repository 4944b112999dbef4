package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import hudson.triggers.TriggerDescriptor;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.Scripts;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import java.util.List;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.plugins.pipeline.modeldefinition.generator.TriggersDirective;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The trigger in the form, in Declarative and in scripted Pipelines. */
@WithSharedJenkins
class TriggerFormTest {
    private static final String DECLARATIVE =
            "pipeline { agent none\n triggers { %s }\n stages { stage('s') { steps { echo 'ran' } } } }";
    private static final String SCRIPTED = "properties([pipelineTriggers([%s])])";

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        // The schedules of these jobs are not to reach a registry.
        RegistriesConfiguration.get().setListedOnly(true);
    }

    private static TriggerImage image(String reference, String credentialsId, String platform) {
        TriggerImage image = new TriggerImage(reference);
        image.setCredentialsId(credentialsId);
        image.setPlatform(platform);
        return image;
    }

    private static ImageUpdateTrigger trigger(String spec, TriggerImage... images) {
        ImageUpdateTrigger trigger = new ImageUpdateTrigger(spec);
        trigger.setImages(List.of(images));
        return trigger;
    }

    private static ImageUpdateTrigger full() {
        ImageUpdateTrigger trigger = trigger(
                "H/15 * * * *",
                image("gcr.io/p/app:stable", "gcr-key", "linux/arm64"),
                image("gcr.io/p/base:latest", null, null));
        trigger.setDownstreamJobs(List.of("deploy", "/team/report"));
        trigger.setBuildOnFirstCheck(true);
        trigger.setWatchBuildImages(true);
        trigger.setMinimumAge("3d");
        trigger.getImages().get(1).setMinimumAge("90m");
        return trigger;
    }

    private static ImageUpdateTrigger of(Job<?, ?> job) {
        return ParameterizedJobMixIn.getTrigger(job, ImageUpdateTrigger.class);
    }

    private static void assertSame(ImageUpdateTrigger expected, ImageUpdateTrigger trigger) {
        assertNotNull(trigger);
        assertEquals(expected.getSpec(), trigger.getSpec());
        assertEquals(expected.getImages(), trigger.getImages());
        assertEquals(expected.getDownstreamJobs(), trigger.getDownstreamJobs());
        assertEquals(expected.isBuildOnFirstCheck(), trigger.isBuildOnFirstCheck());
        assertEquals(expected.isWatchBuildImages(), trigger.isWatchBuildImages());
        assertEquals(expected.getMinimumAge(), trigger.getMinimumAge());
    }

    @Test
    void theFormOfAFreestyleJobKeepsEveryField() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.addTrigger(full());
        ImageUpdateTrigger before = of(job);
        jenkins.configRoundtrip(job);
        assertNotSame(before, of(job));
        assertSame(full(), of(job));
    }

    @Test
    void theFormOfAPipelineKeepsEveryField() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.addTrigger(new ImageUpdateTrigger("@daily"));
        jenkins.configRoundtrip(job);
        assertSame(new ImageUpdateTrigger("@daily"), of(job));
        job.getTriggersJobProperty().setTriggers(List.of(full()));
        jenkins.configRoundtrip(job);
        assertSame(full(), of(job));
    }

    @Test
    void itIsOfferedToEveryJobThatCanBeBuilt() throws Exception {
        TriggerDescriptor type = jenkins.jenkins.getDescriptorByType(ImageUpdateTrigger.DescriptorImpl.class);
        assertTrue(type.isApplicable(jenkins.createFreeStyleProject()));
        assertTrue(type.isApplicable(jenkins.createProject(WorkflowJob.class)));
        assertEquals(false, type.isApplicable(jenkins.createFolder("team")));
    }

    private WorkflowJob run(Result expected, String script) throws Exception {
        WorkflowJob job = Scripts.job(
                jenkins, jenkins.jenkins, "job" + jenkins.jenkins.getItems().size(), script);
        jenkins.buildAndAssertStatus(expected, job);
        return job;
    }

    @ParameterizedTest
    @ValueSource(strings = {DECLARATIVE, SCRIPTED})
    void pipelinesConfigureIt(String form) throws Exception {
        WorkflowJob short1 = run(Result.SUCCESS, form.formatted("imageUpdate('H/30 * * * *')"));
        assertSame(new ImageUpdateTrigger("H/30 * * * *"), of(short1));

        String one = "imageUpdate(spec: 'H/15 * * * *', images: [image('gcr.io/p/app:stable')])";
        assertSame(
                trigger("H/15 * * * *", image("gcr.io/p/app:stable", null, null)),
                of(run(Result.SUCCESS, form.formatted(one))));

        String named = "imageUpdate(spec: 'H/15 * * * *',"
                + " images: [image(reference: 'gcr.io/p/app:stable', credentialsId: 'gcr-key', platform: 'linux/arm64'),"
                + " image(reference: 'gcr.io/p/base:latest', minimumAge: '90m')],"
                + " downstreamJobs: ['deploy', '/team/report'], buildOnFirstCheck: true, watchBuildImages: true,"
                + " minimumAge: '3d')";
        assertSame(full(), of(run(Result.SUCCESS, form.formatted(named))));
    }

    /** A limit of Pipeline's, which takes one value without a name or any number with names; it is said as such. */
    @ParameterizedTest
    @ValueSource(strings = {DECLARATIVE, SCRIPTED})
    void aNamedArgumentBesideOneWithoutNameIsRefusedByPipeline(String form) throws Exception {
        String mixed =
                "imageUpdate(spec: 'H/15 * * * *', images: [image('gcr.io/p/app:stable', credentialsId: 'gcr-key')])";
        WorkflowJob job = run(Result.FAILURE, form.formatted(mixed));
        jenkins.assertLogContains(
                "Expected named arguments but got [{credentialsId=gcr-key}, gcr.io/p/app:stable]", job.getLastBuild());
        assertNull(of(job));
    }

    @ParameterizedTest
    @ValueSource(strings = {DECLARATIVE, SCRIPTED})
    void aWrongParameterInAPipelineIsNamed(String form) throws Exception {
        assertRefused(form, "imageUpdate('every day')", "\"every day\" is not a valid schedule");
        assertRefused(form, "imageUpdate('')", "Enter a schedule");
        assertRefused(form, "imageUpdate(images: [image('gcr.io/p/app')])", "Enter a schedule");
        assertRefused(form, "imageUpdate(spec: '@daily', images: [image('NO')])", "\"NO\" is not an image reference");
        assertRefused(
                form,
                "imageUpdate(spec: '@daily', images: [image(reference: 'gcr.io/p/app', platform: 'arm')])",
                "\"arm\"");
    }

    private void assertRefused(String form, String trigger, String why) throws Exception {
        WorkflowJob job = run(Result.FAILURE, form.formatted(trigger));
        jenkins.assertLogContains(why, job.getLastBuild());
        assertNull(of(job));
    }

    @Test
    void theDirectiveGeneratorWritesWhatAPersonWould() {
        assertEquals("imageUpdate '@daily'", generated(new ImageUpdateTrigger("@daily")));
        assertEquals(
                "imageUpdate images: [image('gcr.io/p/app:stable')], spec: 'H/15 * * * *'",
                generated(trigger("H/15 * * * *", image("gcr.io/p/app:stable", null, null))));
        assertEquals(
                "imageUpdate buildOnFirstCheck: true, downstreamJobs: ['deploy', '/team/report'], images: ["
                        + "image(credentialsId: 'gcr-key', platform: 'linux/arm64', reference: 'gcr.io/p/app:stable'), "
                        + "image(minimumAge: '90m', reference: 'gcr.io/p/base:latest')], minimumAge: '3d',"
                        + " spec: 'H/15 * * * *', watchBuildImages: true",
                generated(full()));
    }

    private static String generated(ImageUpdateTrigger trigger) {
        List<String> lines = new TriggersDirective(List.of(trigger))
                .toGroovy(true)
                .lines()
                .map(String::strip)
                .toList();
        assertEquals(List.of("triggers {", lines.get(1), "}"), lines);
        return lines.get(1);
    }
}
