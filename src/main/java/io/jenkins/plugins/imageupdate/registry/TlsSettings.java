package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What one registry needs of TLS beyond the defaults. Certificates and host names are verified always: there is no setting that would
 * switch it off.
 *
 * @param authorities certificates of private authorities in PEM, trusted beside those of the Java runtime; null for none
 * @param clientChain the client's certificate in PEM, followed by those of intermediate authorities; null for none
 * @param clientPrivatePem the private key of the client's certificate in PEM, PKCS#8 and unencrypted; null for none
 */
public record TlsSettings(
        @CheckForNull String authorities,
        @CheckForNull String clientChain,
        @CheckForNull String clientPrivatePem) {

    public TlsSettings {
        authorities = blankToNull(authorities);
        clientChain = blankToNull(clientChain);
        clientPrivatePem = blankToNull(clientPrivatePem);
        if ((clientChain == null) != (clientPrivatePem == null)) {
            throw new IllegalArgumentException(
                    "a client certificate needs its private key, and the key its certificate");
        }
    }

    @CheckForNull
    private static String blankToNull(@CheckForNull String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** For a client of this registry; an {@link IllegalArgumentException} says which text is wrong and how, without repeating it. */
    public SSLContext sslContext() {
        TrustManager[] trust = {trustManager()};
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    clientChain == null || clientPrivatePem == null
                            ? null
                            : ClientIdentity.keyManagers(clientChain, clientPrivatePem),
                    trust,
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has TLS", e);
        }
    }

    /** One over both kinds of authorities, so that the runtime's own rules of verification hold for all. */
    X509TrustManager trustManager() {
        List<X509Certificate> added =
                authorities == null ? List.of() : Pem.certificates("certificate authority", authorities);
        try {
            KeyStore all = KeyStore.getInstance("PKCS12");
            all.load(null, null);
            int number = 0;
            for (X509Certificate authority : over(null).getAcceptedIssuers()) {
                all.setCertificateEntry("runtime-" + number++, authority);
            }
            for (X509Certificate authority : added) {
                all.setCertificateEntry("added-" + number++, authority);
            }
            return over(all);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the authorities trusted by the Java runtime cannot be read", e);
        }
    }

    /** @param store null for the runtime's own */
    private static X509TrustManager over(@CheckForNull KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no trust manager for X.509");
    }

    /** Says what is set, never what it is. */
    @Override
    public String toString() {
        return "TlsSettings[authorities=" + (authorities != null) + ", client=" + (clientChain != null) + "]";
    }
}
