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

    private final HttpTransport transport;
    private final TokenCache<String> tokens;
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
        tokens = new TokenCache<>(transport.clock());
        exchange = new GoogleExchange(transport, endpoints);
        controller = new ControllerCredentials(transport, endpoints, exchange, file);
    }

    /** Whether this login is an access token that is fetched here. */
    static boolean serves(Authentication authentication) {
        return authentication instanceof SigningKey || authentication instanceof ControllerIdentity;
    }

    /** Fails with a {@link io.jenkins.plugins.imageupdate.registry.RegistryException} when Google gives none. */
    CompletableFuture<TokenCache.Cached> get(Authentication authentication) {
        return tokens.get(authentication.fingerprint(), () -> fetch(authentication));
    }

    void forget(Authentication authentication, Predicate<String> refused) {
        tokens.forget(authentication.fingerprint(), refused);
    }

    private CompletableFuture<Token> fetch(Authentication authentication) {
        Instant deadline = transport.clock().instant().plus(TIMEOUT);
        return authentication instanceof SigningKey key
                ? CompletableFuture.supplyAsync(() -> JwtSigner.of(key.accountKey()), transport.executor())
                        .thenCompose(signer -> exchange.assertion(signer, deadline))
                : controller.fetch(deadline);
    }
}
