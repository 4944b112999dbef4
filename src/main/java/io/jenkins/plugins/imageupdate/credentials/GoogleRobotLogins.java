package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.google.jenkins.plugins.credentials.oauth.GoogleRobotCredentials;
import com.google.jenkins.plugins.credentials.oauth.GoogleRobotMetadataCredentials;
import com.google.jenkins.plugins.credentials.oauth.GoogleRobotPrivateKeyCredentials;
import com.google.jenkins.plugins.credentials.oauth.ServiceAccountConfig;
import hudson.Extension;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication;
import java.security.PrivateKey;

/**
 * Google service accounts of the plugin Google OAuth Credentials. A key signs on the controller, by our own signer. "From metadata" means
 * the controller's own identity, which only an administrator lends.
 */
@Extension(optional = true)
public final class GoogleRobotLogins extends LoginSource {
    @Override
    boolean takes(StandardCredentials credentials) {
        return credentials instanceof GoogleRobotCredentials;
    }

    @Override
    boolean fits(StandardCredentials credentials, RegistryEndpoint endpoint, boolean controllerIdentity) {
        return Authentications.googleMayLogIn(endpoint)
                && (controllerIdentity || !(credentials instanceof GoogleRobotMetadataCredentials));
    }

    @Override
    Authentication read(StandardCredentials credentials) throws RegistryException {
        if (credentials instanceof GoogleRobotPrivateKeyCredentials key) {
            return key(key);
        }
        if (credentials instanceof GoogleRobotMetadataCredentials) {
            return new GoogleAuthentication.NamedControllerIdentity(credentials.getId());
        }
        throw new IllegalArgumentException("this kind of Google service account has no key to sign with");
    }

    /** Public, so that Jenkins meets the type when it loads this class, and leaves the class out if the type is missing. */
    public static Authentication key(GoogleRobotPrivateKeyCredentials credentials) throws RegistryException {
        String id = credentials.getId();
        ServiceAccountConfig account = ForeignCode.call(id, credentials::getServiceAccountConfig);
        String email = account == null ? null : ForeignCode.call(id, account::getAccountId);
        PrivateKey key = account == null ? null : ForeignCode.call(id, account::getPrivateKey);
        if (email == null || key == null) {
            throw new IllegalArgumentException(
                    "the Google service account has no " + (email == null ? "account" : "private key")
                            + ": upload its key file in Jenkins Credentials again");
        }
        return Authentications.ofPrivateKey(id, email, key);
    }
}
