package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import jenkins.model.Jenkins;

/** Reads the secret of a credential. It leaves this package only inside an {@link Authentication}, which does not print it. */
final class SecretReader {
    private static final String CONVERTER = "docker-commons";

    private SecretReader() {}

    /** May block, since a credential may be read from a vault over the network. */
    static Authentication read(IdCredentials found) throws RegistryException {
        String id = found.getId();
        if (!(found instanceof StandardCredentials credentials)) {
            throw unusable(found);
        }
        LoginSource source = ForeignCode.call(id, () -> LoginSource.of(credentials));
        if (source == null) {
            throw unusable(credentials);
        }
        try {
            return source.read(credentials);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(FailureKind.CONFIGURATION, "credential '" + id + "': " + e.getMessage());
        }
    }

    private static RegistryException unusable(IdCredentials credentials) {
        boolean converts = Jenkins.get().getPlugin(CONVERTER) != null;
        return new RegistryException(
                FailureKind.CONFIGURATION,
                "credential '" + credentials.getId() + "' is of type '" + CredentialsNameProvider.name(credentials)
                        + "'; a registry takes a Secret file, a Secret text, a username with password, or a Google service"
                        + " account. Other types need a plugin that converts them for Docker Commons"
                        + (converts ? ", and none does" : ", which is not installed"));
    }
}
