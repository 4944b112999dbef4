package io.jenkins.plugins.imageupdate.registry.auth.google;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.Fingerprints;
import java.net.URI;

/** A Google identity. It is sent to Google's hosts only, unless an administrator allowed it for another listed registry. */
public sealed interface GoogleAuthentication extends Authentication {
    @Override
    default void requireRegistry(RegistryEndpoint endpoint) throws RegistryException {
        GoogleHosts.requireRegistry(endpoint);
    }

    @Override
    default void requireTokenServer(RegistryEndpoint endpoint, URI realm) throws RegistryException {
        GoogleHosts.requireTokenServer(endpoint, realm);
    }

    /** Null, as for all identities whose access token is fetched here. */
    @Override
    @CheckForNull
    default String userPassword() {
        return null;
    }

    /** A service account's key, sent as it is: user {@code _json_key}, the compact JSON as password. */
    record GoogleKey(String credentialsId, ServiceAccountKey accountKey) implements GoogleAuthentication {
        @Override
        public String userPassword() {
            return "_json_key:" + accountKey.json();
        }

        @Override
        public String toString() {
            return "GoogleKey[" + credentialsId + "]";
        }
    }

    /** A short-lived access token that was obtained elsewhere. */
    record AccessToken(String credentialsId, String value) implements GoogleAuthentication {
        public AccessToken {
            if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new IllegalArgumentException("an access token is one word of printable ASCII characters");
            }
        }

        @Override
        public String userPassword() {
            return "oauth2accesstoken:" + value;
        }

        @Override
        public String accessToken() {
            return value;
        }

        @Override
        public String toString() {
            return "AccessToken[" + credentialsId + "]";
        }
    }

    /** A service account's key that only signs here (RFC 7523). A short-lived access token leaves the controller, the key does not. */
    record SigningKey(String credentialsId, ServiceAccountKey accountKey) implements GoogleAuthentication {
        public SigningKey {
            // At once, so that a key that cannot sign is reported where it was entered.
            JwtSigner.of(accountKey);
        }

        @Override
        public String fingerprint() {
            return Fingerprints.of("signing\n" + credentialsId + "\n" + accountKey.json());
        }

        @Override
        public String toString() {
            return "SigningKey[" + credentialsId + "]";
        }
    }

    /**
     * An id token that is exchanged for an access token of Google (workload identity federation).
     *
     * @param account email of the service account that is borrowed with it, null where the federated identity itself has the roles
     */
    record WorkloadIdentity(
            String credentialsId,
            IdToken token,
            @CheckForNull String account) implements GoogleAuthentication {
        @Override
        public String fingerprint() {
            return Fingerprints.of("federated\n" + credentialsId + "\n" + account + "\n" + token.value());
        }

        @Override
        public String toString() {
            return "WorkloadIdentity[" + credentialsId + "]";
        }
    }

    /**
     * The Google identity of the controller itself: application default credentials. To make one is to lend it to a job, so it is never
     * chosen here, only by a caller that an administrator allowed.
     */
    record ControllerIdentity(String credentialsId) implements GoogleAuthentication {
        /** Said in place of a credential's id; no credential in Jenkins has it. */
        public ControllerIdentity() {
            this("Google identity of the controller");
        }

        @Override
        public String fingerprint() {
            return Fingerprints.of("controller");
        }
    }

    /** A credential that names the controller's identity. It is good for nothing until an administrator's setting lends the identity. */
    record NamedControllerIdentity(String credentialsId) implements GoogleAuthentication {
        @Override
        public void requireRegistry(RegistryEndpoint endpoint) throws RegistryException {
            throw new RegistryException(
                    FailureKind.CONFIGURATION,
                    "nothing was sent: the credential stands for the Google identity of the controller's machine, which the"
                            + " registry's entry does not lend to this job; an administrator can allow it there with \"Use the"
                            + " controller's own Google identity\"");
        }
    }
}
