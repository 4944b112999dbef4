package io.jenkins.plugins.imageupdate.registry.auth.google;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.KnownRegistries;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.EcrToken;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.AccessToken;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.GoogleKey;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.SigningKey;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.WorkloadIdentity;
import java.security.PrivateKey;
import java.time.Instant;

/** Turns a credential's content into the login that it stands for. */
public final class Authentications {
    private Authentications() {}

    /**
     * What a user name and a password stand for. Google's special user names are Google identities. A base64 key is decoded here, since
     * gcr.io does not know {@code _json_key_base64}. For Amazon's user {@code AWS} the whole authorization token of its API counts as well.
     *
     * @throws IllegalArgumentException names what is wrong, without the secret
     */
    public static Authentication ofUserPassword(String credentialsId, String user, String password) {
        if (isKeyUser(user)) {
            return new GoogleKey(credentialsId, ServiceAccountKey.parse(password));
        }
        if (isTokenUser(user)) {
            return ofToken(credentialsId, password);
        }
        String secret = user.equals(EcrToken.USER)
                ? EcrToken.read(password).requireValid(Instant.now()).value()
                : password;
        return new Authentication.UserPassword(credentialsId, user, secret);
    }

    /**
     * What a secret without a user name stands for: a service account's key if it looks like JSON, an id token if it is a JSON Web Token,
     * otherwise an access token.
     *
     * @throws IllegalArgumentException names what is wrong, without the secret
     */
    public static Authentication ofSecret(String credentialsId, String secret) {
        return ServiceAccountKey.looksLikeKey(secret)
                ? new GoogleKey(credentialsId, ServiceAccountKey.parse(secret))
                : ofToken(credentialsId, secret);
    }

    private static Authentication ofToken(String credentialsId, String token) {
        return IdToken.looksLikeOne(token)
                ? new WorkloadIdentity(credentialsId, IdToken.parse(token, Instant.now()), null)
                : new AccessToken(credentialsId, token.strip());
    }

    /**
     * A service account's key of which another plugin gives the parts. It only signs here.
     *
     * @throws IllegalArgumentException names what is wrong, without the secret
     */
    public static Authentication ofPrivateKey(String credentialsId, String clientEmail, PrivateKey key) {
        return new SigningKey(credentialsId, ServiceAccountKey.of(clientEmail, key));
    }

    private static boolean isKeyUser(String user) {
        return user.equals("_json_key") || user.equals("_json_key_base64");
    }

    private static boolean isTokenUser(String user) {
        return user.equals("oauth2accesstoken")
                || user.equals("_token")
                || user.startsWith("_dcgcr_") && user.endsWith("_token"); // of Google's Docker credential helper
    }

    /** Whether a registry may get Google identities: keys, access tokens, id tokens. */
    public static boolean googleMayLogIn(RegistryEndpoint endpoint) {
        return GoogleHosts.refusal(endpoint).isEmpty();
    }

    /** Whether a user and password can be a login there. Google's registries and Amazon's take their own special users only. */
    public static boolean mayLogIn(String user, RegistryEndpoint endpoint) {
        String host = endpoint.server();
        if (isKeyUser(user) || isTokenUser(user)) {
            return googleMayLogIn(endpoint);
        }
        return user.equals(EcrToken.USER)
                ? KnownRegistries.ecr(host) || !KnownRegistries.operatedByOthers(host)
                : !KnownRegistries.google(host) && !KnownRegistries.ecr(host);
    }

    /** When a login ends that tells its own end, an ECR token or an id token. Null for any other. */
    @CheckForNull
    public static Instant end(Authentication authentication) {
        if (authentication instanceof WorkloadIdentity identity) {
            return identity.token().end();
        }
        return authentication instanceof Authentication.UserPassword login
                        && login.user().equals(EcrToken.USER)
                ? EcrToken.read(login.secret()).end()
                : null;
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

    /** The same login, which borrows a service account if it is an id token; see {@link WorkloadIdentity}. */
    public static Authentication borrowing(Authentication authentication, @CheckForNull String account) {
        return authentication instanceof WorkloadIdentity identity
                ? new WorkloadIdentity(identity.credentialsId(), identity.token(), account)
                : authentication;
    }
}
