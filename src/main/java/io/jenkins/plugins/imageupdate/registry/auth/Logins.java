package io.jenkins.plugins.imageupdate.registry.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Turns an {@link Authentication} into what is sent: at once for a user and password, with an access token for other identities. */
final class Logins {
    /** Artifact Registry's user name for access tokens ("Configure authentication to Artifact Registry for Docker"). */
    private static final String USER = "oauth2accesstoken:";

    private final AccessTokens accessTokens;

    Logins(AccessTokens accessTokens) {
        this.accessTokens = accessTokens;
    }

    /** A Basic login (RFC 7617); empty for an anonymous check. Call it only after it is sure that the login may go where it will go. */
    CompletableFuture<Optional<Authorizer.Authorization>> basic(Authentication authentication) {
        if (accessTokens.serve(authentication)) {
            return accessTokens
                    .get(authentication)
                    .thenApply(cached -> Optional.of(new Authorizer.Authorization(
                            encode(USER + cached.token().value()), cached.reused(), false)));
        }
        return CompletableFuture.completedFuture(Optional.ofNullable(authentication.userPassword())
                .map(pair -> new Authorizer.Authorization(encode(pair), false, false)));
    }

    /** Forgets the access token in a login that was refused, unless it has been replaced meanwhile. */
    void refused(Authentication authentication, Authorizer.Authorization login) {
        if (accessTokens.serve(authentication)) {
            accessTokens.forget(authentication, value -> login.value().equals(encode(USER + value)));
        }
    }

    private static String encode(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
