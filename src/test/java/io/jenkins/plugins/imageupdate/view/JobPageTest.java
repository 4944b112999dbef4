package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The pages of a job and of a build with 10,000 images are as small as the controller's page, and are searched in the same way. */
@WithSharedJenkins
class JobPageTest {
    private static final Logger LOGGER = Logger.getLogger(JobPageTest.class.getName());
    private static final int MANY = 10_000;

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        // No registry is asked.
        RegistriesConfiguration.get().setListedOnly(true);
    }

    private static List<String> images(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "registry-" + i % 10 + ".example.com/team/application-" + i + ":stable")
                .toList();
    }

    private static FreeStyleProject watching(String name, int count) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.addTrigger(Watching.trigger(images(count)));
        LedgerStore.change(job, ledger -> {
            images(count).forEach(image -> Watching.see(ledger, image, "one"));
            return null;
        });
        return job;
    }

    private static String get(String path) throws Exception {
        long start = System.nanoTime();
        String content;
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.setJavaScriptEnabled(false);
            content = client.goTo(path, null).getWebResponse().getContentAsString();
        }
        int bytes = content.getBytes(StandardCharsets.UTF_8).length;
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        LOGGER.info(() -> String.format(Locale.ROOT, "%s: %d ms, %d bytes", path, millis, bytes));
        assertTrue(bytes < 1_000_000, () -> path + " has " + bytes + " bytes");
        return content;
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    @Test
    void aJobsPageOfTenThousandImagesIsPagedAndSearchedAsTheControllersIs() throws Exception {
        watching("many", MANY);
        String page = "job/many/image-updates/";
        String first = get(page);
        assertTrue(first.contains("Images 1 to 100 of 10,000; this job watches 10,000"), first);
        assertEquals(100, count(first, "name=\"image\""));
        assertFalse(first.contains("data-label=\"Job\""), "all are of this job");
        assertTrue(get(page + "?page=100").contains("Images 9,901 to 10,000 of 10,000"));
        String found = get(page + "?q=application-777&registry=registry-7.example.com&sort=IMAGE");
        assertTrue(found.contains("Images 1 to 2 of 2; this job watches 10,000"), found);
        assertTrue(found.contains("application-7777"), found);
        assertTrue(get(page + "?status=FAILED").contains("Images 0 to 0 of 0"));

        JsonNode table =
                new ObjectMapper().readTree(get(page + "api/json?page=3")).get("table");
        assertEquals(100, table.get("images").size());
        assertEquals(3, table.get("page").intValue());
        assertEquals(100, table.get("pages").intValue());
        assertEquals(MANY, table.get("matching").intValue());
        get("job/many/");
    }

    @Test
    void aJobsPageOfFewImagesHasNoSearchUnlessItWasAskedFor() throws Exception {
        watching("few", 3);
        String page = get("job/few/image-updates/");
        assertFalse(page.contains("role=\"search\""), page);
        assertEquals(3, count(page, "name=\"image\""));
        assertTrue(get("job/few/image-updates/?q=nothing").contains("role=\"search\""));
    }

    @Test
    void theReportOfTheLastCheckBeginsWithFailuresAndSaysWhatItLeavesOut() throws Exception {
        watching("report", 300);
        Watching.check("report");
        JsonNode report = new ObjectMapper()
                .readTree(get("job/report/image-updates/api/json"))
                .get("report");
        assertEquals(101, report.size());
        assertEquals("and 200 more", report.get(100).textValue());
    }

    @Test
    void aBuildsPagesOfTenThousandImagesAreSmallAndSayWhatTheyLeaveOut() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("checked");
        var build = jenkins.buildAndAssertSuccess(job);
        List<CheckResult> results =
                images(MANY).stream().map(image -> failed(image)).toList();
        CheckedImagesAction.record(build, results, null, null, null);
        String main = get("job/checked/1/");
        assertTrue(main.contains("0 of 10,000 checked images changed"), main);
        assertTrue(main.contains("and 9,980 more"), main);
        assertTrue(get("job/checked/1/image-updates/").contains("500 of 10,000 images. The remote API has all"));
        get("job/checked/");
    }

    private static CheckResult failed(String image) {
        Failure failure = new Failure(FailureKind.FORBIDDEN, image, "gcr-key", "HTTP 403: DENIED", null);
        return CheckResult.compare(
                Sighting.failed(WatchedImage.parse(image, null), failure, "gcr-key", Instant.now()), null);
    }
}
