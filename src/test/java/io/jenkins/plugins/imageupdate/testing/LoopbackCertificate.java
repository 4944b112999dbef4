package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for 127.0.0.1, and for the token servers that {@link FakeGoogle} stands in for, that no client trusts by itself, as a registry with a private CA has; one per JVM. */
public final class LoopbackCertificate {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "loopback";

    private static final class Holder {
        private static final KeyStore STORE = generate();
    }

    private LoopbackCertificate() {}

    /** For a server that shows this certificate. */
    public static SSLContext server() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(Holder.STORE, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a client that trusts this certificate and no other. */
    public static SSLContext client() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, Holder.STORE.getCertificate(ALIAS));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The certificate as PEM, to configure it as a certificate authority. */
    public static String pem() {
        try {
            return pem("CERTIFICATE", Holder.STORE.getCertificate(ALIAS).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate with its private key, for a client that shows it; opened by {@link #password}. */
    public static KeyStore store() {
        return Holder.STORE;
    }

    public static char[] password() {
        return PASSWORD.clone();
    }

    /** Its private key as PEM, for a client that shows this certificate. */
    public static String privatePem() {
        try {
            return pem("PRIVATE KEY", Holder.STORE.getKey(ALIAS, PASSWORD).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The textual encoding of RFC 7468. */
    public static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    private static KeyStore generate() {
        return Keytool.store(
                PASSWORD,
                List.of(
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "7",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost,dns:oauth2.googleapis.com,dns:sts.googleapis.com"
                                + ",dns:iamcredentials.googleapis.com"));
    }
}
