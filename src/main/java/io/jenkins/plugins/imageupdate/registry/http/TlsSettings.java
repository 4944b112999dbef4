package io.jenkins.plugins.imageupdate.registry.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What one registry needs of TLS beyond the defaults. Certificates and host names are always verified: no setting switches
 * that off.
 */
public final class TlsSettings {
    @CheckForNull
    private final String authorities;

    @CheckForNull
    private final KeyStore client;

    private final char[] password;

    /** @param authorities see the other constructor */
    public TlsSettings(@CheckForNull String authorities) {
        this(authorities, null, null);
    }

    /**
     * @param authorities certificates of private authorities in PEM, trusted beside those of the Java runtime; null for none
     * @param client holds the private key and the certificates that the controller shows to the registry; null for none
     * @param password of the private key; null for none
     */
    public TlsSettings(@CheckForNull String authorities, @CheckForNull KeyStore client, @CheckForNull char[] password) {
        this.authorities = authorities == null || authorities.isBlank() ? null : authorities;
        this.client = client;
        this.password = password == null ? new char[0] : password.clone();
    }

    /** For a client of this registry. An {@link IllegalArgumentException} says what cannot be used and why, without repeating it. */
    public SSLContext sslContext() {
        TrustManager[] trust = {trustManager()};
        KeyManager[] keys = client == null ? null : keyManagers(client);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has TLS", e);
        }
    }

    private KeyManager[] keyManagers(KeyStore store) {
        if (clientChain().isEmpty()) {
            throw new IllegalArgumentException("client certificate: it has no private key");
        }
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory.getKeyManagers();
        } catch (UnrecoverableKeyException e) {
            throw new IllegalArgumentException("client certificate: the password does not open its private key");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("client certificate: this Java runtime cannot use it: "
                    + e.getClass().getSimpleName());
        }
    }

    /** The certificates that the controller shows to the registry, its own first; empty for none. */
    public List<Certificate> clientChain() {
        try {
            List<Certificate> chain = new ArrayList<>();
            for (String alias : client == null ? List.<String>of() : Collections.list(client.aliases())) {
                if (client.isKeyEntry(alias)) {
                    chain.addAll(List.of(client.getCertificateChain(alias)));
                }
            }
            return chain;
        } catch (KeyStoreException e) {
            throw new IllegalArgumentException(
                    "client certificate: it cannot be read: " + e.getClass().getSimpleName());
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

    /** Says what is set, without its content. */
    @Override
    public String toString() {
        return "TlsSettings[authorities=" + (authorities != null) + ", client=" + (client != null) + "]";
    }
}
