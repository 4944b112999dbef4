package io.jenkins.plugins.imageupdate.registry.auth.google;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.AccessToken;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.GoogleKey;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.SigningKey;

/** Turns a credential's content into the login that it stands for. */
public final class Authentications {
    private Authentications() {}

    /**
     * What a user name and a password stand for. Google's special user names are Google identities. A base64 key is decoded here, since
     * gcr.io does not know {@code _json_key_base64}.
     *
     * @throws IllegalArgumentException names what is wrong, without the secret
     */
    public static Authentication ofUserPassword(String credentialsId, String user, String password) {
        return switch (user) {
            case "_json_key", "_json_key_base64" -> new GoogleKey(credentialsId, ServiceAccountKey.parse(password));
            case "oauth2accesstoken", "_token" -> new AccessToken(credentialsId, password.strip());
            default ->
                user.startsWith("_dcgcr_") && user.endsWith("_token") // of Google's Docker credential helper
                        ? new AccessToken(credentialsId, password.strip())
                        : new Authentication.UserPassword(credentialsId, user, password);
        };
    }

    /**
     * What a secret without a user name stands for: a service account's key if it looks like JSON, otherwise an access token.
     *
     * @throws IllegalArgumentException names what is wrong, without the secret
     */
    public static Authentication ofSecret(String credentialsId, String secret) {
        return ServiceAccountKey.looksLikeKey(secret)
                ? new GoogleKey(credentialsId, ServiceAccountKey.parse(secret))
                : new AccessToken(credentialsId, secret.strip());
    }

    /**
     * The same login with its private key kept here: a Google key becomes a {@link SigningKey}. Any other login stays as it is.
     *
     * @throws IllegalArgumentException names why the key cannot sign, without the secret
     */
    public static Authentication signedLocally(Authentication authentication) {
        return authentication instanceof GoogleKey key
                ? new SigningKey(key.credentialsId(), key.accountKey())
                : authentication;
    }
}
