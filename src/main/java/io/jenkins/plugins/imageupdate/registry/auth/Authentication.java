package io.jenkins.plugins.imageupdate.registry.auth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.net.URI;
import java.util.Objects;

/** The login of a check. Its secrets appear in no message and no {@code toString}. */
public interface Authentication {
    /** The chosen credential's id, null for none. */
    @CheckForNull
    String credentialsId();

    /** User and password of RFC 7617 in the form {@code user:password}; null for none, or if a {@link TokenSource} serves this login. */
    @CheckForNull
    String userPassword();

    /** Fails if this login may not be sent to that registry. */
    default void requireRegistry(RegistryEndpoint endpoint) throws RegistryException {}

    /** Fails if this login may not be sent to a token server that the registry names. */
    default void requireTokenServer(RegistryEndpoint endpoint, URI realm) throws RegistryException {}

    /**
     * Identifies equal logins without keeping them: a SHA-256 over id and secret with a salt of this process. Credentials of one id in
     * different folders differ in it.
     */
    default String fingerprint() {
        return Fingerprints.of(credentialsId() + "\n" + userPassword());
    }

    /** No credential. */
    record Anonymous() implements Authentication {
        @Override
        public String credentialsId() {
            return null;
        }

        @Override
        public String userPassword() {
            return null;
        }
    }

    /** User name and password as a registry's operator hands them out. */
    record UserPassword(String credentialsId, String user, String secret) implements Authentication {
        public UserPassword {
            Objects.requireNonNull(credentialsId);
            if (user.isEmpty() || user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("a user name must not be empty or contain \":\" (RFC 7617)");
            }
        }

        @Override
        public String userPassword() {
            return user + ":" + secret;
        }

        @Override
        public String toString() {
            return "UserPassword[" + credentialsId + "]";
        }
    }
}
