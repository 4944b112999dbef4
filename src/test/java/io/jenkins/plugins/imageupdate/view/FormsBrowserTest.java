package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.policy.SemverTags;
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
                dynamicTest("trigger", this::trigger),
                dynamicTest("build step", this::buildStep));
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

        browser.type("[name='_.prefix']", "not a host");
        browser.waitFor(() -> browser.text().contains("is not a valid registry"));
        browser.type("[name='_.prefix']", registry.front.host() + "/p");
        save();
        String expected = registry.front.host() + "/p gcr-key true";
        jenkins.runRemotely(rule -> {
            ConfiguredRegistry saved =
                    RegistriesConfiguration.get().getRegistries().get(0);
            assertEquals(expected, saved.getPrefix() + " " + saved.getCredentialsId() + " " + saved.isPlainHttp());
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
        looks.judgeForm("trigger", ours);
        save();
        jenkins.runRemotely(rule -> {
            ImageUpdateTrigger saved = rule.jenkins
                    .getItemByFullName("form", FreeStyleProject.class)
                    .getTrigger(ImageUpdateTrigger.class);
            TriggerImage image = saved.getImages().get(0);
            assertEquals(
                    "H/30 * * * * gcr.io/p/app:stable linux/arm64 [deploy]",
                    saved.getSpec() + " " + image.getReference() + " " + image.getPlatform() + " "
                            + saved.getDownstreamJobs());
        });
        looks.inspectForm("job/form/configure", "trigger-saved", ours);
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
