package io.jenkins.plugins.imageupdate.registry.auth;

import io.jenkins.plugins.imageupdate.registry.Authorizer.Authorization;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Turns what a check may sign in with into what is sent: at once for a user and password, by way of Google for its identities. */
final class Logins {
    /** Artifact Registry's user name for access tokens ("Configure authentication to Artifact Registry for Docker"). */
    private static final String USER = "oauth2accesstoken:";

    private final GoogleTokens google;

    Logins(GoogleTokens google) {
        this.google = google;
    }

    /** A Basic login (RFC 7617); empty for an anonymous check. Never ask before it is sure that it may go where it is to go. */
    CompletableFuture<Optional<Authorization>> basic(Authentication authentication) {
        if (GoogleTokens.serves(authentication)) {
            return google.get(authentication)
                    .thenApply(cached -> Optional.of(
                            new Authorization(encode(USER + cached.token().value()), cached.reused())));
        }
        return CompletableFuture.completedFuture(
                Optional.ofNullable(authentication.userPassword()).map(pair -> new Authorization(encode(pair), false)));
    }

    /** Forgets the access token in a login that was refused, unless it has been replaced meanwhile. */
    void refused(Authentication authentication, Authorization login) {
        if (GoogleTokens.serves(authentication)) {
            google.forget(authentication, value -> login.value().equals(encode(USER + value)));
        }
    }

    private static String encode(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
