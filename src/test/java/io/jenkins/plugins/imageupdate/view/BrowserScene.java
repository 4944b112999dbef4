package io.jenkins.plugins.imageupdate.view;

import io.jenkins.plugins.imageupdate.harness.JvmOptions;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A real Jenkins, a configured registry, and a browser. */
@WithRegistry
abstract class BrowserScene {
    @RegisterExtension
    final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            // So that what fails is worth a notice at once.
            .javaOptions(
                    "-Dio.jenkins.plugins.imageupdate.view.FailingChecksPeriodicWork.hours=0", JvmOptions.QUICK_START);

    RegistryFixture registry;
    Browser browser;
    Looks looks;

    @BeforeEach
    void start(RegistryFixture fixture, @TempDir Path profile) throws Throwable {
        registry = fixture;
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
    }

    void open(String page) throws IOException {
        browser.open(looks.address(page));
    }

    /** Sends a form of Jenkins, and waits until it was taken. */
    void save() {
        browser.click(browser.find("[name='Submit']"));
        browser.waitFor(() -> !browser.url().endsWith("configure"));
    }
}
