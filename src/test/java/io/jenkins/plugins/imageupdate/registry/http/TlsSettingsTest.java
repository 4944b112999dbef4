package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class TlsSettingsTest {
    private static final String CERTIFICATE = LoopbackCertificate.pem();
    private static final String PRIVATE = LoopbackCertificate.privatePem();
    private static final String CANARY = "Q0FOQVJZ";

    private static TlsSettings mutual() {
        return new TlsSettings(CERTIFICATE, LoopbackCertificate.store(), LoopbackCertificate.password());
    }

    /** A registry's host that shows {@link LoopbackCertificate} and wants to see it of its clients. */
    private static HttpsServer server(String address, boolean clientsToo) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(mutual().sslContext()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(clientsToo);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static CompletableFuture<Response> ask(HttpsServer server, String name, TlsSettings settings) {
        HttpClient client =
                HttpClient.newBuilder().sslContext(settings.sslContext()).build();
        URI uri = URI.create("https://" + name + ":" + server.getAddress().getPort() + "/v2/");
        return new HttpTransport(endpoint -> client, ForkJoinPool.commonPool(), Clock.systemUTC())
                .send(Request.get(
                        new RegistryEndpoint(uri.getAuthority(), false, Duration.ofSeconds(20), 8, false),
                        uri,
                        Map.of(),
                        Instant.now().plusSeconds(20)));
    }

    @Test
    void anAddedAuthorityIsTrustedForItsHostNamesOnly() throws IOException {
        HttpsServer server = server("127.0.0.1", false);
        HttpsServer elsewhere = server("127.0.0.2", false);
        try {
            TlsSettings settings = new TlsSettings(CERTIFICATE);
            assertEquals(200, ask(server, "127.0.0.1", settings).join().status());
            assertEquals(
                    FailureKind.TLS,
                    Clients.failure(ask(elsewhere, "127.0.0.2", settings)).kind());
            TlsSettings defaults = new TlsSettings(" ");
            assertEquals(
                    FailureKind.TLS,
                    Clients.failure(ask(server, "127.0.0.1", defaults)).kind());
        } finally {
            server.stop(0);
            elsewhere.stop(0);
        }
    }

    @Test
    void aClientCertificateIsShown() throws IOException {
        HttpsServer server = server("127.0.0.1", true);
        try {
            assertEquals(200, ask(server, "127.0.0.1", mutual()).join().status());
            // With TLS 1.3 the handshake is over for the client before the server misses the certificate and hangs up.
            FailureKind refusal = Clients.failure(ask(server, "127.0.0.1", new TlsSettings(CERTIFICATE)))
                    .kind();
            assertTrue(Set.of(FailureKind.TLS, FailureKind.UNREACHABLE).contains(refusal), refusal::name);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theRuntimesAuthoritiesStayTrusted() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        Set<X509Certificate> before = Set.of(((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers());
        assertFalse(before.isEmpty());
        Set<X509Certificate> after =
                Set.of(new TlsSettings(CERTIFICATE).trustManager().getAcceptedIssuers());
        assertTrue(after.containsAll(before));
        assertEquals(before.size() + 1, after.size());
    }

    @Test
    void textsAreReadAsPeoplePasteThem() {
        String pasted = "\uFEFFsubject=CN=127.0.0.1\r\n" + CERTIFICATE.replace("\n", " \r\n") + "\r\n# another\r\n"
                + CERTIFICATE.replace("\n", "\n  ");
        assertEquals(2, Pem.certificates("ca", pasted).size());
        new TlsSettings(pasted).sslContext();
    }

    @Test
    void everyFaultOfAnAuthorityIsNamedAndNoContentIsRepeated() {
        String cut = CERTIFICATE.substring(0, CERTIFICATE.indexOf("-----END"));

        refused("no certificate", CANARY);
        refused("cut short", cut);
        refused("cut short", cut + CERTIFICATE);
        refused("without its \"BEGIN\"", "-----END CERTIFICATE-----");
        refused("not base64", block("CERTIFICATE", CANARY + "*"));
        refused("block 2 is not an X.509 certificate", CERTIFICATE + block("CERTIFICATE", CANARY));
        refused("a private key among the certificates", CERTIFICATE + PRIVATE);
        refused("\"PKCS7\" block", block("PKCS7", CANARY));
        refused("longer than", "x".repeat(2_000_000));
    }

    private static String block(String label, String body) {
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static void refused(String reason, String authorities) {
        refused(reason, new TlsSettings(authorities));
    }

    private static void refused(String reason, TlsSettings settings) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, settings::sslContext);
        assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
        assertFalse(thrown.getMessage().contains(CANARY), thrown.getMessage());
        assertNull(thrown.getCause());
    }

    @Test
    void aClientCertificateThatCannotBeUsedIsRefused() throws Exception {
        refused("the password does not open", new TlsSettings(null, LoopbackCertificate.store(), CANARY.toCharArray()));
        KeyStore onlyTrusted = KeyStore.getInstance("PKCS12");
        onlyTrusted.load(null, null);
        for (Certificate certificate : mutual().clientChain()) {
            onlyTrusted.setCertificateEntry("trusted", certificate);
        }
        refused("no private key", new TlsSettings(null, onlyTrusted, null));
        refused("cannot be read", new TlsSettings(null, KeyStore.getInstance("PKCS12"), null));
    }

    @Test
    void theChainThatIsShownIsKnownAndNothingElseIsPrinted() {
        assertEquals(List.of(), new TlsSettings(CERTIFICATE).clientChain());
        assertEquals(1, mutual().clientChain().size());
        assertEquals(mutual().clientChain(), mutual().clientChain());
        assertEquals("TlsSettings[authorities=true, client=true]", mutual().toString());
        assertEquals("Pem[PRIVATE KEY]", Pem.parse("key", PRIVATE).get(0).toString());
    }
}
