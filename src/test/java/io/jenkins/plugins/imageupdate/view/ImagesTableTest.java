package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The table of all jobs, its chart and its rate limits show the matching images only, and no hidden jobs. */
@WithJenkins
class ImagesTableTest {
    private final List<InProcessRegistry> registries = new ArrayList<>();
    private JenkinsRule jenkins;
    private String ours;
    private String theirs;

    @BeforeEach
    void twoJobsOfTwoRegistries(JenkinsRule rule) throws Exception {
        jenkins = rule;
        ours = watched("ours", 1);
        theirs = watched("theirs", 3);
    }

    @AfterEach
    void stop() {
        registries.forEach(InProcessRegistry::close);
    }

    /** @return the host of a registry that has a limit, and of a job's image that changed so often */
    private String watched(String name, int changes) throws Exception {
        InProcessRegistry registry = InProcessRegistry.start();
        registries.add(registry);
        registry.faults()
                .always(
                        RecordedRequest::isManifest,
                        (request, regular) -> regular.get()
                                .with("x-ratelimit-remaining", String.valueOf(changes))
                                .with("x-ratelimit-reset", "90"));
        ConfiguredRegistry configured = new ConfiguredRegistry(registry.host());
        configured.setPlainHttp(true);
        List<ConfiguredRegistry> all =
                new ArrayList<>(RegistriesConfiguration.get().getRegistries());
        all.add(configured);
        RegistriesConfiguration.get().setRegistries(all);
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("H H 1 1 *");
        trigger.setImages(List.of(new TriggerImage(registry.host() + "/team/" + name + ":stable")));
        job.addTrigger(trigger);
        for (int i = 0; i <= changes; i++) {
            registry.pushImage("team/" + name, "stable", "content " + i);
            Watching.check(name);
        }
        jenkins.waitUntilNoActivity();
        return registry.host();
    }

    private static ImagesTable table(String words) {
        return new ImagesTable(new ImagesQuery(words, null, null, ImagesQuery.Sort.JOB, false, 1));
    }

    private static List<String> limits(ImagesTable table) {
        return table.getQuotas().stream()
                .map(quota -> quota.getRegistry() + " " + quota.getRemaining())
                .sorted()
                .toList();
    }

    private void assertTable(int updates, List<String> limits, ImagesTable table) {
        assertEquals(updates, table.getChart().getTotal());
        assertEquals(limits.stream().sorted().toList(), limits(table));
    }

    @Test
    void theChartFollowsTheSearchAndTheLimitsTheWholeTable() {
        List<String> both = List.of(ours + " 1", theirs + " 3");
        assertTable(4, both, table(""));
        assertTable(1, both, table("ours"));
        assertTable(0, both, table("nothing-like-it"));
    }

    @Test
    void usersDoNotSeeImagesOfHiddenJobs() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor")
                .grant(Item.READ)
                .onItems(jenkins.jenkins.getItemByFullName("ours", Item.class))
                .to("auditor"));
        try (ACLContext as = ACL.as2(User.getById("auditor", true).impersonate2())) {
            assertTable(1, List.of(ours + " 1"), table(""));
            assertEquals(1, table("").getTotal());
        }
    }
}
