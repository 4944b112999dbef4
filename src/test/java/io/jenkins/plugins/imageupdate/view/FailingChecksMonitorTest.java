package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The notice to administrators when checks keep failing. */
@WithJenkins
class FailingChecksMonitorTest {
    private static final Instant BEGAN = Instant.parse("2026-01-02T03:00:00Z");

    private JenkinsRule jenkins;
    private FailingChecksMonitor monitor;

    @BeforeEach
    void failing(JenkinsRule rule) throws Exception {
        jenkins = rule;
        monitor = Jenkins.get().getExtensionList(FailingChecksMonitor.class).get(0);
        fail(jenkins.createFreeStyleProject("base-images"));
        fail(jenkins.createFreeStyleProject("hidden"));
    }

    private static void fail(FreeStyleProject job) throws Exception {
        String image = "gcr.io/team/app:stable";
        job.addTrigger(Watching.trigger(List.of(image)));
        Failure failure = new Failure(FailureKind.FORBIDDEN, image, "gcr-key", "HTTP 403: DENIED", null);
        LedgerStore.change(
                job,
                ledger -> ledger.observe(
                        Sighting.failed(WatchedImage.parse(image, null), failure, "gcr-key", BEGAN), false, 1));
    }

    private static void look(String time) {
        FailingChecksPeriodicWork.get().look(Clock.fixed(Instant.parse(time), ZoneOffset.UTC));
    }

    @Test
    void onlyWhatFailsForHoursIsWorthANotice() {
        look("2026-01-02T05:59:59Z");
        assertFalse(monitor.isActivated());
        look("2026-01-02T06:00:00Z");
        assertTrue(monitor.isActivated());
    }

    @Test
    void aDisabledJobIsNoneOfIt() throws Exception {
        for (FreeStyleProject job : jenkins.jenkins.getAllItems(FreeStyleProject.class)) {
            job.disable();
        }
        look("2026-01-02T06:00:00Z");
        assertFalse(monitor.isActivated());
    }

    @Test
    void itNamesCauseAndJobsToWhoMaySeeThem() throws Exception {
        look("2026-01-02T06:00:00Z");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor")
                .grant(Item.READ)
                .onItems(jenkins.jenkins.getItemByFullName("base-images", Item.class))
                .to("auditor")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        HtmlPage seen = manage("admin");
        assertTrue(seen.asNormalizedText().contains("may not read this repository"), seen.asNormalizedText());
        assertTrue(seen.asNormalizedText().contains("2 images of base-images, hidden"), seen.asNormalizedText());
        String audited = manage("auditor").asNormalizedText();
        assertTrue(audited.contains("base-images and 1 more job"), audited);
        assertFalse(audited.contains("hidden"), audited);
        assertFalse(audited.contains("Dismiss"), audited);
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("reader")) {
            client.assertFails("manage/", 403);
        }
        jenkins.submit(seen.getFormByName(monitor.id));
        assertFalse(monitor.isEnabled());
    }

    private HtmlPage manage(String user) throws Exception {
        return jenkins.createWebClient().login(user).goTo("manage/");
    }
}
