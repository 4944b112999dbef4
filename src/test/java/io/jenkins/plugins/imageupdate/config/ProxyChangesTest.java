package io.jenkins.plugins.imageupdate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ProxyConfiguration;
import hudson.ProxyConfigurationManager;
import hudson.model.Hudson;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.harness.AsCode;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.LoginProxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The next check uses the proxy that Jenkins has now, however it was changed. */
@WithSharedJenkins
class ProxyChangesTest {
    private final LoginProxy proxy = LoginProxy.start("jenkins", "proxy-canary");
    private final InProcessRegistry registry = InProcessRegistry.start();
    private ConfiguredRegistry entry;

    @BeforeAll
    static void start(JenkinsRule jenkins) {
        assertNotNull(jenkins.jenkins);
    }

    @BeforeEach
    void useTheProxy() throws Exception {
        registry.pushImage("p/app", "stable", "one");
        entry = new ConfiguredRegistry(registry.host());
        entry.setPlainHttp(true);
        RegistriesConfiguration.get().setRegistries(List.of(entry));
        ProxyConfigurationManager.saveProxyConfiguration(working());
        assertByProxy();
    }

    @AfterEach
    void stop() {
        proxy.close();
        registry.close();
    }

    private ProxyConfiguration working() {
        return new ProxyConfiguration("127.0.0.1", proxy.port(), "jenkins", "proxy-canary");
    }

    private Sighting check() throws Exception {
        WatchedImage image = WatchedImage.parse(registry.host() + "/p/app:stable", null);
        return ControllerHttp.get()
                .checker()
                .check(image, entry.endpoint(registry.host()), new Authentication.Anonymous(), null)
                .get(60, TimeUnit.SECONDS);
    }

    private void assertByProxy() throws Exception {
        int before = proxy.requests().size();
        Sighting seen = check();
        assertNull(seen.failure(), () -> seen.failure().message());
        assertTrue(proxy.requests().size() > before, "it went by the proxy");
    }

    private void assertDirect() throws Exception {
        int before = proxy.requests().size();
        Sighting seen = check();
        assertNull(seen.failure(), () -> seen.failure().message());
        assertEquals(before, proxy.requests().size(), "it did not go by the proxy");
    }

    @Test
    void aProxyThatIsRemovedOrSetOnItsPageIsNoticed() throws Exception {
        ProxyConfigurationManager.saveProxyConfiguration(new ProxyConfiguration(null, 0));
        assertDirect();
        ProxyConfigurationManager.saveProxyConfiguration(working());
        assertByProxy();
    }

    @Test
    void aProxyThatAScriptSetsOrRemovesIsNoticed() throws Exception {
        Hudson.get().setProxy(null);
        assertDirect();
        Hudson.get().setProxy(working());
        assertByProxy();
    }

    @Test
    void aProxyOfConfigurationAsCodeIsNoticed() throws Exception {
        Hudson.get().setProxy(null);
        assertDirect();
        String yaml = "jenkins:\n  proxy:\n    name: 127.0.0.1\n    port: " + proxy.port()
                + "\n    userName: jenkins\n    secretPassword: proxy-canary\n";
        AsCode.configure(yaml);
        assertByProxy();
    }

    @Test
    void aScriptThatChangesTheHostsWithoutProxyOrTheLoginIsNoticed() throws Exception {
        ProxyConfiguration configured = Hudson.get().getProxy();
        configured.setNoProxyHost("127.0.0.1");
        assertDirect();
        configured.setNoProxyHost("");
        assertByProxy();
        configured.setSecretPassword(Secret.fromString("wrong"));
        assertTrue(check().failure().message().contains("the proxy wants a login (HTTP 407)"));
        configured.setSecretPassword(Secret.fromString("proxy-canary"));
        assertByProxy();
    }
}
