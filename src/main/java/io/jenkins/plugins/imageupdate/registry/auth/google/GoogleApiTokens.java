package io.jenkins.plugins.imageupdate.registry.auth.google;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.AccessTokens;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import java.util.concurrent.CompletableFuture;

/** Access tokens for an API of Google that is not a registry. A key is never sent there: it signs on the controller. */
public final class GoogleApiTokens {
    private final AccessTokens tokens;

    /** @param scope of the tokens ("OAuth 2.0 Scopes for Google APIs") */
    public GoogleApiTokens(HttpTransport transport, String scope) {
        this(transport, new GoogleTokenSource(transport, scope));
    }

    GoogleApiTokens(HttpTransport transport, GoogleTokenSource source) {
        tokens = new AccessTokens(source, transport.clock());
    }

    /** The value of an access token, a secret. Fails with a {@link RegistryException} if none is given, or if this is not an identity of Google. */
    public CompletableFuture<String> get(Authentication authentication) {
        if (!(authentication instanceof GoogleAuthentication)) {
            return CompletableFuture.failedFuture(new RegistryException(
                    FailureKind.CONFIGURATION, "the credential is not a Google key, access token or identity"));
        }
        String given = authentication.accessToken();
        if (given != null) {
            return CompletableFuture.completedFuture(given);
        }
        try {
            Authentication signing = Authentications.signedLocally(authentication);
            return tokens.serve(signing)
                    ? tokens.get(signing).thenApply(cached -> cached.token().value())
                    : CompletableFuture.failedFuture(new RegistryException(
                            FailureKind.CONFIGURATION, "the credential gives no access token for this"));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new RegistryException(FailureKind.CONFIGURATION, e.getMessage()));
        }
    }

    /** Forgets a token that was refused, so that the next call fetches one. */
    public void forget(Authentication authentication, String refused) {
        tokens.forget(Authentications.signedLocally(authentication), refused::equals);
    }
}
