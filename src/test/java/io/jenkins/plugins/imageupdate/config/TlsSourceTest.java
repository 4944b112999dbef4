package io.jenkins.plugins.imageupdate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The test of the form and checks use the same TLS settings, for an entry of a host and for one of a part of it. */
@WithSharedJenkins
class TlsSourceTest {
    private final InProcessRegistry registry = InProcessRegistry.start(LoopbackCertificate.server());

    @BeforeAll
    static void start(JenkinsRule jenkins) {
        assertNotNull(jenkins.jenkins);
    }

    @BeforeEach
    void images() {
        registry.pushImage("team/app", "stable", "one");
        registry.pushImage("other/app", "stable", "one");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private ConfiguredRegistry entry(String below, boolean trusted) {
        ConfiguredRegistry entry = new ConfiguredRegistry(registry.host() + below);
        entry.setCertificateAuthorities(trusted ? LoopbackCertificate.pem() : null);
        return entry;
    }

    /** Both succeed, or both fail. */
    private void assertBoth(boolean success, ConfiguredRegistry entry, String repository) throws Exception {
        String reference = registry.host() + "/" + repository + ":stable";
        assertEquals(
                success ? FormValidation.Kind.OK : FormValidation.Kind.ERROR,
                new ConnectionTest(entry).check(reference).kind,
                "the test");
        WatchedImage image = WatchedImage.parse(reference, null);
        Sighting seen = ControllerHttp.get()
                .checker()
                .check(
                        image,
                        RegistryAccess.of(image.reference(), null).endpoint(),
                        new Authentication.Anonymous(),
                        null)
                .get(60, TimeUnit.SECONDS);
        assertEquals(success, seen.failure() == null, () -> "the check: " + seen);
    }

    @Test
    void anEntryForAPartOfAHostTrustsItsOwnAuthorities() throws Exception {
        ConfiguredRegistry part = entry("/team", true);
        RegistriesConfiguration.get().setRegistries(List.of(part));
        assertBoth(true, part, "team/app");
    }

    @Test
    void anEntryWithoutTlsSettingsUsesThoseOfItsHost() throws Exception {
        ConfiguredRegistry part = entry("/team", false);
        ConfiguredRegistry whole = entry("", true);
        RegistriesConfiguration.get().setRegistries(List.of(part, whole));
        assertBoth(true, part, "team/app");
        assertBoth(true, whole, "other/app");
    }

    @Test
    void theAuthoritiesOfAPartAreNotTrustedForAnotherPart() throws Exception {
        ConfiguredRegistry part = entry("/team", true);
        ConfiguredRegistry whole = entry("", false);
        RegistriesConfiguration.get().setRegistries(List.of(part, whole));
        assertBoth(true, part, "team/app");
        assertBoth(false, whole, "other/app");
    }
}
