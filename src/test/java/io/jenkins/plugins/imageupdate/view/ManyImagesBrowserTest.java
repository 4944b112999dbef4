package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A job's page of many images, and one whose records cannot be read, in a real browser. */
class ManyImagesBrowserTest extends BrowserScene {
    @Test
    void aJobsPageOfManyImagesIsPagedAndSearchedAndDamagedRecordsAreSaid() throws Throwable {
        jenkins.runRemotely(rule -> {
            List<String> images = IntStream.range(0, 250)
                    .mapToObj(i -> "registry-" + i % 3 + ".example.com/team/application-" + i + ":stable")
                    .toList();
            FreeStyleProject job = rule.createFreeStyleProject("many");
            job.addTrigger(Watching.trigger(images));
            LedgerStore.change(job, ledger -> {
                images.forEach(image -> Watching.see(ledger, image, "one"));
                return null;
            });
            FreeStyleProject damaged = rule.createFreeStyleProject("damaged");
            damaged.addTrigger(Watching.trigger(images.subList(0, 1)));
            Files.writeString(damaged.getRootDir().toPath().resolve(LedgerStore.FILE_NAME), "?");
        });
        String page = "job/many/image-updates/";
        looks.inspect(page, "job-many");
        browser.look(1280, false);
        open(page);
        assertEquals(100, browser.all(".image-update-table tbody tr").size());
        browser.click(browser.find("a[rel=next]"));
        browser.waitFor(() -> browser.text().contains("Images 101 to 200 of 250; this job watches 250"));
        browser.find("input[name=q]").sendKeys("application-77");
        browser.find("form[role=search] button").click();
        browser.waitFor(() -> browser.url().contains("q=application-77"));
        assertEquals(1, browser.all(".image-update-table tbody tr").size());
        looks.inspect("job/damaged/image-updates/", "job-damaged");
        assertTrue(browser.text().contains("image-updates.xml cannot be read"), browser.text());
    }
}
