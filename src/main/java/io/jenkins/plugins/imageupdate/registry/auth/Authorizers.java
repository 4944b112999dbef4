package io.jenkins.plugins.imageupdate.registry.auth;

import io.jenkins.plugins.imageupdate.registry.Authorizer;
import io.jenkins.plugins.imageupdate.registry.HttpTransport;

/** The authorizers of all credentials; they share what registries were heard to ask for, and the tokens. */
public final class Authorizers {
    private final ChallengeMemory challenges = new ChallengeMemory();
    private final TokenCache tokens;
    private final TokenServer server;

    public Authorizers(HttpTransport transport) {
        tokens = new TokenCache(transport.clock());
        server = new TokenServer(transport);
    }

    public Authorizer of(Authentication authentication) {
        return new ChallengeAuthorizer(authentication, challenges, tokens, server);
    }
}
