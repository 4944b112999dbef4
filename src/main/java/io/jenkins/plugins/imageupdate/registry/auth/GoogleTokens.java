package io.jenkins.plugins.imageupdate.registry.auth;

import io.jenkins.plugins.imageupdate.registry.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication.ControllerIdentity;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Access tokens of Google identities: kept until shortly before their end, fetched once however many ask. */
final class GoogleTokens {
    /** For everything that one access token takes, which may be three requests. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** A sweep over many images asks once for all; whoever has the account enabled again hardly comes back sooner. */
    private static final Duration REFUSALS = Duration.ofSeconds(10);

    private final HttpTransport transport;
    private final TokenCache<String> keys;

    /** Without a memory of refusals: what it signs in with may be another file's by then. */
    private final TokenCache<String> own;

    private final GoogleExchange exchange;
    private final ControllerCredentials controller;

    GoogleTokens(HttpTransport transport) {
        this(transport, GoogleEndpoints.GOOGLE, () -> System.getenv("GOOGLE_APPLICATION_CREDENTIALS"));
    }

    /**
     * For tests, which have no Google to ask.
     *
     * @param file gives what the environment variable of that name holds, or null
     */
    GoogleTokens(HttpTransport transport, GoogleEndpoints endpoints, Supplier<String> file) {
        this.transport = transport;
        keys = new TokenCache<>(transport.clock(), REFUSALS);
        own = new TokenCache<>(transport.clock(), Duration.ZERO);
        exchange = new GoogleExchange(transport, endpoints);
        controller = new ControllerCredentials(transport, endpoints, exchange, file);
    }

    /** Whether this login is an access token that is fetched here. */
    static boolean serves(Authentication authentication) {
        return authentication instanceof SigningKey || authentication instanceof ControllerIdentity;
    }

    /** Fails with a {@link io.jenkins.plugins.imageupdate.registry.RegistryException} when Google gives none. */
    CompletableFuture<TokenCache.Cached> get(Authentication authentication) {
        return tokens(authentication).get(authentication.fingerprint(), () -> fetch(authentication));
    }

    void forget(Authentication authentication, Predicate<String> refused) {
        tokens(authentication).forget(authentication.fingerprint(), refused);
    }

    private TokenCache<String> tokens(Authentication authentication) {
        return authentication instanceof SigningKey ? keys : own;
    }

    private CompletableFuture<Token> fetch(Authentication authentication) {
        Instant deadline = transport.clock().instant().plus(TIMEOUT);
        return authentication instanceof SigningKey key
                ? CompletableFuture.supplyAsync(() -> JwtSigner.of(key.accountKey()), transport.executor())
                        .thenCompose(signer -> exchange.assertion(signer, deadline))
                : controller.fetch(deadline);
    }
}
