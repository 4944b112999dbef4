package io.jenkins.plugins.imageupdate.registry.auth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.registry.auth.Authorizer.Authorization;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.Request;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Exchanges a login for a token at the realm that a registry names, if that realm may be asked. */
final class TokenServer {
    private final HttpTransport transport;
    private final Logins logins;

    TokenServer(HttpTransport transport, Logins logins) {
        this.transport = transport;
        this.logins = logins;
    }

    /** A token; fails with a {@link RegistryException} when the server refuses or its address is refused here. */
    CompletableFuture<Token> fetch(RegistryEndpoint endpoint, TokenRequest request, Authentication authentication) {
        Instant deadline = transport.clock().instant().plus(endpoint.timeout());
        return transport
                .addresses()
                .checkTokenServer(endpoint, request.realm())
                .thenAccept(reachable -> requireRealm(endpoint, request, authentication))
                .thenCompose(checked -> ask(endpoint, request, authentication, deadline))
                .thenCompose(asked -> {
                    if (asked.answer().status() != 401 || !asked.loginReused()) {
                        return CompletableFuture.completedFuture(asked);
                    }
                    // An access token that was there before may have been revoked: only a fresh one's refusal is
                    // believed.
                    logins.refused(authentication, asked.login());
                    return ask(endpoint, request, authentication, deadline);
                })
                .thenApply(asked -> token(asked, authentication));
    }

    private static void requireRealm(RegistryEndpoint endpoint, TokenRequest request, Authentication authentication) {
        try {
            authentication.requireTokenServer(endpoint, request.realm());
        } catch (RegistryException e) {
            throw new CompletionException(e);
        }
    }

    private record Asked(Response answer, @CheckForNull Authorization login) {
        boolean loginReused() {
            return login != null && login.reused();
        }
    }

    private CompletableFuture<Asked> ask(
            RegistryEndpoint endpoint, TokenRequest request, Authentication authentication, Instant deadline) {
        return logins.basic(authentication)
                .thenCompose(login -> transport
                        .send(Request.get(endpoint, request.uri(), headers(login.orElse(null)), deadline))
                        .thenApply(answer -> new Asked(answer, login.orElse(null))));
    }

    private static Map<String, String> headers(@CheckForNull Authorization login) {
        return login == null
                ? Map.of("Accept", "application/json")
                : Map.of("Accept", "application/json", "Authorization", login.value());
    }

    private Token token(Asked asked, Authentication authentication) {
        try {
            if (asked.answer().status() / 100 != 2) {
                throw refused(asked.answer(), asked.login(), authentication);
            }
            return Token.parse(asked.answer(), transport.clock().instant());
        } catch (RegistryException e) {
            throw new CompletionException(e);
        }
    }

    /** A token server's 4xx speaks of the login, never of a tag: its 404 must not make an image look removed. */
    private RegistryException refused(Response answer, @CheckForNull Authorization login, Authentication authentication) {
        boolean loginSent = authentication.credentialsId() != null;
        String sent = login == null ? null : login.value();
        RegistryException said = Diagnosis.of(answer, loginSent, sent, transport.clock());
        FailureKind kind =
                switch (answer.status()) {
                    case 400 -> loginSent ? FailureKind.CREDENTIAL_REJECTED : FailureKind.UNAUTHENTICATED;
                    case 404 -> FailureKind.NOT_A_REGISTRY;
                    default -> said.kind();
                };
        return new RegistryException(kind, "token server: " + said.detail(), said.retryAt());
    }
}
