package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.TimedCertificates;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** A temporary fault of a registry starts no build, is reported, and hides no update. */
@WithSharedJenkins
@WithRegistry(credentialsId = "gcr-key")
class OutageTest {
    /** The front stands before the registry, and before its token server. */
    enum Outage {
        REGISTRY_GONE(RecordedRequest::isManifest, Fault.disconnect(), "UNREACHABLE"),
        REGISTRY_BROKEN(
                RecordedRequest::isManifest, Fault.reply(Reply.error(500, "UNKNOWN", "internal error")), "UNAVAILABLE"),
        RATE_LIMITED(RecordedRequest::isManifest, Fault.rateLimited("1"), "RATE_LIMITED"),
        TOKEN_SERVER_GONE(RecordedRequest::isToken, Fault.disconnect(), "UNREACHABLE"),
        TOKEN_SERVER_BROKEN(
                RecordedRequest::isToken, Fault.reply(Reply.error(503, "UNAVAILABLE", "try again")), "UNAVAILABLE"),
        EDGE_BLOCKED(RecordedRequest::isManifest, Fault.edgeBlocked(), "EDGE_BLOCKED"),
        NO_DIGEST(
                RecordedRequest::isManifest,
                Fault.reply(Reply.of(200, "text/html; charset=utf-8", "<html>sign in</html>")),
                "NOT_A_REGISTRY");

        private final Predicate<RecordedRequest> which;
        private final Fault fault;
        private final String kind;

        Outage(Predicate<RecordedRequest> which, Fault fault, String kind) {
            this.which = which;
            this.fault = fault;
            this.kind = kind;
        }
    }

    private static JenkinsRule jenkins;
    private static RegistryFixture registry;

    @BeforeAll
    static void start(JenkinsRule rule, RegistryFixture fixture) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setQuietPeriod(0);
        registry = fixture;
    }

    @ParameterizedTest
    @EnumSource
    void anOutageStartsNoBuildAndTheUpdateIsBuiltAfterIt(Outage outage) throws Exception {
        String repository = "p/" + outage.name().toLowerCase(Locale.ROOT).replace('_', '-');
        registry.push(repository, "stable", "one");
        FreeStyleProject job = jenkins.createFreeStyleProject(outage.name());
        TriggerImage image = new TriggerImage(registry.image(repository, "stable"));
        image.setCredentialsId("gcr-key");
        ImageUpdateTrigger trigger = PollScene.trigger();
        trigger.setImages(List.of(image));
        trigger.setBuildOnFirstCheck(true);
        job.addTrigger(trigger);
        assertTrue(registry.tick(job).queued());
        jenkins.waitUntilNoActivity();

        String digest = registry.push(repository, "stable", "two");
        if (outage.name().startsWith("TOKEN")) {
            // So that another one is needed.
            registry.front.expireTokens();
        }
        registry.front.faults().always(outage.which, outage.fault);
        String before = Files.readString(PollScene.ledger(job).toPath());
        for (int i = 0; i < 2; i++) {
            PollReport report = registry.tick(job);
            CheckResult seen = report.images().get(0);
            assertEquals(CheckStatus.FAILED, seen.status(), seen::sentence);
            assertEquals(outage.kind, seen.failureKind(), seen::sentence);
            assertFalse(report.queued());
        }
        String during = Files.readString(PollScene.ledger(job).toPath());
        assertFalse(during.equals(before), "since when it fails is kept");
        assertFalse(during.contains(digest));

        registry.front.faults().clear();
        PollReport report = registry.tick(job);
        while ("RATE_LIMITED".equals(report.images().get(0).failureKind())) {
            report = registry.tick(job);
        }
        assertEquals(
                digest,
                report.images().get(0).digest().toString(),
                report.images().get(0)::sentence);
        assertTrue(report.queued());
        jenkins.waitUntilNoActivity();
        assertEquals(2, PollScene.builds(job), "the first sight, and the update");
        assertFalse(registry.tick(job).queued());
    }

    @Test
    void anUpdateBehindAnExpiredCertificateIsBuiltWhenItIsRenewed() throws Exception {
        TimedCertificates certificates = new TimedCertificates();
        try (InProcessRegistry secure = InProcessRegistry.start(certificates.server())) {
            trust(secure, certificates.authority());
            secure.pushImage("p/app", "stable", "one");
            FreeStyleProject job = jenkins.createFreeStyleProject("EXPIRED");
            job.addTrigger(PollScene.trigger(secure.host() + "/p/app:stable"));
            assertEquals(CheckStatus.NEW, registry.tick(job).images().get(0).status());

            String digest = secure.pushImage("p/app", "stable", "two");
            certificates.show(TimedCertificates.Valid.UNTIL_LAST_WEEK);
            // Another setting means another client, which has no connection and no session to go on with.
            trust(secure, certificates.authority() + certificates.authority());
            CheckResult seen = registry.tick(job).images().get(0);
            assertEquals("TLS", seen.failureKind(), seen::sentence);
            assertTrue(seen.sentence().contains("its certificate has expired"), seen::sentence);
            String page =
                    jenkins.createWebClient().getPage(job, "image-updates").asNormalizedText();
            assertTrue(page.contains("its certificate has expired"), page);

            certificates.show(TimedCertificates.Valid.NOW);
            assertTrue(registry.tick(job).queued());
            jenkins.waitUntilNoActivity();
            assertEquals(1, PollScene.builds(job));
            assertEquals(
                    digest,
                    ImageUpdateCause.updatesOf(job.getLastBuild())
                            .get(0)
                            .digest()
                            .toString());
        } finally {
            registry.configure();
        }
    }

    private static void trust(InProcessRegistry secure, String authorities) {
        ConfiguredRegistry configured = new ConfiguredRegistry(secure.host());
        configured.setCertificateAuthorities(authorities);
        RegistriesConfiguration.get().setRegistries(List.of(configured));
    }
}
