package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.SharedJenkins;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.jvnet.hudson.test.JenkinsRule;

/** Labels, errors, credential ids and names with markup, right-to-left marks, line breaks and excessive length, on every page. */
@WithRegistry
class HostileTextTest extends SharedJenkins {
    private static final String TURN = "\u202E";
    private static final String MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>${1+1}&lt;";
    private static final String HOSTILE = MARKUP + TURN + "\r\n\u0000" + "A".repeat(64 * 1024);

    private RegistryFixture registry;
    private WorkflowJob job;

    @BeforeEach
    void hostileJob(RegistryFixture fixture) throws Exception {
        registry = fixture;
        Watching.configure(registry.front.host(), registry.key);
        job = Watching.pipeline(
                jenkins,
                "hostile",
                "checkImageUpdate(images: ['" + registry.image("p/app", "1") + "', '" + registry.image("p/huge", "1")
                        + "'], credentialsId: '" + Watching.CREDENTIAL + "')");
        job.setDisplayName(MARKUP);
        push("one");
        jenkins.buildAndAssertSuccess(job);
        push("two");
        Run<?, ?> run = jenkins.buildAndAssertSuccess(job);
        run.setDisplayName(MARKUP);
        TriggerImage refused = new TriggerImage(registry.image("q/refused", "1"));
        // XML cannot hold the null character, so that Jenkins refuses it anywhere.
        refused.setCredentialsId(HOSTILE.replace("\u0000", ""));
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("H H 1 1 *");
        trigger.setImages(List.of(refused, onDisk(MARKUP + TURN)));
        job.addTrigger(trigger);
        Watching.check(job.getFullName());
        WatchedImage image = WatchedImage.parse(refused.getReference(), null);
        Failure failure = new Failure(FailureKind.FORBIDDEN, refused.getReference(), HOSTILE, HOSTILE, null);
        LedgerStore.change(
                job, ledger -> ledger.observe(Sighting.failed(image, failure, HOSTILE, Instant.EPOCH), false, 3));
        FailingChecksPeriodicWork.get().look(Clock.systemUTC());
    }

    /** Forms and Pipelines refuse an invalid reference, but the file can be edited by hand. */
    private static TriggerImage onDisk(String reference) {
        String type = TriggerImage.class.getName();
        return (TriggerImage) Jenkins.XSTREAM2.fromXML(
                "<" + type + "><reference>" + Util.xmlEscape(reference) + "</reference></" + type + ">");
    }

    private void push(String marker) {
        push("p/app", marker, MARKUP + TURN);
        push("p/huge", marker, HOSTILE);
    }

    private void push(String repository, String marker, String text) {
        registry.pushLabelled(
                repository,
                "1",
                Map.of(
                        "org.opencontainers.image.version", marker + text,
                        "org.opencontainers.image.revision", text + marker,
                        "org.opencontainers.image.source", "javascript:alert(3)//" + text));
    }

    private static List<String> pages() {
        return List.of(
                "job/hostile/",
                "job/hostile/image-updates/",
                "job/hostile/2/",
                "job/hostile/2/image-updates/",
                "manage/",
                "manage/image-updates/",
                "manage/image-updates/?q=" + encoded(MARKUP) + "&registry=" + encoded(MARKUP)
                        + "&sort=nothing&status=none&page=-7&descending=maybe",
                "manage/image-updates/?q=hostile&page=99999999999&sort=JOB");
    }

    @TestFactory
    List<DynamicTest> everyPage() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String page : pages()) {
            tests.add(dynamicTest(page, () -> harmless(get(page))));
        }
        return tests;
    }

    private static void harmless(String content) {
        assertFalse(content.contains("<script>alert"), "a script");
        assertFalse(content.contains("<img src=x"), "an image");
        assertFalse(content.contains("href=\"javascript:"), "a link");
        assertFalse(content.contains(TURN), "turned writing");
        assertTrue(content.length() < 200_000, () -> content.length() + " characters");
    }

    private String get(String page) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setJavaScriptEnabled(false);
        return client.goTo(page, null).getWebResponse().getContentAsString();
    }

    @Test
    void theHostileTextIsShownEscaped() throws Exception {
        String build = get("job/hostile/2/image-updates/");
        assertTrue(build.contains("version one&lt;script>alert(1)"), build);
        String images = get("job/hostile/image-updates/");
        assertTrue(images.contains("&lt;script>alert(1)"), images);
    }

    @Test
    void formMethods() throws Exception {
        String registries = "descriptorByName/io.jenkins.plugins.imageupdate.config.ConfiguredRegistry/";
        String images = "job/hostile/descriptorByName/io.jenkins.plugins.imageupdate.trigger.TriggerImage/";
        String text = encoded(MARKUP + TURN + "\n");
        harmless(post(registries + "checkPrefix?value=" + text));
        harmless(post(registries + "testConnection?timeoutSeconds=" + text + "&prefix=gcr.io&testImage=" + text));
        harmless(post(registries + "testConnection?timeoutSeconds=1&prefix=" + text + "&testImage=nginx"));
        harmless(post(registries + "testConnection?timeoutSeconds=1&prefix=gcr.io&testImage=" + text));
        harmless(post(registries + "testConnection"));
        harmless(post(images + "checkReference?value=" + text));
        harmless(post(images + "checkPlatform?value=" + text));
        harmless(post(images + "checkCredentialsId?reference=nginx&value=" + text));
    }

    private String post(String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST);
        client.addCrumb(request);
        Page page = client.getPage(request);
        assertEquals(200, page.getWebResponse().getStatusCode());
        return page.getWebResponse().getContentAsString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
