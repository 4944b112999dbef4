package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.WorkloadIdentity;
import jenkins.model.Jenkins;

/**
 * Id tokens that Jenkins itself issues. The key of a folder's credential is published by the issuer of that folder, which signs for builds
 * only. Outside of a build the token names Jenkins' own issuer, which does not publish that key, so no verifier accepts it.
 */
final class FolderIdTokens {
    private FolderIdTokens() {}

    /** Fails if a login that was read outside of a build is such a token. */
    static void require(Authentication login, IdCredentials found, String host) throws RegistryException {
        if (!(login instanceof WorkloadIdentity identity)) {
            return;
        }
        String jenkins = Jenkins.get().getRootUrl();
        boolean ours = jenkins != null && identity.token().issuer().startsWith(jenkins);
        String id = found.getId();
        if (ours && ForeignCode.call(id, () -> RegistryCredentials.ofController(id, host)) != found) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION,
                    "credential '" + id
                            + "' is an id token of a folder, which its issuer signs inside a build only, and a"
                            + " trigger has no build. Move the credential to the global store, enter an issuer on it, or check"
                            + " this image with the step checkImageUpdate");
        }
    }
}
