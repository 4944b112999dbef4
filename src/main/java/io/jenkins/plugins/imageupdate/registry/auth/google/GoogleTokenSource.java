package io.jenkins.plugins.imageupdate.registry.auth.google;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.Token;
import io.jenkins.plugins.imageupdate.registry.auth.TokenSource;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.ControllerIdentity;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.SigningKey;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Fetches access tokens for Google identities: keys that sign here, and the controller's own identity. */
public final class GoogleTokenSource implements TokenSource {
    /** For everything that one access token takes, which may be three requests. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** So that a round over many images asks once for all of them. */
    private static final Duration REFUSALS_KEPT = Duration.ofSeconds(10);

    private final HttpTransport transport;
    private final GoogleExchange exchange;
    private final ControllerCredentials controller;

    public GoogleTokenSource(HttpTransport transport) {
        this(transport, GoogleEndpoints.SCOPE);
    }

    /** @param scope of the tokens */
    GoogleTokenSource(HttpTransport transport, String scope) {
        this(transport, GoogleEndpoints.GOOGLE.withScope(scope), () -> System.getenv("GOOGLE_APPLICATION_CREDENTIALS"));
    }

    /**
     * For tests, which must not ask Google.
     *
     * @param file gives the value of the environment variable of that name, or null
     */
    GoogleTokenSource(HttpTransport transport, GoogleEndpoints endpoints, Supplier<String> file) {
        this.transport = transport;
        exchange = new GoogleExchange(transport, endpoints);
        controller = new ControllerCredentials(transport, endpoints, exchange, file);
    }

    @Override
    public boolean serves(Authentication authentication) {
        return authentication instanceof SigningKey || authentication instanceof ControllerIdentity;
    }

    @Override
    public CompletableFuture<Token> fetch(Authentication authentication) {
        Instant deadline = transport.clock().instant().plus(TIMEOUT);
        return authentication instanceof SigningKey key
                ? CompletableFuture.supplyAsync(() -> JwtSigner.of(key.accountKey()), transport.executor())
                        .thenCompose(signer -> exchange.assertion(signer, deadline))
                : controller.fetch(deadline);
    }

    /** Zero for the controller's identity: its file may have been replaced since. */
    @Override
    public Duration refusalsKept(Authentication authentication) {
        return authentication instanceof SigningKey ? REFUSALS_KEPT : Duration.ZERO;
    }
}
