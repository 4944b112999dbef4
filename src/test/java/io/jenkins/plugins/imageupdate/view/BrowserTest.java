package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import hudson.ExtensionList;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every page in a real browser: light and dark, wide and narrow, without serious finding of axe-core, without an error in the console,
 * under Jenkins' content security policy.
 */
class BrowserTest extends BrowserScene {
    private static final String SUMMARY = "tr.app-summary:has(a[href='image-updates/'])";

    /** In one Jenkins, which takes longer to start than a page to be looked at. */
    @TestFactory
    List<DynamicTest> pages() {
        return List.of(
                dynamicTest("policy", this::theContentSecurityPolicyIsEnforced),
                dynamicTest("empty management", this::emptyManagementPage),
                dynamicTest("job", this::jobPage),
                dynamicTest("build", this::buildPages),
                dynamicTest("management", this::managementPage),
                dynamicTest("waiting", this::whatWaits),
                dynamicTest("monitor", this::monitor),
                dynamicTest("chinese", this::chinese));
    }

    private HttpResponse<String> get(String page, String language) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(looks.address(page)))
                .header("Accept-Language", language)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void theContentSecurityPolicyIsEnforced() throws Exception {
        String policy =
                get("", "en").headers().firstValue("Content-Security-Policy").orElse("none");
        assertTrue(policy.contains("default-src 'self'") && !policy.contains("script-src 'unsafe"), policy);
    }

    /** Jenkins finds the Chinese texts of pages, forms and help, and reads them as what they are. */
    private void chinese() throws Exception {
        shows("job/base-images/image-updates/", "镜像更新", "立即检查", "请检查标签名称", "凭据 gcr-key");
        shows("job/release/2/image-updates/", "下游构建", "无变化");
        shows("job/base-images/configure", "容器镜像变化时构建", "下游任务");
        shows("manage/image-updates/", "容器镜像更新", "所有注册表", "第 1 至 9 个镜像");
        shows("descriptor/io.jenkins.plugins.imageupdate.trigger.TriggerImage/help/platform", "其他平台的变化不算更新");
        shows("descriptor/io.jenkins.plugins.imageupdate.policy.NewestTags/help/max", "每个标签需要一次请求");
    }

    private void shows(String page, String... texts) throws Exception {
        String content = get(page, "zh-CN").body();
        for (String text : texts) {
            assertTrue(content.contains(text), () -> text + " is not in " + content);
        }
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
            Watching.assertBuilds(rule, "base-images", 2);
        });
    }

    private void whatWaits() throws Throwable {
        String host = registry.front.host();
        registry.push("p/base", "stable", "one");
        jenkins.runRemotely(rule -> {
            var job = rule.createFreeStyleProject("rested");
            job.addTrigger(Watching.trigger(List.of(host + "/p/base:stable")));
            Watching.check("rested");
            job.getTrigger(ImageUpdateTrigger.class).setMinimumAge("3d");
        });
        registry.push("p/base", "stable", "two");
        jenkins.runRemotely(rule -> {
            assertFalse(Watching.check("rested").queued());
        });
        looks.inspect("job/rested/image-updates/", "waiting");
        browser.look(1280, false);
        open("job/rested/image-updates/");
        assertTrue(
                browser.text().matches("(?s).*Too young to count\\s+sha256:[0-9a-f]{12} counts in .*"), browser.text());
        browser.click(browser.find("form[action=buildNow] button"));
        jenkins.runRemotely(rule -> {
            Watching.assertBuilds(rule, "rested", 1);
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
        registry.pushLabelled("p/web", "1", labels("1.4.2", "4b825dc642cb6eb9a060e54bf8d69288fbee4904"));
        registry.push("p/db", "1", "one");
        jenkins.runRemotely(rule -> {
            rule.buildAndAssertSuccess(rule.jenkins.getItemByFullName("release", WorkflowJob.class));
        });
        registry.pushLabelled("p/web", "1", labels("1.4.3", "8d5e957f297893487bd98fa830fa6413e4c5e7a2"));
        jenkins.runRemotely(rule -> {
            rule.buildAndAssertSuccess(rule.jenkins.getItemByFullName("release", WorkflowJob.class));
            rule.waitUntilNoActivity();
        });
        looks.inspect("job/release/2/", "build", SUMMARY);
        assertTrue(browser.text().contains("1 of 3 checked images changed"), browser.text());
        assertTrue(browser.text().contains("version 1.4.2 → 1.4.3"), browser.text());
        looks.inspect("job/release/2/image-updates/", "build-images");
        assertTrue(browser.text().contains("Downstream builds"), browser.text());
        assertTrue(browser.text().contains("Pinned reference"), browser.text());
        String digest = registry.push("p/ran", "1", "one");
        jenkins.runRemotely(rule -> {
            Watching.recordRan(rule.jenkins.getItemByFullName("release", WorkflowJob.class), Digest.parse(digest));
        });
        looks.inspect("job/release/2/image-updates/", "build-ran");
        assertTrue(browser.text().contains(digest), browser.text());
        assertTrue(browser.text().contains("Ran in, with a digest that is not known"), browser.text());
        looks.inspect("job/release/image-updates/", "job-of-step");
        looks.inspect("job/deploy/1/", "build-started", SUMMARY);
        assertTrue(browser.text().matches("(?s).*[0-9a-f]{12} \\(version 1\\.4\\.2 .*"), browser.text());
    }

    private static Map<String, String> labels(String version, String revision) {
        return Map.of(
                "org.opencontainers.image.version", version,
                "org.opencontainers.image.revision", revision,
                "org.opencontainers.image.source", "https://github.com/example/web");
    }

    private void emptyManagementPage() throws Throwable {
        looks.inspect("manage/image-updates/", "management-empty");
        assertTrue(browser.text().contains("No image is watched"), browser.text());
    }

    private void monitor() throws Throwable {
        jenkins.runRemotely(rule -> {
            ExtensionList.lookupSingleton(FailingChecksPeriodicWork.class).run();
        });
        browser.waitFor(() -> managed().contains("may not read this repository"));
        looks.inspectNotice("manage/", "monitor", ".jenkins-alert:has([href*='image-updates'])");
    }

    private String managed() {
        try {
            open("manage/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return browser.text();
    }

    /** Images of the last month, and what is left of a registry's limit, as Docker Hub says it. */
    private void history() throws Throwable {
        String host = registry.front.host();
        registry.front
                .faults()
                .next(
                        RecordedRequest::isManifest,
                        (request, regular) -> regular.get()
                                .with("ratelimit-limit", "100;w=21600")
                                .with("ratelimit-remaining", "76;w=21600"));
        jenkins.runRemotely(rule -> {
            Watching.check("base-images");
            List<String> images = List.of(host + "/p/runtime:21", host + "/p/proxy:1");
            var job = rule.createFreeStyleProject("nightly");
            job.addTrigger(Watching.trigger(images));
            rule.buildAndAssertSuccess(job);
            LedgerStore.change(job, ledger -> {
                Instant now = Instant.now();
                Watching.seeChanging(
                        ledger,
                        images.get(0),
                        IntStream.of(31, 28, 27, 27, 20, 19, 19, 19, 12, 6, 5, 5)
                                .mapToObj(days -> now.minus(days, ChronoUnit.DAYS))
                                .toList());
                Watching.seeChanging(
                        ledger,
                        images.get(1),
                        IntStream.of(31, 25, 20, 19, 13, 12, 5, 1)
                                .mapToObj(days -> now.minus(days, ChronoUnit.DAYS))
                                .toList());
                return null;
            });
        });
    }

    private void managementPage() throws Throwable {
        history();
        looks.inspect("manage/image-updates/", "management");
        browser.look(1280, false);
        open("manage/image-updates/");
        assertTrue(browser.text().contains("76 of 100 requests left"), browser.text());
        assertTrue(browser.text().contains("updates of these images in the last 30 days (UTC)"), browser.text());
        browser.find(".image-update-chart summary").click();
        assertEquals(
                browser.all(".image-update-bars rect").size(),
                browser.all(".image-update-days li").size());
        looks.judge("management-days", "#main-panel");
        browser.find("input[name=q]").sendKeys("secret");
        browser.find("form[role=search] button").click();
        browser.waitFor(() -> browser.url().contains("q=secret"));
        assertEquals(1, browser.all(".image-update-table tbody tr").size());
        assertEquals("secret", browser.find("input[name=q]").getAttribute("value"));
        looks.inspect("manage/image-updates/?q=nothing-like-it", "management-none");
    }
}
