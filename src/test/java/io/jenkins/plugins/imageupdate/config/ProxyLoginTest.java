package io.jenkins.plugins.imageupdate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.LoginProxy;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * If a proxy requires a login, proxy and registry each get their own login only. With the authenticator of Jenkins' own builder, Java 17
 * drops the login of the registry (JDK-8326949). pom.xml starts the tests with the option that an administrator needs for https.
 */
@WithJenkins
class ProxyLoginTest {
    private static final Authentication ROBOT = Authentications.ofUserPassword("robot", "robot", "registry-canary");

    private final LoginProxy proxy = LoginProxy.start("jenkins", "proxy-canary");
    private final InProcessRegistry registry = InProcessRegistry.start();
    private final String digest = registry.pushImage("p/app", "stable", "one");

    @BeforeEach
    void start(JenkinsRule jenkins) {
        assertNotNull(jenkins.jenkins);
    }

    @AfterEach
    void stop() {
        proxy.close();
        registry.close();
    }

    private void use(String password) throws Exception {
        ProxyConfiguration configured = new ProxyConfiguration("127.0.0.1", proxy.port(), "jenkins", password);
        hudson.model.Hudson.get().setProxy(configured);
        configured.save();
    }

    private static Sighting check(ConfiguredRegistry registry) throws Exception {
        RegistriesConfiguration.get().setRegistries(List.of(registry));
        WatchedImage image = WatchedImage.parse(registry.getPrefix() + "/p/app:stable", null);
        return ControllerHttp.get()
                .checker()
                .check(image, registry.endpoint(registry.getPrefix()), ROBOT, null)
                .get(60, TimeUnit.SECONDS);
    }

    private static ConfiguredRegistry plain(String host) {
        ConfiguredRegistry configured = new ConfiguredRegistry(host);
        configured.setPlainHttp(true);
        return configured;
    }

    private void assertEachGotItsOwn(Sighting seen, List<RecordedRequest> atRegistry) {
        assertNull(seen.failure(), () -> seen.failure().message());
        assertEquals(digest, seen.tags().newest().digest().toString());
        assertTrue(
                atRegistry.stream().anyMatch(request -> request.authorization().isPresent()));
        assertTrue(atRegistry.stream()
                .noneMatch(request -> request.header("Proxy-Authorization").isPresent()));
        assertTrue(!proxy.requests().isEmpty(), "it went by the proxy");
    }

    @Test
    void aRegistryOverHttpsGetsItsLoginThroughTheTunnel() throws Exception {
        use("proxy-canary");
        try (GcrFront secure = GcrFront.inFrontOf(registry.origin(), LoopbackCertificate.server())) {
            secure.grantUser("robot", "registry-canary", "p/*");
            ConfiguredRegistry configured = new ConfiguredRegistry(secure.host());
            configured.setCertificateAuthorities(LoopbackCertificate.pem());
            assertEachGotItsOwn(check(configured), secure.requests());
        }
        assertTrue(proxy.requests().stream()
                .allMatch(request -> request.startsWith("CONNECT")
                        && !request.toLowerCase(java.util.Locale.ROOT).contains("\nauthorization:")));
    }

    @Test
    void aRegistryOverPlainHttpGetsItsLogin() throws Exception {
        use("proxy-canary");
        try (GcrFront front = GcrFront.inFrontOf(registry.origin())) {
            front.grantUser("robot", "registry-canary", "p/*");
            assertEachGotItsOwn(check(plain(front.host())), front.requests());
        }
    }

    @Test
    void aRegistryThatWantsBasicGetsItsLogin() throws Exception {
        use("proxy-canary");
        registry.faults()
                .always(
                        request -> request.authorization().isEmpty(),
                        Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic realm=\"r\"")));
        assertEachGotItsOwn(check(plain(registry.host())), registry.requests());
    }

    @Test
    void aWrongProxyPasswordIsReportedAsSuch() throws Exception {
        use("wrong-canary");
        Sighting plain = check(plain(registry.host()));
        Sighting tunnel = check(new ConfiguredRegistry(registry.host()));
        for (Sighting seen : List.of(plain, tunnel)) {
            String message = seen.failure().message();
            assertTrue(message.contains("the proxy wants a login (HTTP 407)"), message);
            assertFalse(message.contains("canary"), message);
        }
        assertEquals(List.of(), registry.requests());
    }
}
