package io.jenkins.plugins.imageupdate.registry.auth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Fetches short-lived access tokens for logins that have a key or an identity in place of a password. */
public interface TokenSource {
    /** Whether the tokens of this login come from here. */
    boolean serves(Authentication authentication);

    /**
     * A new access token; fails with a {@link io.jenkins.plugins.imageupdate.registry.RegistryException} if none is given. Callers keep
     * the token and ask once, however many checks want it.
     */
    CompletableFuture<Token> fetch(Authentication authentication);

    /** How long a login that was refused is not tried again; zero for not at all. */
    Duration refusalsKept(Authentication authentication);
}
