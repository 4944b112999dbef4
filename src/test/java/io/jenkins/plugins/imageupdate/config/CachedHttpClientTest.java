package io.jenkins.plugins.imageupdate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import io.jenkins.plugins.imageupdate.harness.Certificates;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A client is reused until an administrator changes the settings that it was made with. */
@WithJenkins
class CachedHttpClientTest {
    private static final String HOST = "registry.example";

    private CredentialsStore store;
    private ConfiguredRegistry registry;

    @BeforeEach
    void start(JenkinsRule jenkins) {
        store = CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next();
        registry = new ConfiguredRegistry(HOST);
        registry.setClientCertificateId("certificate");
        RegistriesConfiguration.get().setRegistries(List.of(registry));
    }

    private HttpClient client() {
        return ControllerHttp.get().client(registry.settings(HOST));
    }

    @Test
    void aRemovedCertificateIsNotShownAnyMore() throws Exception {
        StandardCertificateCredentials credential = Certificates.credential("certificate");
        store.addCredentials(Domain.global(), credential);
        assertSame(client(), client());
        assertNotNull(client().sslContext());
        store.removeCredentials(Domain.global(), credential);
        assertEquals(
                "no Certificate credential has the id 'certificate'",
                assertThrows(IllegalArgumentException.class, this::client).getMessage());
    }

    /** As some providers do, which make a new object at each look. */
    @Test
    void theSameCertificateInAnotherObjectNeedsNoOtherClient() throws Exception {
        StandardCertificateCredentials credential = Certificates.credential("certificate");
        store.addCredentials(Domain.global(), credential);
        HttpClient before = client();
        store.updateCredentials(Domain.global(), credential, Certificates.credential("certificate"));
        assertSame(before, client());
    }

    @Test
    void registriesWithoutTheirOwnTlsSettingsShareOneClient() {
        RegistriesConfiguration.get()
                .setRegistries(List.of(new ConfiguredRegistry(HOST), new ConfiguredRegistry("a.b")));
        HttpClient shared = client();
        assertSame(shared, ControllerHttp.get().client(new ConfiguredRegistry("a.b").settings("a.b")));
        ControllerHttp.get().forgetClients();
        assertNotSame(shared, client());
    }
}
