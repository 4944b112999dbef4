package io.jenkins.plugins.imageupdate.registry.auth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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

    /** User and password of RFC 7617 in the form {@code user:password}, null for none. */
    @CheckForNull
    String userPassword();

    /** The value of a Basic {@code Authorization} header; null for none. */
    @CheckForNull
    default String basic() {
        String pair = userPassword();
        return pair == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

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
            default -> new UserPassword(credentialsId, user, password);
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
}
