package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.registry.TlsSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Enumeration;
import java.util.List;
import jenkins.model.Jenkins;

/** Certificate credentials by which the controller shows itself to a registry; administrators choose them. */
public final class ClientCertificates {
    private ClientCertificates() {}

    public static ListBoxModel list(String current) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return new StandardListBoxModel().includeCurrentValue(current);
        }
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2,
                        Jenkins.get(),
                        StandardCertificateCredentials.class,
                        List.of(),
                        CredentialsMatchers.always())
                .includeCurrentValue(current);
    }

    /** The credential as it is now; an {@link IllegalArgumentException} says that there is none. */
    public static StandardCertificateCredentials find(String credentialsId) {
        StandardCertificateCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                credentialsId, StandardCertificateCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
        if (found == null) {
            throw new IllegalArgumentException("there is no Certificate credential with id '" + credentialsId + "'");
        }
        UsageTracking.track(null, found);
        return found;
    }

    /**
     * A registry's settings for TLS.
     *
     * @param certificate the client's, null for none
     * @throws IllegalArgumentException naming the credential that is unusable
     */
    public static TlsSettings settings(
            @CheckForNull String authorities, @CheckForNull StandardCertificateCredentials certificate) {
        if (certificate == null) {
            return new TlsSettings(authorities, null, null);
        }
        try {
            return read(authorities, certificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate of credential '" + certificate.getId()
                    + "' cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static TlsSettings read(@CheckForNull String authorities, StandardCertificateCredentials credentials)
            throws GeneralSecurityException {
        KeyStore store = credentials.getKeyStore();
        char[] passphrase = credentials.getPassword().getPlainText().toCharArray();
        for (Enumeration<String> aliases = store.aliases(); aliases.hasMoreElements(); ) {
            String alias = aliases.nextElement();
            if (store.isKeyEntry(alias)) {
                Key own = store.getKey(alias, passphrase);
                StringBuilder chain = new StringBuilder();
                for (Certificate certificate : store.getCertificateChain(alias)) {
                    chain.append(pem("CERTIFICATE", certificate.getEncoded()));
                }
                return new TlsSettings(authorities, chain.toString(), pem("PRIVATE KEY", own.getEncoded()));
            }
        }
        throw new IllegalArgumentException("credential '" + credentials.getId() + "' holds no private key");
    }

    private static String pem(String label, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
