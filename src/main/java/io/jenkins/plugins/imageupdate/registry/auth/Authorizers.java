package io.jenkins.plugins.imageupdate.registry.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jenkins.plugins.imageupdate.registry.Authorizer;
import io.jenkins.plugins.imageupdate.registry.HttpTransport;
import java.time.Duration;

/** The authorizers of all credentials; they share what registries were heard to ask for, and the tokens. */
public final class Authorizers {
    private final ChallengeMemory challenges = new ChallengeMemory();
    private final TokenCache<ChallengeAuthorizer.TokenKey> tokens;
    private final Cache<Authentication, String> fingerprints =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();
    private final Logins logins;
    private final TokenServer server;

    public Authorizers(HttpTransport transport) {
        this(transport, new GoogleTokens(transport));
    }

    /** For tests, which have no Google to ask. */
    Authorizers(HttpTransport transport, GoogleTokens google) {
        // A token server may refuse a login for one repository alone, as ghcr.io does (Cup issue 145).
        tokens = new TokenCache<>(transport.clock(), Duration.ZERO);
        logins = new Logins(google);
        server = new TokenServer(transport, logins);
    }

    public Authorizer of(Authentication authentication) {
        return new ChallengeAuthorizer(authentication, fingerprint(authentication), challenges, tokens, logins, server);
    }

    /** {@link Authentication#fingerprint}, computed once for an object: a key is hashed in whole, and a check wants it twice. */
    public String fingerprint(Authentication authentication) {
        return fingerprints.get(authentication, Authentication::fingerprint);
    }
}
