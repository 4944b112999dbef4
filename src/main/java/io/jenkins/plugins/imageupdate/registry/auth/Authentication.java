package io.jenkins.plugins.imageupdate.registry.auth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;

/** What a check may sign in with. Its secrets appear in no message and no {@code toString}. */
public sealed interface Authentication {
    /** The chosen credential's id, null for none. */
    @CheckForNull
    String credentialsId();

    /** Whether this is a Google identity, which goes to Google's hosts only unless an administrator listed another. */
    default boolean google() {
        return false;
    }

    /** User and password of RFC 7617 in the form {@code user:password}; null for none, or where a token must be fetched first. */
    @CheckForNull
    String userPassword();

    /**
     * Stands for the login where equal ones are to be recognised and none may be kept: a SHA-256 over id and secret, salted anew in
     * every process. Credentials of one id in different folders differ in it.
     */
    default String fingerprint() {
        return Fingerprints.of(credentialsId() + "\n" + userPassword());
    }

    /**
     * What a user name and a password stand for: Google's special user names are Google identities. A base64 key is decoded here,
     * since gcr.io does not know {@code _json_key_base64}.
     *
     * @throws IllegalArgumentException naming what is wrong, without the secret
     */
    static Authentication ofUserPassword(String credentialsId, String user, String password) {
        return switch (user) {
            case "_json_key", "_json_key_base64" -> new GoogleKey(credentialsId, ServiceAccountKey.parse(password));
            case "oauth2accesstoken", "_token" -> new AccessToken(credentialsId, password.strip());
            default ->
                user.startsWith("_dcgcr_") && user.endsWith("_token") // of Google's Docker credential helper
                        ? new AccessToken(credentialsId, password.strip())
                        : new UserPassword(credentialsId, user, password);
        };
    }

    /**
     * What a secret without a user name stands for: a service account's key if it looks like JSON, else an access token.
     *
     * @throws IllegalArgumentException naming what is wrong, without the secret
     */
    static Authentication ofSecret(String credentialsId, String secret) {
        return ServiceAccountKey.looksLikeKey(secret)
                ? new GoogleKey(credentialsId, ServiceAccountKey.parse(secret))
                : new AccessToken(credentialsId, secret.strip());
    }

    /**
     * The same login with its private key kept here: a Google key is turned into one that signs, and only a short-lived access token
     * leaves the controller. Any other login has no such key and stays as it is.
     *
     * @throws IllegalArgumentException naming why the key cannot sign, without the secret
     */
    static Authentication signedLocally(Authentication authentication) {
        return authentication instanceof GoogleKey key
                ? new SigningKey(key.credentialsId(), key.accountKey())
                : authentication;
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
                throw new IllegalArgumentException("a user name must not be empty nor contain \":\" (RFC 7617)");
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

    /** A Google service account's key, sent as it is: user {@code _json_key}, the compact JSON as password. */
    record GoogleKey(String credentialsId, ServiceAccountKey accountKey) implements Authentication {
        @Override
        public boolean google() {
            return true;
        }

        @Override
        public String userPassword() {
            return "_json_key:" + accountKey.json();
        }

        @Override
        public String toString() {
            return "GoogleKey[" + credentialsId + "]";
        }
    }

    /** A short-lived Google access token that somebody else obtained. */
    record AccessToken(String credentialsId, String value) implements Authentication {
        public AccessToken {
            if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new IllegalArgumentException("an access token is one word of printable ASCII characters");
            }
        }

        @Override
        public boolean google() {
            return true;
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

    /** A Google service account's key that only signs here (RFC 7523); see {@link #signedLocally}. */
    record SigningKey(String credentialsId, ServiceAccountKey accountKey) implements Authentication {
        public SigningKey {
            // At once, so that a key that cannot sign is reported where it was entered.
            JwtSigner.of(accountKey);
        }

        @Override
        public boolean google() {
            return true;
        }

        @Override
        public String userPassword() {
            return null;
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
     * The Google identity that the controller itself has: application default credentials. Whoever makes one lends it to a job, so it
     * is never chosen here, only by a caller whom an administrator allowed it.
     */
    record ControllerIdentity() implements Authentication {
        /** Said where a credential's id is said; no credential in Jenkins has it. */
        @Override
        public String credentialsId() {
            return "Google identity of the controller";
        }

        @Override
        public boolean google() {
            return true;
        }

        @Override
        public String userPassword() {
            return null;
        }

        @Override
        public String fingerprint() {
            return Fingerprints.of("controller");
        }
    }
}
