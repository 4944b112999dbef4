package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.SharedJenkins;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateStep;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.transform.stream.StreamSource;
import jenkins.model.ParameterizedJobMixIn;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A wrong setting of a trigger is refused in forms and Pipelines. A wrong setting on disk affects only its own image or trigger. */
@WithRegistry
class BadConfigurationTest extends SharedJenkins {
    private FreeStyleProject job(String... images) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("H/15 * * * *");
        trigger.setImages(List.of(images).stream().map(TriggerImage::new).toList());
        job.addTrigger(trigger);
        job.save();
        return job;
    }

    private static ImageUpdateTrigger trigger(FreeStyleProject job) {
        return ParameterizedJobMixIn.getTrigger(job, ImageUpdateTrigger.class);
    }

    private interface Edit {
        void in(HtmlForm form);
    }

    private void assertFormRefused(FreeStyleProject job, Edit edit, String why) throws Exception {
        String before = job.getConfigFile().asString();
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlForm form = client.getPage(job, "configure").getFormByName("config");
            edit.in(form);
            Page answer = jenkins.submit(form);
            assertEquals(400, answer.getWebResponse().getStatusCode());
            String text = ((HtmlPage) answer).asNormalizedText();
            assertTrue(text.contains(why), text);
            assertFalse(text.contains("Stack trace"), text);
        }
        assertEquals(before, job.getConfigFile().asString());
    }

    @Test
    void theFormIsRefusedInOneLine() throws Exception {
        FreeStyleProject job = job("gcr.io/p/app:stable");
        for (String spec : List.of("every day", "61 * * * *")) {
            assertFormRefused(job, form -> schedule(form, spec), "\"" + spec + "\" is not a valid schedule");
        }
        assertFormRefused(job, form -> schedule(form, ""), "Enter a schedule");
        assertFormRefused(
                job, form -> form.getInputByName("_.reference").setValue("gcr.io/P/App"), "lower-case letters only");
        assertFormRefused(job, form -> form.getInputByName("_.platform").setValue("arm"), "\"arm\"");
        assertEquals("H/15 * * * *", trigger(job).getSpec());
    }

    private static void schedule(HtmlForm form, String spec) {
        form.getTextAreasByName("_.spec").stream()
                .filter(area -> area.getText().equals("H/15 * * * *"))
                .findFirst()
                .orElseThrow()
                .setText(spec);
    }

    @Test
    void theFormSaysWhatIsWrongWhileItIsWritten() throws Exception {
        FreeStyleProject job = job("gcr.io/p/app:stable");
        ImageUpdateTrigger.DescriptorImpl ours =
                jenkins.jenkins.getDescriptorByType(ImageUpdateTrigger.DescriptorImpl.class);
        assertError(ours.doCheckSpec(job, "every day"), "every day");
        assertError(ours.doCheckSpec(job, " "), "H/30 * * * *");
        assertNoError(ours.doCheckSpec(job, "H/15 * * * *"));
        assertError(ours.doCheckDownstreamJobs(job, "app, no-such-job"), "no-such-job");
        jenkins.createFolder("team");
        assertError(ours.doCheckDownstreamJobs(job, "team"), "can be built");
        assertNoError(ours.doCheckDownstreamJobs(job, "app, /app"));
        TriggerImage.DescriptorImpl image = jenkins.jenkins.getDescriptorByType(TriggerImage.DescriptorImpl.class);
        assertError(image.doCheckReference(""), "no image is named");
        assertError(image.doCheckReference("https://gcr.io/p/app"), "no scheme");
        assertNoError(image.doCheckReference("gcr.io/p/app:stable"));
        assertError(image.doCheckPlatform("arm"), "arm");
        assertNoError(image.doCheckPlatform(""));
        CheckImageUpdateStep.DescriptorImpl step =
                jenkins.jenkins.getDescriptorByType(CheckImageUpdateStep.DescriptorImpl.class);
        assertError(step.doCheckImages("gcr.io/p/app\nNO\n"), "NO");
        assertNoError(step.doCheckImages("gcr.io/p/app\n\nnginx"));
        assertError(step.doCheckPlatform("linux/"), "linux/");
        assertError(step.doCheckDownstreamJobs(job, "no-such-job"), "no-such-job");
    }

    private static void assertError(FormValidation validation, String word) {
        assertEquals(FormValidation.Kind.ERROR, validation.kind);
        assertTrue(validation.getMessage().contains(word), validation.getMessage());
    }

    private static void assertNoError(FormValidation validation) {
        assertEquals(FormValidation.Kind.OK, validation.kind, validation.getMessage());
    }

    /** As an editor, a script or an older release could leave it. */
    private FreeStyleProject reloaded(FreeStyleProject job, String from, String to) throws Exception {
        Path file = job.getConfigFile().getFile().toPath();
        String config = Files.readString(file);
        assertTrue(config.contains(from), config);
        Files.writeString(file, config.replace(from, to));
        jenkins.jenkins.reload();
        FreeStyleProject loaded = jenkins.jenkins.getItemByFullName("app", FreeStyleProject.class);
        assertNotNull(loaded);
        jenkins.buildAndAssertSuccess(loaded);
        return loaded;
    }

    @Test
    void aBadImageOnDiskDoesNotStopTheOthers(RegistryFixture registry) throws Exception {
        registry.front.makePublic("p/app");
        registry.push("p/app", "stable", "one");
        String good = registry.image("p/app", "stable");
        FreeStyleProject job = job("gcr.io/p/bad:one", "gcr.io/p/bad:two", good);
        FreeStyleProject loaded = reloaded(job, "gcr.io/p/bad:one", "gcr.io/P/BAD");
        loaded = reloaded(loaded, "<reference>gcr.io/p/bad:two</reference>", "");
        assertEquals(3, trigger(loaded).getImages().size());
        PollReport report = registry.tick(loaded);
        assertEquals(2, report.problems().size(), report.problems()::toString);
        assertTrue(report.problems().get(0).contains("gcr.io/P/BAD"), report.problems()::toString);
        assertTrue(report.problems().get(1).contains("no image is named"), report.problems()::toString);
        assertEquals(good, report.images().get(0).name());
    }

    @Test
    void aBadScheduleOnDiskStopsOnlyTheTrigger() throws Exception {
        FreeStyleProject job = job("gcr.io/p/app:stable");
        FreeStyleProject loaded = reloaded(job, "H/15 * * * *", "every day");
        assertNull(trigger(loaded));
    }

    @Test
    void aPostedConfigurationWithABadImageDoesNotStopBuilds() throws Exception {
        FreeStyleProject job = job("gcr.io/p/app:stable");
        String config = job.getConfigFile().asString().replace("gcr.io/p/app:stable", "NO");
        job.updateByXml(new StreamSource(new ByteArrayInputStream(config.getBytes(StandardCharsets.UTF_8))));
        assertEquals("NO", trigger(job).getImages().get(0).getReference());
        jenkins.buildAndAssertSuccess(job);
    }
}
