package io.jenkins.plugins.imageupdate.registry.auth.google;

import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.Token;
import io.jenkins.plugins.imageupdate.registry.auth.TokenSource;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.ControllerIdentity;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.SigningKey;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.WorkloadIdentity;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Fetches access tokens for Google identities: keys that sign here, id tokens, and the controller's own identity. */
public final class GoogleTokenSource implements TokenSource {
    /** For everything that one access token takes, which may be three requests. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** How long the token of a borrowed service account is asked for, as Google's libraries do. */
    private static final Duration BORROWED_LIFE = Duration.ofHours(1);

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
        return authentication instanceof SigningKey
                || authentication instanceof WorkloadIdentity
                || authentication instanceof ControllerIdentity;
    }

    @Override
    public CompletableFuture<Token> fetch(Authentication authentication) {
        Instant deadline = transport.clock().instant().plus(TIMEOUT);
        if (authentication instanceof SigningKey key) {
            return CompletableFuture.supplyAsync(() -> JwtSigner.of(key.accountKey()), transport.executor())
                    .thenCompose(signer -> exchange.assertion(signer, deadline));
        }
        return authentication instanceof WorkloadIdentity identity
                ? federated(identity, deadline)
                : controller.fetch(deadline);
    }

    private CompletableFuture<Token> federated(WorkloadIdentity identity, Instant deadline) {
        IdToken token = identity.token();
        GoogleExchange.Subject subject = new GoogleExchange.Subject(token.audience(), IdToken.TYPE, token.value());
        return exchange.federated(subject, identity.account(), BORROWED_LIFE, deadline)
                .handle((given, thrown) -> {
                    if (thrown != null) {
                        throw new CompletionException(told(Diagnosis.of(thrown), identity));
                    }
                    return given;
                });
    }

    /** The failure with the parties of the exchange. The issuer, whose address may be long, is last, where a long line is cut. */
    private static RegistryException told(RegistryException failure, WorkloadIdentity identity) {
        IdToken token = identity.token();
        String account = identity.account() == null ? "" : ", service account \"" + identity.account() + "\"";
        return new RegistryException(
                failure.kind(),
                "pool \"" + token.pool() + "\", provider \"" + token.provider() + "\"" + account + ": "
                        + failure.detail() + "; the id token is of issuer \"" + token.issuer() + "\"",
                failure.retryAt());
    }

    /** Zero for the controller's identity: its file may have been replaced since. */
    @Override
    public Duration refusalsKept(Authentication authentication) {
        return authentication instanceof ControllerIdentity ? Duration.ZERO : REFUSALS_KEPT;
    }
}
