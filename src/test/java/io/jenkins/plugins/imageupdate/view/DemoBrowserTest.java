package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.demo.DemoRegistry;
import io.jenkins.plugins.imageupdate.demo.DemoVariables;
import io.jenkins.plugins.imageupdate.harness.JvmOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** README's walk through the demo, as its reader does it: a real Jenkins with the demo's configuration, and a browser. */
class DemoBrowserTest {
    private static final String CONFIGURATION = "docs/demo/jenkins.yaml";

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().javaOptions(JvmOptions.QUICK_START);

    private Browser browser;
    private Looks looks;

    @Test
    void theReaderSeesWhatReadmeSays(@TempDir Path keys, @TempDir Path profile) throws Throwable {
        try (DemoRegistry registry = new DemoRegistry();
                Browser opened = new Browser(profile)) {
            browser = opened;
            jenkins.extraEnv(
                    "CASC_JENKINS_CONFIG",
                    Path.of(CONFIGURATION).toAbsolutePath().toString());
            DemoVariables.of(registry, keys).forEach(jenkins::extraEnv);
            jenkins.startJenkins();
            looks = new Looks(browser, jenkins.getUrl());
            browser.look(1280, 480, false);
            walk(registry.image());
        }
    }

    private void walk(String image) throws IOException {
        open("job/rebuild-on-update/image-updates/");
        browser.click(browser.find("form[name=checkNow] button"));
        browser.waitFor(() -> browser.text().contains("Up to date"));

        assertLog("check-base-image", 1, image + ": first seen, sha256:");
        assertLog("check-base-image", 2, image + ": unchanged, sha256:");
        assertLog("push-new-version", 1, "pushed version 1.0.1 as demo/app:stable");
        assertLog("check-base-image", 3, image + ": updated, sha256:");
        open("job/check-base-image/3/image-updates/");
        assertTrue(browser.text().contains("version 1.0.0 → 1.0.1"), browser.text());
        assertTrue(browser.text().contains("deploy"), browser.text());
        looks.keep("demo-updated", "body");

        open("job/rebuild-on-update/image-updates/");
        browser.click(browser.find("form[name=checkNow] button"));
        awaitEnd("rebuild-on-update", 1);
        open("job/rebuild-on-update/1/");
        assertTrue(browser.text().contains("version 1.0.0 → 1.0.1"), browser.text());
        looks.keep("demo-built", "body");

        assertLog("check-with-wrong-key", 1, image + ": CREDENTIAL_REJECTED: ");
        looks.keep("demo-wrong-key", "body");
    }

    private void open(String page) throws IOException {
        browser.open(looks.address(page));
    }

    /** Builds a job, and looks for a line in its log. */
    private void assertLog(String job, int number, String line) throws IOException {
        open("job/" + job + "/");
        browser.click(browser.find("a[href*='/build?delay=0sec']"));
        awaitEnd(job, number);
        assertTrue(browser.text().contains(line), browser.text());
    }

    /** Loads the log again until the build has ended. */
    private void awaitEnd(String job, int number) {
        browser.waitFor(() -> {
            try {
                open("job/" + job + "/" + number + "/console");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return browser.text().contains("Finished: ");
        });
    }
}
