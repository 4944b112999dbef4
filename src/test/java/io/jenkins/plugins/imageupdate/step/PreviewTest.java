package io.jenkins.plugins.imageupdate.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.config.PreviewForm;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.Scripts;
import io.jenkins.plugins.imageupdate.harness.SharedJenkins;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.policy.SemverTags;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What a tag policy would choose now: by the step, and by the button of the forms. */
@WithRegistry
class PreviewTest extends SharedJenkins {
    private static final TagPolicy ALL = TagPolicy.semver("*", null, TagFilter.none());

    private PollScene scene;
    private String image;

    @BeforeEach
    void start(PollScene started) throws Exception {
        scene = started;
        image = scene.registry.host() + "/p/app:1.25";
        for (String tag : List.of("1.25", "1.26", "1.27", "1.27-alpine", "latest")) {
            scene.registry.pushImage("p/app", tag, tag);
        }
    }

    private Run<?, ?> run(Result expected, String step) throws Exception {
        String name = "job" + jenkins.jenkins.getItems().size();
        return jenkins.buildAndAssertStatus(expected, Scripts.job(jenkins, jenkins.jenkins, name, step));
    }

    @Test
    void theStepShowsWhatWouldBeChosenAndRecordsNothing() throws Exception {
        scene.job("deploy");
        Run<?, ?> run = run(
                Result.SUCCESS,
                "def r = checkImageUpdate image: '" + image + "', tags: semver('1.x'), preview: true,"
                        + " downstreamJobs: ['deploy']\necho \"images ${r.images} ${r.changed}\"");
        String log = JenkinsRule.getLog(run);
        assertTrue(
                log.contains(String.join(
                        System.lineSeparator(),
                        image + ", a preview (no credential):",
                        "  Chosen now: 1.27.",
                        "  Before 1.27 it was 1.26.",
                        "  Why: semver 1.x: 3 of 5 tags match, the newest is 1.27.",
                        "  Left out: no version (1), variant alpine (1).")),
                log);
        assertTrue(log.contains("images [] false"), log);
        assertNull(run.getAction(CheckedImagesAction.class));
        assertFalse(PollScene.ledger(run.getParent()).exists());
        assertEquals(1, scene.registry.requests().size());
        scene.idle();
        assertNull(jenkins.jenkins
                .getItemByFullName("deploy", FreeStyleProject.class)
                .getLastBuild());
    }

    @Test
    void aPreviewThatCannotBeMadeFailsTheBuildOrIsSaid() throws Exception {
        String missing = image.replace("/app", "/none");
        String step =
                "checkImageUpdate images: ['" + image + "', '" + missing + "'], tags: semver('1.x'), preview: true";
        Run<?, ?> failed = run(Result.FAILURE, step);
        assertTrue(Scripts.onlyError(failed).startsWith("ERROR: 1 of 2 images"), Scripts.onlyError(failed));
        jenkins.assertLogContains("Chosen now: 1.27.", failed);
        jenkins.assertLogContains(missing, run(Result.SUCCESS, step + ", failOnError: false"));
        assertEquals(
                "ERROR: preview: true shows which tags a policy would choose, and the step has no policy. Add one, such as"
                        + " tags: semver('>=1.4 <2')",
                Scripts.onlyError(run(Result.FAILURE, "checkImageUpdate image: '" + image + "', preview: true")));
    }

    @Test
    void theBuildStepOfOtherJobsShowsItToo() throws Exception {
        CheckImageUpdateStep step = new CheckImageUpdateStep(image);
        step.setTags(new SemverTags("~1.26"));
        step.setPreview(true);
        FreeStyleProject job = jenkins.createFreeStyleProject("check");
        job.getBuildersList().add(new CheckImageUpdateBuilder(step));
        jenkins.configRoundtrip(job);
        jenkins.assertLogContains("  Chosen now: 1.26.", jenkins.buildAndAssertSuccess(job));
        assertFalse(PollScene.ledger(job).exists());
    }

    private FormValidation form(String reference, TagPolicy policy) throws Exception {
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("form", FreeStyleProject.class);
        return PreviewForm.show(job == null ? scene.job("form") : job, reference, "", policy);
    }

    @Test
    void theFormSaysWhatAndWhy() throws Exception {
        FormValidation shown = form(image, ALL);
        assertEquals(FormValidation.Kind.OK, shown.kind);
        String html = shown.renderHtml();
        assertTrue(html.contains(image + ", tags listed without a credential in "), html);
        for (String sentence : List.of(
                "Chosen now: 1.27.", "Before 1.27 it was 1.26.", "Left out: no version (1), variant alpine (1).")) {
            assertTrue(html.contains(sentence), html);
        }
    }

    @Test
    void theFormWarnsWhereNothingCanBeFound() throws Exception {
        FormValidation only = form(image.replace("1.25", "1.27-alpine"), ALL);
        assertEquals(FormValidation.Kind.WARNING, only.kind);
        assertTrue(only.renderHtml().contains("Only 1.27-alpine, the tag on the image, matches."), only.renderHtml());
        FormValidation none = form(image, TagPolicy.semver(">=9", null, TagFilter.none()));
        assertEquals(FormValidation.Kind.WARNING, none.kind);
        assertTrue(none.renderHtml().contains("No tag would be chosen now."), none.renderHtml());
    }

    @Test
    void whatCannotBeAskedIsAnErrorWithItsReason() throws Exception {
        assertError("Enter the image first", form(" ", ALL));
        assertError("is not an image reference", form("Not:An:Image", ALL));
        assertError("REPOSITORY_NOT_FOUND", form(image.replace("/app", "/none"), ALL));
        assertError("open this form from a job", PreviewForm.show(null, image, "", ALL));
        assertError("open this form from a job", PreviewForm.show(jenkins.createFolder("team"), image, "", ALL));
        assertError("no credential with id &#039;none&#039;", PreviewForm.show(scene.job("other"), image, "none", ALL));
    }

    private static void assertError(String words, FormValidation answer) {
        assertEquals(FormValidation.Kind.ERROR, answer.kind);
        assertTrue(answer.renderHtml().contains(words), answer.renderHtml());
    }

    @Test
    void aCheckThatCanNeverFindAnythingSaysSoInTheLogAndOnThePages() throws Exception {
        String stuck = image.replace("1.25", "1.27-alpine");
        String words = "Only 1.27-alpine, the tag on the image, matches. The tags that are most like it do not match:"
                + " 1.27 (without a variant), 1.26 (without a variant), 1.25 (without a variant).";
        FreeStyleProject job = scene.job("app", stuck);
        PollScene.tags(job, new SemverTags("*"));
        assertTrue(scene.tick(job).images().get(0).sentence().endsWith(words));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            String page = client.goTo("job/app/image-updates/").asNormalizedText();
            assertEquals(2, page.split(Pattern.quote(words), -1).length - 1, page);
            assertTrue(client.goTo("manage/image-updates/").asNormalizedText().contains(words));
            Run<?, ?> run = run(Result.SUCCESS, "checkImageUpdate image: '" + stuck + "', tags: semver('*')");
            jenkins.assertLogContains(words, run);
            assertTrue(client.goTo(run.getUrl() + "image-updates/")
                    .asNormalizedText()
                    .contains(words));
        }
    }
}
