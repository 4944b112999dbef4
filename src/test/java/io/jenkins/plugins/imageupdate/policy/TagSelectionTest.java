package io.jenkins.plugins.imageupdate.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Shell;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.SharedJenkins;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The newest tag that fits, by step and by trigger, on a real registry. */
@WithRegistry(credentialsId = "gcr-key")
class TagSelectionTest extends SharedJenkins {
    private RegistryFixture registry;

    @BeforeEach
    void start(RegistryFixture fixture) throws Exception {
        registry = fixture;
        registry.push("p/app", "1.4.2", "one");
        registry.push("p/app", "2.0.0", "other");
    }

    @Test
    void theTriggerBuildsForANewerTagAndForTheSameTagMoved() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("H H 1 1 *");
        TriggerImage image = new TriggerImage(registry.image("p/app", "1.4.2"));
        image.setCredentialsId("gcr-key");
        SemverTags tags = new SemverTags("~1.4");
        tags.setExclude(List.of("-rc", "beta"));
        image.setTags(tags);
        trigger.setImages(List.of(image));
        job.addTrigger(trigger);
        jenkins.configRoundtrip(job);
        assertEquals(List.of(image), job.getTrigger(ImageUpdateTrigger.class).getImages());

        assertEquals("NEW", registry.tick(job).images().get(0).status().name());
        registry.push("p/app", "1.4.3", "two");
        assertTrue(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();
        CheckResult newer = cause(job);
        assertEquals(registry.image("p/app", "1.4.3"), newer.name());
        assertEquals("1.4.2", newer.previousTag());

        String moved = registry.push("p/app", "1.4.3", "three");
        assertTrue(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();
        assertEquals(moved, cause(job).digest().toString());
        assertEquals("1.4.3", cause(job).previousTag());

        registry.push("p/app", "1.4.4-rc1", "four");
        assertFalse(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();
        assertEquals(2, job.getBuilds().size());
    }

    @Test
    void ofSeveralTagsEachThatIsNewOrMovedIsBuiltOnce() throws Exception {
        registry.push("p/app", "1.4.1", "older");
        registry.push("p/app", "1.4.0", "oldest");
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("H H 1 1 *");
        TriggerImage image = new TriggerImage(registry.image("p/app", "1.4.2"));
        image.setCredentialsId("gcr-key");
        SemverTags tags = new SemverTags("~1.4");
        tags.setMax(2);
        image.setTags(tags);
        trigger.setImages(List.of(image));
        job.addTrigger(trigger);
        jenkins.configRoundtrip(job);
        assertEquals(List.of(image), job.getTrigger(ImageUpdateTrigger.class).getImages());
        job.getBuildersList().add(new Shell("echo \"pinned $IMAGE_UPDATE_PINNED of $IMAGE_UPDATE_CHANGES\""));

        assertEquals("NEW", registry.tick(job).images().get(0).status().name());
        registry.push("p/app", "1.4.0", "moved, but does not count");
        assertFalse(registry.tick(job).queued());

        String moved = registry.push("p/app", "1.4.1", "moved");
        assertTrue(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();
        assertEquals(registry.image("p/app", "1.4.1"), cause(job).name());
        assertEquals(List.of("1.4.1"), cause(job).movedTags());
        jenkins.assertLogContains("pinned " + registry.image("p/app", "1.4.1") + "@" + moved, job.getLastBuild());
        jenkins.assertLogContains("\"movedTags\":[\"1.4.1\"]", job.getLastBuild());
        assertFalse(registry.tick(job).queued());

        registry.push("p/app", "1.4.3", "two");
        registry.push("p/app", "1.4.2", "moved too");
        assertTrue(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();
        assertEquals(2, job.getLastBuild().getNumber());
        assertEquals(registry.image("p/app", "1.4.3"), cause(job).name());
        assertEquals("1.4.2", cause(job).previousTag());
        jenkins.assertLogContains("; also moved: 1.4.2", job.getLastBuild());
        assertFalse(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();
        assertEquals(2, job.getBuilds().size());
    }

    private static CheckResult cause(FreeStyleProject job) {
        return job.getLastBuild().getCause(ImageUpdateCause.class).updates().get(0);
    }

    @Test
    void theStepTakesAPolicyAndATriggerWithoutImagesFollowsIt() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "watch");
        String image = registry.image("p/app", "1.4.2");
        job.setDefinition(new CpsFlowDefinition(
                "def r = checkImageUpdate(image: '" + image + "', tags: semver('>=1.4 <2'), credentialsId: 'gcr-key')\n"
                        + "echo \"${r.images[0].image} ${r.images[0].status}\"",
                true));
        job.addTrigger(new ImageUpdateTrigger("H H 1 1 *"));
        jenkins.assertLogContains("1.4.2 NEW", jenkins.buildAndAssertSuccess(job));
        registry.push("p/app", "1.5.0", "two");
        assertTrue(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();
        assertEquals(2, job.getLastBuild().getNumber());
        jenkins.assertLogContains("1.5.0 UPDATED", job.getLastBuild());
        assertFalse(registry.tick(job).queued());
    }

    @Test
    void theStepTellsNewMovedAndVanishedTagsApart() throws Exception {
        registry.push("p/app", "1.4.1", "older");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "watch");
        String image = registry.image("p/app", "1.4.2");
        job.setDefinition(new CpsFlowDefinition(
                "def r = checkImageUpdate(image: '" + image
                        + "', tags: semver(range: '1.x', max: 3), credentialsId: 'gcr-key')\n"
                        + "def i = r.images[0]\n"
                        + "echo \"${i.status} ${i.tag} after ${i.previousTag}: new ${i.newTags}, moved ${i.movedTags},"
                        + " gone ${i.goneTags}, ${i.pinned}\"",
                true));
        job.addTrigger(new ImageUpdateTrigger("H H 1 1 *"));
        jenkins.assertLogContains(
                "NEW 1.4.2 after null: new [], moved [], gone []", jenkins.buildAndAssertSuccess(job));

        String newest = registry.push("p/app", "1.5.0", "two");
        registry.push("p/app", "1.4.1", "moved");
        assertTrue(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();
        assertEquals(2, job.getLastBuild().getNumber());
        jenkins.assertLogContains(
                "UPDATED 1.5.0 after 1.4.2: new [1.5.0], moved [1.4.1], gone [], " + registry.image("p/app", "1.5.0")
                        + "@" + newest,
                job.getLastBuild());
        assertFalse(registry.tick(job).queued());

        registry.delete("p/app", "1.4.2");
        jenkins.assertLogContains(
                "UNCHANGED 1.5.0 after 1.5.0: new [], moved [], gone [1.4.2]", jenkins.buildAndAssertSuccess(job));
        assertFalse(registry.tick(job).queued());
    }

    @Test
    void expressionsAreSortedAsAsked() throws Exception {
        registry.push("p/app", "v9", "nine");
        registry.push("p/app", "v10", "ten");
        assertEquals("numeric", new RegexTags("^v\\d+$").getSort());
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "def r = checkImageUpdate(image: '" + registry.image("p/app", "v1")
                        + "', tags: regex(pattern: '^v\\\\d+$', sort: 'numeric'), credentialsId: 'gcr-key')\n"
                        + "echo r.images[0].image",
                true));
        jenkins.assertLogContains("p/app:v10", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void anInvalidPolicyOrOneWithoutMatchesFailsWithTheReason() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        String check =
                "checkImageUpdate(image: '" + registry.image("p/app", "1.4.2") + "', credentialsId: 'gcr-key', tags: ";
        job.setDefinition(new CpsFlowDefinition(check + "semver('>=7'))", true));
        jenkins.assertLogContains(
                "no tag of the repository matches", jenkins.buildAndAssertStatus(Result.FAILURE, job));
        job.setDefinition(new CpsFlowDefinition(check + "semver('banana'))", true));
        jenkins.assertLogContains("banana", jenkins.buildAndAssertStatus(Result.FAILURE, job));
        jenkins.assertLogNotContains("\tat ", job.getLastBuild());
    }
}
