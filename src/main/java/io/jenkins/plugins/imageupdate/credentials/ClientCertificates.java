package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.http.TlsSettings;

/** Certificate credentials that the controller shows to registries as client certificates. Only administrators choose them. */
public final class ClientCertificates {
    private ClientCertificates() {}

    public static ListBoxModel list(String current) {
        return ControllerCredentials.list(StandardCertificateCredentials.class, current);
    }

    /** @throws IllegalArgumentException if the credential does not exist, or its provider throws */
    public static StandardCertificateCredentials find(String credentialsId) {
        StandardCertificateCredentials found;
        try {
            found = ControllerCredentials.find(StandardCertificateCredentials.class, credentialsId);
        } catch (RegistryException e) {
            throw new IllegalArgumentException(e.detail(), e);
        }
        if (found == null) {
            throw new IllegalArgumentException("no Certificate credential has the id '" + credentialsId + "'");
        }
        return found;
    }

    /**
     * A registry's settings for TLS.
     *
     * @param certificate the client's, null for none
     * @throws IllegalArgumentException if they cannot be used, or the credential throws
     */
    public static TlsSettings settings(
            @CheckForNull String authorities, @CheckForNull StandardCertificateCredentials certificate) {
        if (certificate == null) {
            return new TlsSettings(authorities);
        }
        String id = certificate.getId();
        try {
            return new TlsSettings(
                    authorities,
                    ForeignCode.call(id, certificate::getKeyStore),
                    ForeignCode.call(
                            id, () -> certificate.getPassword().getPlainText().toCharArray()));
        } catch (RegistryException e) {
            throw new IllegalArgumentException(e.detail(), e);
        }
    }
}
