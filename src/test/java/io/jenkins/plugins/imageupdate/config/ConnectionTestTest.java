package io.jenkins.plugins.imageupdate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
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

    @Test
    void aMirrorIsAskedUnderTheRegistrysNameWithTheExtraHeaders(JenkinsRule jenkins) throws Exception {
        assertNotNull(jenkins.jenkins);
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.SYSTEM, "headers", "", Secret.fromString("CF-Access-Client-Id: abc\n")));
        try (InProcessRegistry mirror = InProcessRegistry.start()) {
            String digest = mirror.pushImage("library/nginx", "1.27", "one");
            ConfiguredRegistry entry = new ConfiguredRegistry("docker.io");
            entry.setPlainHttp(true);
            entry.setMirror(mirror.host());
            entry.setHeadersSecretId("headers");
            entry.setRequestsPerMinute(6_000);
            FormValidation seen = new ConnectionTest(entry).check("nginx:1.27");
            assertEquals(FormValidation.Kind.OK, seen.kind, seen::getMessage);
            assertTrue(seen.getMessage().contains("docker.io/library/nginx:1.27 is " + digest), seen::getMessage);
            assertEquals(Optional.of("abc"), mirror.requests().get(0).header("CF-Access-Client-Id"));

            entry.setHeadersSecretId("none");
            FormValidation missing = new ConnectionTest(entry).check("nginx:1.27");
            assertEquals(FormValidation.Kind.ERROR, missing.kind);
            assertTrue(missing.getMessage().contains("no Secret text credential has the id"), missing::getMessage);
        }
    }

    /** public.ecr.aws accepts one request a second; an entry for it does not lift that by leaving the field as it is. */
    @Test
    void theRateThatIsKnownOfARegistryHoldsUnlessAnotherIsSet(JenkinsRule jenkins) throws Exception {
        assertNotNull(jenkins.jenkins);
        ConfiguredRegistry entry = new ConfiguredRegistry("public.ecr.aws");
        assertEquals(1, entry.endpoint("public.ecr.aws").requestsPerSecond());
        entry.setRequestsPerMinute(300);
        assertEquals(5, entry.endpoint("public.ecr.aws").requestsPerSecond());
        assertEquals(0, new ConfiguredRegistry("gcr.io").endpoint("gcr.io").requestsPerSecond());
    }
}
