package io.jenkins.plugins.imageupdate.testing;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** A server's certificates for 127.0.0.1, signed by an authority of their own, of which it shows the one that a test chose. */
public final class TimedCertificates {
    /** From when a certificate is valid, and for how many days. */
    public enum Valid {
        NOW("-1d", "30"),
        UNTIL_LAST_WEEK("-10d", "3"),
        FROM_NEXT_WEEK("+7d", "30");

        private final String from;
        private final String days;

        Valid(String from, String days) {
            this.from = from;
            this.days = days;
        }

        private String alias() {
            return name().toLowerCase(Locale.ROOT);
        }

        private List<String> command() {
            return List.of(
                    "-genkeypair",
                    "-alias",
                    alias(),
                    "-signer",
                    AUTHORITY,
                    "-keyalg",
                    "RSA",
                    "-startdate",
                    from,
                    "-validity",
                    days,
                    "-dname",
                    "CN=127.0.0.1",
                    "-ext",
                    "san=ip:127.0.0.1");
        }
    }

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String AUTHORITY = "authority";

    private final KeyStore store = Keytool.store(
            PASSWORD,
            List.of(
                    "-genkeypair",
                    "-alias",
                    AUTHORITY,
                    "-keyalg",
                    "RSA",
                    "-startdate",
                    "-20d",
                    "-validity",
                    "60",
                    "-dname",
                    "CN=authority",
                    "-ext",
                    "bc:c"),
            Valid.NOW.command(),
            Valid.UNTIL_LAST_WEEK.command(),
            Valid.FROM_NEXT_WEEK.command());

    private volatile Valid shown = Valid.NOW;

    /** At connections from now on that do not go on with an earlier session. */
    public TimedCertificates show(Valid valid) {
        shown = valid;
        return this;
    }

    /** As PEM, for a client that trusts it. */
    public String authority() {
        try {
            return LoopbackCertificate.pem(
                    "CERTIFICATE", store.getCertificate(AUTHORITY).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public SSLContext server() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Chosen((X509ExtendedKeyManager) keys.getKeyManagers()[0])}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Chosen extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager all;

        Chosen(X509ExtendedKeyManager all) {
            this.all = all;
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return keyType.equals("RSA") ? shown.alias() : null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keyType.equals("RSA") ? shown.alias() : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return all.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return all.getPrivateKey(alias);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return all.getServerAliases(keyType, issuers);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return null;
        }
    }
}
