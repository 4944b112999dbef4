package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.Functions;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.TaskListener;
import hudson.tasks.BatchFile;
import hudson.tasks.Shell;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.registry.Digest;
import java.util.List;
import java.util.stream.IntStream;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A build that was started for more updates than the environment of a process can hold. */
@WithSharedJenkins
class ManyUpdatesTest {
    private static final int MANY = 250;
    private static final String OMITTED = "The variable IMAGE_UPDATE_CHANGES does not have the last ";

    /** What Windows takes as a variable, and as all variables of a process in older versions. */
    private static final int MOST_ON_WINDOWS = 32_767;

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static Digest digest(int content) {
        return Digest.of(new byte[] {(byte) content, (byte) (content >> 8)});
    }

    private static List<CheckResult> updates(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> CheckResult.recorded(
                        WatchedImage.parse("registry.example.com/some-team/application-" + i + ":stable", null),
                        TagSet.of(new TagDigest(null, digest(i), null)),
                        TagSet.of(new TagDigest(null, digest(i + 1000), null))))
                .toList();
    }

    /** One image whose policy chose very many tags. */
    private static CheckResult ofManyTags() {
        List<TagDigest> tags = IntStream.range(0, 1_000)
                .mapToObj(i -> new TagDigest("a-very-long-name-of-a-tag-that-someone-chose-" + i, digest(i), null))
                .toList();
        WatchedImage image = WatchedImage.parse("registry.example.com/tags", null);
        return CheckResult.recorded(
                new WatchedImage(image.reference(), null, "newest"),
                TagSet.of(new TagDigest("old", digest(1), null)),
                TagSet.of(tags));
    }

    private static void start(Job<?, ?> job, List<CheckResult> updates) throws Exception {
        ParameterizedJobMixIn.scheduleBuild2(job, 0, new CauseAction(new ImageUpdateCause(updates)));
        jenkins.waitUntilNoActivity();
    }

    private static JsonNode changes(FreeStyleBuild build) throws Exception {
        String value = build.getEnvironment(TaskListener.NULL).get("IMAGE_UPDATE_CHANGES");
        assertTrue(value.length() < MOST_ON_WINDOWS / 2 + 1, () -> value.length() + " characters");
        return new ObjectMapper().readTree(value);
    }

    @Test
    void aBuildOfManyUpdatesCanRunProcessesAndSaysWhatItsEnvironmentLeavesOut() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("many");
        job.getBuildersList().add(Functions.isWindows() ? new BatchFile("echo ran") : new Shell("echo ran"));
        start(job, updates(MANY));
        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(job.getLastBuild());
        jenkins.assertLogContains("ran", build);

        JsonNode changes = changes(build);
        int omitted = changes.get(changes.size() - 1).get("omitted").intValue();
        assertEquals(MANY, changes.size() - 1 + omitted);
        assertTrue(changes.size() > 10, "not fewer than fit");
        assertEquals(
                "registry.example.com/some-team/application-0:stable",
                changes.get(0).get("image").textValue());
        jenkins.assertLogContains(OMITTED + omitted + " updates", build);

        JsonNode rest = new ObjectMapper()
                .readTree(jenkins.getJSON("job/many/1/image-updates/api/json").getContentAsString());
        assertEquals(MANY, rest.get("startedFor").size());
        String page = jenkins.createWebClient().goTo("job/many/1/").asNormalizedText();
        assertTrue(page.contains("230 further images changed"), page);
        assertTrue(build.getCauses().get(0).getShortDescription().endsWith("; and 230 more"));
    }

    @Test
    void aPipelineReadsAllUpdatesFromItsCauses() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        job.setDefinition(new CpsFlowDefinition(
                "def causes = currentBuild.getBuildCauses('" + ImageUpdateCause.class.getName() + "')\n"
                        + "echo \"all ${causes[0].updates.size()}, last ${causes[0].updates[-1].image}\"",
                true));
        start(job, updates(MANY));
        WorkflowRun run = jenkins.assertBuildStatusSuccess(job.getLastBuild());
        jenkins.assertLogContains("all 250, last registry.example.com/some-team/application-249:stable", run);
        jenkins.assertLogContains(OMITTED, run);
    }

    @Test
    void anUpdateThatDoesNotFitAloneIsLeftOutAndSaid() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("tags");
        start(job, List.of(ofManyTags()));
        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(job.getLastBuild());
        assertEquals("[{\"omitted\":1}]", changes(build).toString());
        jenkins.assertLogContains(OMITTED + "1 updates", build);
    }

    @Test
    void aBuildOfFewUpdatesHasAllAndSaysNothing() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("few");
        start(job, updates(5));
        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(job.getLastBuild());
        assertEquals(5, changes(build).size());
        assertFalse(jenkins.getLog(build).contains(OMITTED));
    }
}
