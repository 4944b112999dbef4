package io.jenkins.plugins.imageupdate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConnectionTestTest {
    private static FormValidation test(InProcessRegistry registry) throws InterruptedException {
        ConfiguredRegistry entry = new ConfiguredRegistry(registry.host());
        entry.setPlainHttp(true);
        return new ConnectionTest(entry).check(registry.host() + "/p/app:stable");
    }

    /** Docker Hub and ghcr.io limit the number of requests, and users cannot see how many are left (WUD issue 161). */
    @Test
    void theAnswerShowsTheDigestAndTheRateLimit(JenkinsRule jenkins) throws Exception {
        assertNotNull(jenkins.jenkins);
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            String digest = registry.pushImage("p/app", "stable", "one");
            FormValidation silent = test(registry);
            assertEquals(FormValidation.Kind.OK, silent.kind, silent::getMessage);
            assertTrue(silent.getMessage().contains(digest), silent::getMessage);
            assertFalse(silent.getMessage().contains("rate limit"), silent::getMessage);

            registry.faults().always(request -> true, Fault.with("ratelimit-remaining", "76;w=21600"));
            FormValidation counted = test(registry);
            assertEquals(FormValidation.Kind.OK, counted.kind, counted::getMessage);
            assertTrue(counted.getMessage().endsWith("rate limit: left 76."), counted::getMessage);
        }
    }
}
