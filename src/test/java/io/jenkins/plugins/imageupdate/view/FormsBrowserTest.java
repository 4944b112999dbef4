package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.policy.SemverTags;
import io.jenkins.plugins.imageupdate.push.EventSource;
import io.jenkins.plugins.imageupdate.push.PushEventsConfiguration;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateBuilder;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateStep;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The forms in a real browser: filled, checked while typing, saved and read back. */
class FormsBrowserTest extends BrowserScene {
    /** In one Jenkins, which takes longer to start than a page to be looked at. */
    @TestFactory
    List<DynamicTest> forms() {
        return List.of(
                dynamicTest("registries", this::registries),
                dynamicTest("push events", this::pushEvents),
                dynamicTest("trigger", this::trigger),
                dynamicTest("build step", this::buildStep),
                dynamicTest("preview", this::preview),
                dynamicTest("preview of the step", this::previewOfStep));
    }

    private void registries() throws Throwable {
        String section = "section:has([name='_.prefix'])";
        registry.push("p/app", "stable", "one");
        looks.inspectForm("manage/configure", "registries", section);
        browser.look(1280, false);
        open("manage/configure");

        browser.type("[name='testImage']", registry.image("p/app", "stable"));
        browser.select("[name='_.credentialsId']", Watching.CREDENTIAL);
        browser.click(browser.button(section, "Test connection"));
        browser.waitFor(() -> browser.text().contains("with credential gcr-key in"));
        browser.type("[name='testImage']", registry.image("q/secret", "1"));
        browser.click(browser.button(section, "Test connection"));
        browser.waitFor(() -> browser.text().contains("may not read this repository"));
        looks.judgeForm("registries-tested", section);

        browser.click(browser.button(section, "Advanced"));
        browser.type("[name='_.requestsPerMinute']", "-1");
        browser.waitFor(() -> browser.text().contains("Must be 0 or greater"));
        browser.type("[name='_.requestsPerMinute']", "30");
        browser.type("[name='_.mirror']", "https://mirror.gcr.io");
        browser.waitFor(() -> browser.text().contains("\"https://mirror.gcr.io\" is not a valid registry"));
        browser.type("[name='_.mirror']", "");
        browser.type("[name='_.allowedAddresses']", "10.0.0.0/33");
        browser.waitFor(() -> browser.text().contains("\"10.0.0.0/33\" is not a range of addresses"));
        browser.type("[name='_.allowedAddresses']", "198.18.0.0/15, fd00::/8");
        looks.judgeForm("registries-advanced", section);

        browser.type("[name='_.prefix']", "not a host");
        browser.waitFor(() -> browser.text().contains("is not a valid registry"));
        browser.type("[name='_.prefix']", registry.front.host() + "/p");
        save();
        String expected = registry.front.host() + "/p gcr-key true 30 null [198.18.0.0/15, fd00::/8]";
        jenkins.runRemotely(rule -> {
            ConfiguredRegistry saved =
                    RegistriesConfiguration.get().getRegistries().get(0);
            assertEquals(
                    expected,
                    String.join(
                            " ",
                            saved.getPrefix(),
                            saved.getCredentialsId(),
                            String.valueOf(saved.isPlainHttp()),
                            String.valueOf(saved.getRequestsPerMinute()),
                            saved.getMirror(),
                            String.valueOf(saved.getAllowedAddresses())));
        });
    }

    private void pushEvents() throws Throwable {
        jenkins.runRemotely(rule -> {
            PushEventsConfiguration.get().setSources(List.of(new EventSource("own", "distribution")));
        });
        String section = "section:has([name='_.format'])";
        looks.inspectForm("manage/configure", "push-events", section);
        browser.look(1280, false);
        open("manage/configure");
        browser.type(section + " [name='_.name']", "a/b");
        browser.waitFor(() -> browser.text().contains("\"a/b\" is not a name for a source"));
        browser.type(section + " [name='_.name']", "nexus");
        browser.waitFor(() -> browser.text().contains("image-update-events/nexus"));
        browser.select(section + " [name='_.format']", "nexus");
        browser.type(section + " [name='_.registry']", "nexus.example.com");
        save();
        jenkins.runRemotely(rule -> {
            EventSource saved = PushEventsConfiguration.get().getSources().get(0);
            assertEquals(
                    "nexus nexus nexus.example.com",
                    saved.getName() + " " + saved.getFormat() + " " + saved.getRegistry());
            PushEventsConfiguration.get().setSources(List.of());
        });
    }

    private void trigger() throws Throwable {
        jenkins.runRemotely(rule -> {
            rule.createFreeStyleProject("deploy");
            rule.createFreeStyleProject("form");
        });
        String ours = ".optionalBlock-container:has([name$='trigger-ImageUpdateTrigger'])";
        String spec = "[name='_.spec'][checkurl*='ImageUpdateTrigger']";
        browser.look(1280, false);
        open("job/form/configure");
        browser.click(browser.find("[name$='trigger-ImageUpdateTrigger'] + label"));
        browser.waitFor(() -> browser.find(spec).isDisplayed());
        assertEquals("H/30 * * * *", browser.find(spec).getAttribute("value"));
        browser.click(browser.button(ours, "Add image"));
        browser.type("[name='_.reference']", "Not:An:Image");
        browser.waitFor(() -> browser.text().contains("Not:An:Image"));
        browser.type("[name='_.reference']", "gcr.io/p/app:stable");
        browser.type("[name='_.platform']", "linux/arm64");
        browser.type("[name='_.downstreamJobs'][checkurl*='ImageUpdateTrigger']", "deploy");
        String age = "[name='_.minimumAge'][checkurl*='ImageUpdateTrigger']";
        browser.type(age, "three days");
        browser.waitFor(() -> browser.text().contains("'three days' is not a minimum age"));
        browser.type(age, "3d");
        looks.judgeForm("trigger", ours);
        save();
        jenkins.runRemotely(rule -> {
            ImageUpdateTrigger saved = rule.jenkins
                    .getItemByFullName("form", FreeStyleProject.class)
                    .getTrigger(ImageUpdateTrigger.class);
            TriggerImage image = saved.getImages().get(0);
            assertEquals(
                    "H/30 * * * * gcr.io/p/app:stable linux/arm64 [deploy] 3d",
                    saved.getSpec() + " " + image.getReference() + " " + image.getPlatform() + " "
                            + saved.getDownstreamJobs() + " " + saved.getMinimumAge());
        });
        looks.inspectForm("job/form/configure", "trigger-saved", ours);
    }

    private void pushVersions() {
        for (String tag : List.of("1.25", "1.26", "1.27", "1.27-alpine", "1.28-rc1")) {
            registry.push("p/web", tag, tag);
        }
    }

    private void preview() throws Throwable {
        pushVersions();
        jenkins.runRemotely(rule -> {
            rule.createFreeStyleProject("previews");
        });
        String ours = ".optionalBlock-container:has([name$='trigger-ImageUpdateTrigger'])";
        browser.look(1280, false);
        open("job/previews/configure");
        browser.click(browser.find("[name$='trigger-ImageUpdateTrigger'] + label"));
        browser.click(browser.button(ours, "Add image"));
        browser.type("[name='_.reference']", registry.image("p/web", "1.25"));
        browser.select(ours + " [name='_.credentialsId']", Watching.CREDENTIAL);
        browser.selectByWords("[name='images'] select.dropdownList", "The highest version within a range");
        browser.type("[name='_.range']", "1.x");
        browser.click(browser.button(ours, "Preview"));
        browser.waitFor(() -> browser.text().contains("Chosen now: 1.27."));
        assertTrue(browser.text().contains("tags listed with credential gcr-key in"), browser::text);
        assertTrue(browser.text().contains("Before 1.27 it was 1.26."), browser::text);
        looks.judgeForm("preview", ours);

        // The fields of the first rule stay in the page, out of sight.
        browser.selectByWords("[name='images'] select.dropdownList", "The highest tag that matches");
        browser.type("[name='_.pattern']", "-alpine$");
        browser.click(browser.button(ours, "Preview"));
        browser.waitFor(() -> browser.text().contains("Chosen now: 1.27-alpine."));

        browser.selectByWords("[name='images'] select.dropdownList", "The highest version within a range");
        browser.type("[name='_.range']", ">=2");
        browser.click(browser.button(ours, "Preview"));
        browser.waitFor(() -> browser.text().contains("No tag would be chosen now."));
        looks.judgeForm("preview-nothing", ours);
        browser.type("[name='_.range']", "two");
        browser.click(browser.button(ours, "Preview"));
        browser.waitFor(() -> browser.text().contains("\"two\""));
    }

    private void previewOfStep() throws Throwable {
        pushVersions();
        jenkins.runRemotely(rule -> {
            Watching.pipeline(rule, "syntax", "");
        });
        String ours = ".dropdownList-container";
        browser.look(1280, false);
        open("job/syntax/pipeline-syntax/");
        browser.selectByWords("select.dropdownList", "checkImageUpdate:");
        browser.type("[name='_.image']", registry.image("p/web", "1.27-alpine"));
        browser.select("[name='_.credentialsId']", Watching.CREDENTIAL);
        browser.click(browser.button(ours, "Advanced"));
        browser.selectByWords(
                ours + " .dropdownList-container select.dropdownList", "The highest version within a range");
        browser.type("[name='_.range']", "*");
        browser.click(browser.button(ours, "Preview"));
        browser.waitFor(() -> browser.text().contains("Only 1.27-alpine, the tag on the image, matches."));
        looks.judgeForm("preview-step", ours);
    }

    private void buildStep() throws Throwable {
        jenkins.runRemotely(rule -> {
            rule.createFreeStyleProject("checks");
        });
        String ours = "[name='builder']:has([name='_.image'])";
        browser.look(1280, false);
        open("job/checks/configure");
        browser.click(browser.button("#main-panel", "Add build step"));
        browser.click(browser.button(".jenkins-dropdown", "Check container images for updates"));
        browser.type(ours + " [name='_.image']", "Not:An:Image");
        browser.waitFor(() -> browser.text().contains("\"Not:An:Image\" is not an image reference"));
        browser.type(ours + " [name='_.image']", "gcr.io/p/app:stable");
        browser.select(ours + " [name='_.credentialsId']", Watching.CREDENTIAL);
        browser.select(ours + " [name='_.since']", "lastCheck");
        browser.type(ours + " [name='_.downstreamJobs']", "no-such-job");
        browser.waitFor(() -> browser.text().contains("The job \"no-such-job\" does not exist"));
        browser.type(ours + " [name='_.downstreamJobs']", "deploy");
        browser.click(browser.button(ours, "Advanced"));
        browser.type(ours + " [name='_.images']", "nginx");
        browser.selectByWords(ours + " select.dropdownList", "The highest version within a range");
        browser.type(ours + " [name='_.range']", ">=1.4 <2");
        browser.click(browser.find(ours + " [name='_.failOnError'] + label"));
        // Last, since what it offers opens over what is below.
        browser.type(ours + " [name='_.platform']", "linux/arm64");
        looks.judgeForm("build-step", ours);
        save();
        jenkins.runRemotely(rule -> {
            CheckImageUpdateStep saved = rule.jenkins
                    .getItemByFullName("checks", FreeStyleProject.class)
                    .getBuildersList()
                    .get(CheckImageUpdateBuilder.class)
                    .getCheck();
            assertEquals(
                    "gcr.io/p/app:stable [nginx] gcr-key lastCheck [deploy] >=1.4 <2 linux/arm64 false",
                    String.join(
                            " ",
                            saved.getImage(),
                            String.valueOf(saved.getImages()),
                            saved.getCredentialsId(),
                            saved.getSince(),
                            String.valueOf(saved.getDownstreamJobs()),
                            ((SemverTags) saved.getTags()).getRange(),
                            saved.getPlatform(),
                            String.valueOf(saved.isFailOnError())));
        });
        looks.inspectForm("job/checks/configure", "build-step-saved", ours);
        assertEquals("deploy", browser.find(ours + " [name='_.downstreamJobs']").getAttribute("value"));
    }
}
