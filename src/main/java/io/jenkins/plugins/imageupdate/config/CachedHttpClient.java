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
 * An HTTP client that is kept for later requests, with the client certificate that it shows.
 *
 * @param certificate the credential that was looked up last; an empty reference for none
 * @param chain the certificates that it shows, its own first; empty for none
 */
record CachedHttpClient(
        HttpClient client, WeakReference<StandardCertificateCredentials> certificate, List<Certificate> chain) {
    /** @throws IllegalArgumentException if a certificate cannot be used; the message names it */
    static CachedHttpClient make(
            @CheckForNull String authorities, @CheckForNull StandardCertificateCredentials certificate) {
        TlsSettings settings = ClientCertificates.settings(authorities, certificate);
        boolean usual = authorities == null && certificate == null;
        HttpClient client =
                ProxyLogin.of(ProxyConfiguration.newHttpClientBuilder(), usual ? null : settings.sslContext());
        return new CachedHttpClient(client, new WeakReference<>(certificate), settings.clientChain());
    }

    boolean shows(@CheckForNull StandardCertificateCredentials other) {
        return certificate.refersTo(other);
    }

    /** A client for the present certificate: this one if only the object has changed, as with providers that make new objects. */
    CachedHttpClient showing(@CheckForNull String authorities, @CheckForNull StandardCertificateCredentials now) {
        if (now != null
                && !chain.isEmpty()
                && chain.equals(ClientCertificates.settings(authorities, now).clientChain())) {
            return new CachedHttpClient(client, new WeakReference<>(now), chain);
        }
        return make(authorities, now);
    }
}
