package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Reads the secret of a credential. It leaves this class only inside an {@link Authentication}, which does not print it. */
final class SecretReader {
    /** A service account's key has about 2,400 bytes. */
    private static final int MAX_BYTES = 64 * 1024;

    private SecretReader() {}

    /** May block, since a credential may be read from a vault over the network. */
    static Authentication read(StandardCredentials credentials) throws RegistryException {
        String id = credentials.getId();
        try {
            if (credentials instanceof FileCredentials file) {
                return Authentications.ofSecret(id, text(ForeignCode.call(id, () -> content(file))));
            }
            if (credentials instanceof StringCredentials text) {
                return Authentications.ofSecret(
                        id, ForeignCode.call(id, () -> text.getSecret().getPlainText()));
            }
            if (credentials instanceof StandardUsernamePasswordCredentials login) {
                return Authentications.ofUserPassword(
                        id,
                        ForeignCode.call(id, login::getUsername),
                        ForeignCode.call(id, () -> login.getPassword().getPlainText()));
            }
        } catch (IllegalArgumentException e) {
            throw new RegistryException(FailureKind.CONFIGURATION, "credential '" + id + "': " + e.getMessage());
        }
        throw unusable(credentials);
    }

    static RegistryException unusable(IdCredentials credentials) {
        return new RegistryException(
                FailureKind.CONFIGURATION,
                "credential '" + credentials.getId() + "' is of type '" + CredentialsNameProvider.name(credentials)
                        + "'; a registry takes a Secret file, a Secret text, or a username with password");
    }

    private static byte[] content(FileCredentials file) throws IOException {
        try (InputStream in = file.getContent()) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    private static String text(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("the file is longer than " + MAX_BYTES + " bytes, so it is not a key");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
