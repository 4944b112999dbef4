package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import hudson.model.Job;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Every page in a real browser: light and dark, wide and narrow, without serious finding of axe-core, without an error in the console,
 * under Jenkins' content security policy.
 */
class BrowserTest {
    private static final String SUMMARY = "tr.app-summary:has(a[href='image-updates/'])";

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
    List<DynamicTest> pages() {
        return List.of(
                dynamicTest("policy", this::theContentSecurityPolicyIsEnforced),
                dynamicTest("job", this::jobPage),
                dynamicTest("build", this::buildPages),
                dynamicTest("management", this::managementPage));
    }

    private void theContentSecurityPolicyIsEnforced() throws Exception {
        String policy = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(jenkins.getUrl().toURI()).build(), HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("Content-Security-Policy")
                .orElse("none");
        assertTrue(policy.contains("default-src 'self'") && !policy.contains("script-src 'unsafe"), policy);
    }

    private void jobPage() throws Throwable {
        String host = registry.front.host();
        jenkins.runRemotely(rule -> {
            var job = Watching.pipeline(rule, "base-images", "echo 'built'");
            job.addTrigger(Watching.trigger(Watching.everyKind(host)));
        });
        String page = "job/base-images/image-updates/";
        looks.inspect(page, "job-unchecked");
        registry.push("p/app", "stable", "one");
        browser.find("form[name=checkNow] button").click();
        browser.waitFor(() -> browser.text().contains("Up to date"));
        registry.push("p/app", "stable", "two");
        jenkins.runRemotely(rule -> {
            assertTrue(Watching.check("base-images").queued());
            rule.waitUntilNoActivity();
        });
        looks.inspect(page, "job");
        browser.find("form[action=buildAsIfUpdated] button").click();
        jenkins.runRemotely(rule -> {
            rule.waitUntilNoActivity();
            assertEquals(
                    2,
                    rule.jenkins
                            .getItemByFullName("base-images", Job.class)
                            .getBuilds()
                            .size());
        });
    }

    private void buildPages() throws Throwable {
        String host = registry.front.host();
        jenkins.runRemotely(rule -> {
            rule.createFreeStyleProject("deploy");
            String images = "['" + host + "/p/web:1', '" + host + "/p/db:1', '" + host + "/p/none:1']";
            Watching.pipeline(
                    rule,
                    "release",
                    "checkImageUpdate(images: " + images + ", credentialsId: '" + Watching.CREDENTIAL
                            + "', failOnError: false, downstreamJobs: ['deploy'])");
        });
        registry.push("p/web", "1", "one");
        registry.push("p/db", "1", "one");
        jenkins.runRemotely(rule -> {
            rule.buildAndAssertSuccess(rule.jenkins.getItemByFullName("release", WorkflowJob.class));
        });
        registry.push("p/web", "1", "two");
        jenkins.runRemotely(rule -> {
            rule.buildAndAssertSuccess(rule.jenkins.getItemByFullName("release", WorkflowJob.class));
            rule.waitUntilNoActivity();
        });
        looks.inspect("job/release/2/", "build", SUMMARY);
        assertTrue(browser.text().contains("1 of 3 checked images changed"), browser.text());
        looks.inspect("job/release/2/image-updates/", "build-images");
        assertTrue(browser.text().contains("Started in turn"), browser.text());
        looks.inspect("job/release/image-updates/", "job-of-step");
        looks.inspect("job/deploy/1/", "build-started", SUMMARY);
    }

    private void managementPage() throws Throwable {
        looks.inspect("manage/image-updates/", "management");
        browser.look(1280, false);
        browser.open(looks.address("manage/image-updates/"));
        browser.find("input[name=q]").sendKeys("secret");
        browser.find("form[role=search] button").click();
        browser.waitFor(() -> browser.url().contains("q=secret"));
        assertEquals(1, browser.all(".image-update-table tbody tr").size());
        assertEquals("secret", browser.find("input[name=q]").getAttribute("value"));
        looks.inspect("manage/image-updates/?q=nothing-like-it", "management-none");
    }
}
