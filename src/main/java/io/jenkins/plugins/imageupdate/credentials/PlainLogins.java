package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Secret files, Secret texts, and users with passwords, by their interfaces: many plugins have types of their own for them. */
final class PlainLogins extends LoginSource {
    static final PlainLogins INSTANCE = new PlainLogins();

    /** A service account's key has about 2,400 bytes. */
    private static final int MAX_BYTES = 64 * 1024;

    private PlainLogins() {}

    @Override
    boolean takes(StandardCredentials credentials) {
        return credentials instanceof FileCredentials
                || credentials instanceof StringCredentials
                || credentials instanceof StandardUsernamePasswordCredentials;
    }

    /** Files and texts are Google's keys and tokens. */
    @Override
    boolean fits(StandardCredentials credentials, RegistryEndpoint endpoint, boolean controllerIdentity) {
        return credentials instanceof StandardUsernamePasswordCredentials login
                ? Authentications.mayLogIn(login.getUsername(), endpoint)
                : Authentications.googleMayLogIn(endpoint);
    }

    @Override
    Authentication read(StandardCredentials credentials) throws RegistryException {
        String id = credentials.getId();
        if (credentials instanceof FileCredentials file) {
            return Authentications.ofSecret(id, text(ForeignCode.call(id, () -> content(file))));
        }
        if (credentials instanceof StringCredentials text) {
            return Authentications.ofSecret(
                    id, ForeignCode.call(id, () -> text.getSecret().getPlainText()));
        }
        StandardUsernamePasswordCredentials login = (StandardUsernamePasswordCredentials) credentials;
        return Authentications.ofUserPassword(
                id,
                ForeignCode.call(id, login::getUsername),
                ForeignCode.call(id, () -> login.getPassword().getPlainText()));
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
