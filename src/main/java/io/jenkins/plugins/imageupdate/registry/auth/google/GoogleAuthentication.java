package io.jenkins.plugins.imageupdate.registry.auth.google;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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
     * The Google identity of the controller itself: application default credentials. To make one is to lend it to a job, so it is never
     * chosen here, only by a caller that an administrator allowed.
     */
    record ControllerIdentity() implements GoogleAuthentication {
        /** Said in place of a credential's id; no credential in Jenkins has it. */
        @Override
        public String credentialsId() {
            return "Google identity of the controller";
        }

        @Override
        public String fingerprint() {
            return Fingerprints.of("controller");
        }
    }
}
