package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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

    /** A registry's host that shows {@link LoopbackCertificate} and wants to see it of its clients. */
    private static HttpsServer server(String address, boolean clientsToo) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(new TlsSettings(CERTIFICATE, CERTIFICATE, PRIVATE).sslContext()) {
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

    private static CompletableFuture<Answer> ask(HttpsServer server, String name, TlsSettings settings) {
        HttpClient client =
                HttpClient.newBuilder().sslContext(settings.sslContext()).build();
        URI uri = URI.create("https://" + name + ":" + server.getAddress().getPort() + "/v2/");
        return new HttpTransport(endpoint -> client, ForkJoinPool.commonPool(), Clock.systemUTC())
                .send(
                        new RegistryEndpoint(uri.getAuthority(), false, Duration.ofSeconds(20), 8, false),
                        "GET",
                        uri,
                        Map.of(),
                        Instant.now().plusSeconds(20));
    }

    @Test
    void anAddedAuthorityIsTrustedForItsHostNamesOnly() throws IOException {
        HttpsServer server = server("127.0.0.1", false);
        HttpsServer elsewhere = server("127.0.0.2", false);
        try {
            TlsSettings settings = new TlsSettings(CERTIFICATE, null, null);
            assertEquals(200, ask(server, "127.0.0.1", settings).join().status());
            assertEquals(
                    FailureKind.TLS,
                    Clients.failure(ask(elsewhere, "127.0.0.2", settings)).kind());
            TlsSettings defaults = new TlsSettings(null, " ", "");
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
            TlsSettings mutual = new TlsSettings(CERTIFICATE, CERTIFICATE, PRIVATE);
            assertEquals(200, ask(server, "127.0.0.1", mutual).join().status());
            // With TLS 1.3 the handshake is over for the client before the server misses the certificate and hangs up.
            FailureKind refusal = Clients.failure(ask(server, "127.0.0.1", new TlsSettings(CERTIFICATE, null, null)))
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
                Set.of(new TlsSettings(CERTIFICATE, null, null).trustManager().getAcceptedIssuers());
        assertTrue(after.containsAll(before));
        assertEquals(before.size() + 1, after.size());
    }

    @Test
    void textsAreReadAsPeoplePasteThem() {
        String pasted = "\uFEFFsubject=CN=127.0.0.1\r\n" + CERTIFICATE.replace("\n", " \r\n") + "\r\n# another\r\n"
                + CERTIFICATE.replace("\n", "\n  ");
        assertEquals(2, Pem.certificates("ca", pasted).size());
        new TlsSettings(pasted, CERTIFICATE, "Bag Attributes\n" + PRIVATE.replace("\n", "\r\n")).sslContext();
    }

    @Test
    void everyFaultIsNamedAndNoContentRepeated() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String other = LoopbackCertificate.pem(
                "PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
        String elliptic = LoopbackCertificate.pem(
                "PRIVATE KEY",
                KeyPairGenerator.getInstance("EC")
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded());
        String cut = CERTIFICATE.substring(0, CERTIFICATE.indexOf("-----END"));

        refused("no certificate", CANARY, null, null);
        refused("cut short", cut, null, null);
        refused("cut short", cut + CERTIFICATE, null, null);
        refused("without its \"BEGIN\"", "-----END CERTIFICATE-----", null, null);
        refused("not base64", block("CERTIFICATE", CANARY + "*"), null, null);
        refused("block 2 is no X.509 certificate", CERTIFICATE + block("CERTIFICATE", CANARY), null, null);
        refused("a private key among the certificates", CERTIFICATE + PRIVATE, null, null);
        refused("\"PKCS7\" block", block("PKCS7", CANARY), null, null);
        refused("longer than", "x".repeat(2_000_000), null, null);

        refused("client certificate: no certificate", null, CANARY, PRIVATE);
        refused("exactly one", null, CERTIFICATE, CANARY);
        refused("exactly one", null, CERTIFICATE, PRIVATE + PRIVATE);
        refused("no PKCS#8 key", null, CERTIFICATE, block("PRIVATE KEY", CANARY));
        refused("not base64", null, CERTIFICATE, block("PRIVATE KEY", CANARY + "*"));
        refused("algorithm, RSA", null, CERTIFICATE, elliptic);
        refused("does not belong", null, CERTIFICATE, other);
        for (String label : new String[] {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
            refused("openssl pkcs8 -topk8", null, CERTIFICATE, block(label, "Proc-Type: 4,ENCRYPTED\n\n" + CANARY));
        }
        refused("no PKCS#8 private key", null, CERTIFICATE, CERTIFICATE);
    }

    private static String block(String label, String body) {
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static void refused(String reason, String authorities, String chain, String own) {
        TlsSettings settings = new TlsSettings(authorities, chain, own);
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, settings::sslContext);
        assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
        assertFalse(thrown.getMessage().contains(CANARY), thrown.getMessage());
        assertNull(thrown.getCause());
    }

    @Test
    void aCertificateOfAnotherIssuerIsOutOfPlaceInTheChain() throws IOException {
        X509Certificate authority = Arrays.stream(
                        new TlsSettings(null, null, null).trustManager().getAcceptedIssuers())
                .findFirst()
                .orElseThrow();
        String chain;
        try {
            chain = CERTIFICATE + LoopbackCertificate.pem("CERTIFICATE", authority.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        refused("certificate 1 was not issued by certificate 2", null, chain, PRIVATE);
    }

    @Test
    void halfAClientIsNoneAndNothingIsShown() {
        assertThrows(IllegalArgumentException.class, () -> new TlsSettings(null, CERTIFICATE, null));
        assertThrows(IllegalArgumentException.class, () -> new TlsSettings(null, null, PRIVATE));
        assertEquals(
                "TlsSettings[authorities=false, client=true]", new TlsSettings(null, CERTIFICATE, PRIVATE).toString());
        assertEquals("Pem[PRIVATE KEY]", Pem.parse("key", PRIVATE).get(0).toString());
    }
}
