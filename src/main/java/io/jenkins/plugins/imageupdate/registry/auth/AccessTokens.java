package io.jenkins.plugins.imageupdate.registry.auth;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The access tokens of a {@link TokenSource}: kept until shortly before their end, fetched once however many checks want them. */
public final class AccessTokens {
    private final TokenSource source;
    private final TokenCache<String> tokens;

    public AccessTokens(TokenSource source, Clock clock) {
        this.source = source;
        tokens = new TokenCache<>(clock);
    }

    /** Whether the tokens of this login come from the source. */
    public boolean serve(Authentication authentication) {
        return source.serves(authentication);
    }

    /** Fails with a {@link io.jenkins.plugins.imageupdate.registry.RegistryException} if none is given. */
    public CompletableFuture<TokenCache.Cached> get(Authentication authentication) {
        return tokens.get(
                authentication.fingerprint(), source.refusalsKept(authentication), () -> source.fetch(authentication));
    }

    /** Forgets the token that was refused, unless it has been replaced meanwhile. */
    public void forget(Authentication authentication, Predicate<String> refused) {
        tokens.forget(authentication.fingerprint(), refused);
    }
}
