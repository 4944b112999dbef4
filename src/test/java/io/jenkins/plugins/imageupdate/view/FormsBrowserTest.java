package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The forms in a real browser: filled, checked while typing, saved and read back. */
class FormsBrowserTest {
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    private RegistryFixture registry;
    private Browser browser;
    private Looks looks;

    @BeforeEach
    void start(@TempDir Path directory, @TempDir Path profile) throws Throwable {
        registry = new RegistryFixture(directory);
        browser = new Browser(profile);
        jenkins.startJenkins();
        looks = new Looks(browser, jenkins.getUrl());
        String host = registry.front.host();
        String key = registry.key;
        jenkins.runRemotely(rule -> {
            Watching.configure(host, key);
        });
    }

    @AfterEach
    void stop() {
        browser.close();
        registry.close();
    }

    /** In one Jenkins, which takes longer to start than a page to be looked at. */
    @TestFactory
    List<DynamicTest> forms() {
        return List.of(
                dynamicTest("registries", this::registries),
                dynamicTest("trigger", this::trigger),
                dynamicTest("step", this::step));
    }

    private void registries() throws Throwable {
        String section = "section:has([name='_.prefix'])";
        registry.push("p/app", "stable", "one");
        looks.inspectForm("manage/configure", "registries", section);
        browser.look(1280, false);
        browser.open(looks.address("manage/configure"));

        browser.type("[name='testImage']", registry.image("p/app", "stable"));
        browser.select("[name='_.credentialsId']", Watching.CREDENTIAL);
        browser.click(browser.button(section, "Test connection"));
        browser.waitFor(() -> browser.text().contains("with credential gcr-key in"));
        browser.type("[name='testImage']", registry.image("q/secret", "1"));
        browser.click(browser.button(section, "Test connection"));
        browser.waitFor(() -> browser.text().contains("may not read this repository"));
        looks.judgeForm("registries-tested", section);

        browser.type("[name='_.prefix']", "not a host");
        browser.waitFor(() -> browser.text().contains("is no registry"));
        browser.type("[name='_.prefix']", registry.front.host() + "/p");
        browser.click(browser.find("[name='Submit']"));
        browser.waitFor(() -> !browser.url().endsWith("configure"));
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
        browser.open(looks.address("job/form/configure"));
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
        browser.click(browser.find("[name='Submit']"));
        browser.waitFor(() -> !browser.url().endsWith("configure"));
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

    private void step() throws Throwable {
        jenkins.runRemotely(rule -> {
            Watching.pipeline(rule, "snippets", "");
        });
        String ours = ".dropdownList-container";
        browser.look(1280, false);
        browser.open(looks.address("job/snippets/pipeline-syntax/"));
        browser.script("""
                const select = document.querySelector("select.dropdownList");
                select.value = [...select.options].find((one) => one.text.startsWith("checkImageUpdate:")).value;
                select.dispatchEvent(new Event("change", { bubbles: true }));
                """);
        browser.type("[name='_.image']", "gcr.io/p/app:stable");
        browser.select("[name='_.credentialsId']", Watching.CREDENTIAL);
        looks.judgeForm("step", ours);
        browser.click(browser.find("#generatePipelineScript"));
        browser.waitFor(
                () -> !browser.find("#prototypeText").getAttribute("value").isEmpty());
        assertEquals(
                "checkImageUpdate credentialsId: 'gcr-key', image: 'gcr.io/p/app:stable'",
                browser.find("#prototypeText").getAttribute("value").strip());
    }
}
