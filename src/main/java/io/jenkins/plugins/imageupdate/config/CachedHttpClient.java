package io.jenkins.plugins.imageupdate.config;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import io.jenkins.plugins.imageupdate.credentials.ClientCertificates;
import io.jenkins.plugins.imageupdate.registry.http.TlsSettings;
import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.security.cert.Certificate;
import java.util.List;

/**
 * A client that is used again and again, with the certificate that it shows.
 *
 * @param certificate the credential as it was looked up last; cleared for none
 * @param chain the certificates that it shows, its own first; empty for none
 */
record CachedHttpClient(
        HttpClient client,
        WeakReference<StandardCertificateCredentials> certificate,
        List<Certificate> chain) {
    /** An {@link IllegalArgumentException} says which certificate cannot be used. */
    static CachedHttpClient make(@CheckForNull String authorities, @CheckForNull StandardCertificateCredentials certificate) {
        TlsSettings settings = ClientCertificates.settings(authorities, certificate);
        boolean usual = authorities == null && certificate == null;
        HttpClient client =
                ProxyLogin.of(ProxyConfiguration.newHttpClientBuilder(), usual ? null : settings.sslContext());
        return new CachedHttpClient(client, new WeakReference<>(certificate), settings.clientChain());
    }

    boolean shows(@CheckForNull StandardCertificateCredentials other) {
        return certificate.refersTo(other);
    }

    /** For the certificate as it is now; some providers make a new object of the same one at each look. */
    CachedHttpClient showing(@CheckForNull String authorities, @CheckForNull StandardCertificateCredentials now) {
        if (now != null
                && !chain.isEmpty()
                && chain.equals(ClientCertificates.settings(authorities, now).clientChain())) {
            return new CachedHttpClient(client, new WeakReference<>(now), chain);
        }
        return make(authorities, now);
    }
}
