package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.UpdateLedgers;
import io.jenkins.plugins.imageupdate.watch.Observation;
import io.jenkins.plugins.imageupdate.watch.UpdateLedger;
import io.jenkins.plugins.imageupdate.watch.WatchedImage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The management page with 10,000 images: under a second, and under a megabyte. */
@WithJenkins
class ManyImagesTest {
    private static final Logger LOGGER = Logger.getLogger(ManyImagesTest.class.getName());
    private static final int JOBS = 1_000;
    private static final int IMAGES = 10;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void tenThousandImages(JenkinsRule jenkins) throws Exception {
        for (int i = 0; i < JOBS; i++) {
            job(jenkins, i);
        }
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setJavaScriptEnabled(false);
        String page = "manage/image-updates/";
        List<Long> millis = new ArrayList<>();
        String content = "";
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            content = client.goTo(page + "?page=" + (i + 7) + "&q=team")
                    .getWebResponse()
                    .getContentAsString();
            millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
        long bytes = content.getBytes(StandardCharsets.UTF_8).length;
        LOGGER.info(() -> "10,000 images: " + millis + " ms, " + bytes + " bytes a page");
        assertTrue(content.contains("Images 1,001 to 1,100 of 10,000"), content);
        assertTrue(bytes < 1_000_000, () -> bytes + " bytes");
        ImagesTable failing = table("failed");
        assertEquals(JOBS, failing.getMatching());
        assertEquals(JOBS * IMAGES, failing.getTotal());
    }

    private static ImagesTable table(String word) {
        return new ImagesTable(new ImagesQuery(
                "", ImageState.valueOf(word.toUpperCase(Locale.ROOT)), null, ImagesQuery.Sort.JOB, true, 1));
    }

    private static void job(JenkinsRule jenkins, int number) throws Exception {
        List<String> images = IntStream.range(0, IMAGES)
                .mapToObj(i -> "registry-" + i + ".example.com/team-" + number + "/application:stable")
                .toList();
        FreeStyleProject job = jenkins.createProject(FreeStyleProject.class, "job-" + number);
        ImageUpdateTrigger trigger = Watching.trigger(images);
        job.addTrigger(trigger);
        UpdateLedgers.update(job, ledger -> {
            images.forEach(image -> observe(ledger, WatchedImage.parse(image, null)));
            return null;
        });
    }

    /** The first registry refuses, the second one has an update, the others have nothing new. */
    private static void observe(UpdateLedger ledger, WatchedImage image) {
        String name = image.reference().toString();
        if (name.startsWith("registry-0")) {
            Failure failure = new Failure(FailureKind.FORBIDDEN, name, "gcr-key", "HTTP 403: DENIED", null);
            ledger.observe(new Observation(image, "gcr-key", null, failure, NOW), false, 1);
            return;
        }
        ledger.observe(seen(image, "one"), false, 1);
        if (name.startsWith("registry-1")) {
            ledger.observe(seen(image, "two"), false, 1);
        }
    }

    /** Records that an image was seen. */
    static void see(UpdateLedger ledger, String image, String content) {
        ledger.observe(seen(WatchedImage.parse(image, null), content), false, 1);
    }

    private static Observation seen(WatchedImage image, String content) {
        Digest digest = Digest.of(content.getBytes(StandardCharsets.UTF_8));
        return new Observation(image, "gcr-key", new ResolvedImage(digest, null), null, NOW);
    }
}
