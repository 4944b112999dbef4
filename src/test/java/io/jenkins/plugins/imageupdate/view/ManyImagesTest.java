package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * The management page with 10,000 images sends under a megabyte. How long it takes is printed and not asserted, since a busy machine is
 * no fault: right after a start of Jenkins, when its own first page has loaded what every page needs, and then.
 */
class ManyImagesTest {
    private static final Logger LOGGER = Logger.getLogger(ManyImagesTest.class.getName());
    private static final String PAGE = "manage/image-updates/";
    private static final int JOBS = 1_000;
    private static final int IMAGES = 10;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    private final List<Long> millis = new ArrayList<>();
    private int mostBytes;

    @Test
    void aPageOfTenThousandImagesIsSmall() throws Throwable {
        jenkins.startJenkins();
        jenkins.runRemotely(rule -> {
            // The images do not exist, so no registry may be asked for them.
            RegistriesConfiguration.get().setListedOnly(true);
            for (int i = 0; i < JOBS; i++) {
                job(rule, i);
            }
        });
        jenkins.stopJenkins();
        jenkins.startJenkins();
        page("manage/");
        String first = page(PAGE);
        assertTrue(first.contains("Images 1 to 100 of 10,000"), first);
        assertTrue(first.contains("1,000 updates of these images"), first);
        for (int i = 0; i < 10; i++) {
            page(PAGE + "?q=team&sort=IMAGE&page=" + (i + 7));
        }
        assertTrue(page(PAGE + "?q=team&page=11").contains("Images 1,001 to 1,100 of 10,000"));
        assertTrue(page(PAGE + "?status=FAILED").contains("Images 1 to 100 of 1,000"));
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        LOGGER.info(() -> String.format(
                Locale.ROOT,
                "Jenkins' own first page, then 10,000 images: %s ms, at most %d bytes, at load %.1f",
                millis,
                mostBytes,
                load));
    }

    private String page(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(jenkins.getUrl() + path))
                .header("Accept-Language", "en")
                .build();
        long start = System.nanoTime();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
        assertEquals(200, answer.statusCode());
        int bytes = answer.body().getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes < 1_000_000, () -> bytes + " bytes");
        mostBytes = Math.max(mostBytes, bytes);
        return answer.body();
    }

    private static void job(JenkinsRule jenkins, int number) throws Exception {
        List<String> images = IntStream.range(0, IMAGES)
                .mapToObj(i -> "registry-" + i + ".example.com/team-" + number + "/application:stable")
                .toList();
        FreeStyleProject job = jenkins.createProject(FreeStyleProject.class, "job-" + number);
        job.addTrigger(Watching.trigger(images));
        // What a check after the start would say is not what this is about.
        job.disable();
        LedgerStore.change(job, ledger -> {
            images.forEach(image -> observe(ledger, image));
            return null;
        });
    }

    /** The first registry refuses, the second one has an update, the others have nothing new. */
    private static void observe(JobLedger ledger, String image) {
        if (image.startsWith("registry-0")) {
            Failure failure = new Failure(FailureKind.FORBIDDEN, image, "gcr-key", "HTTP 403: DENIED", null);
            WatchedImage watched = WatchedImage.parse(image, null);
            ledger.observe(Sighting.failed(watched, failure, "gcr-key", Instant.now()), false, 1);
            return;
        }
        Watching.see(ledger, image, "one");
        if (image.startsWith("registry-1")) {
            Watching.see(ledger, image, "two");
        }
    }
}
