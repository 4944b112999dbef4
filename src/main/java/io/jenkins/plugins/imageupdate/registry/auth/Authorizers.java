package io.jenkins.plugins.imageupdate.registry.auth;

import io.jenkins.plugins.imageupdate.registry.Authorizer;
import io.jenkins.plugins.imageupdate.registry.HttpTransport;

/** The authorizers of all credentials; they share what registries were heard to ask for, and the tokens. */
public final class Authorizers {
    private final ChallengeMemory challenges = new ChallengeMemory();
    private final TokenCache<ChallengeAuthorizer.TokenKey> tokens;
    private final Logins logins;
    private final TokenServer server;

    public Authorizers(HttpTransport transport) {
        this(transport, new GoogleTokens(transport));
    }

    /** For tests, which have no Google to ask. */
    Authorizers(HttpTransport transport, GoogleTokens google) {
        tokens = new TokenCache<>(transport.clock());
        logins = new Logins(google);
        server = new TokenServer(transport, logins);
    }

    public Authorizer of(Authentication authentication) {
        return new ChallengeAuthorizer(authentication, challenges, tokens, logins, server);
    }
}
