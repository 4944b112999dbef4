package io.jenkins.plugins.imageupdate.registry.auth;

import io.jenkins.plugins.imageupdate.registry.AddressRules;
import io.jenkins.plugins.imageupdate.registry.Answer;
import io.jenkins.plugins.imageupdate.registry.Diagnosis;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Exchanges a login for a token at the realm that a registry names, if that realm may be asked. */
final class TokenServer {
    private final HttpTransport transport;

    TokenServer(HttpTransport transport) {
        this.transport = transport;
    }

    /** A token; fails with a {@link RegistryException} when the server refuses or its address is refused here. */
    CompletableFuture<Token> fetch(RegistryEndpoint endpoint, TokenRequest request, Authentication authentication) {
        Instant deadline = transport.clock().instant().plus(endpoint.timeout());
        return CompletableFuture.runAsync(() -> checkRealm(endpoint, request, authentication), transport.executor())
                .thenCompose(
                        checked -> transport.send(endpoint, "GET", request.uri(), headers(authentication), deadline))
                .thenApply(answer -> token(answer, authentication));
    }

    private static Map<String, String> headers(Authentication authentication) {
        String login = authentication.basic();
        return login == null
                ? Map.of("Accept", "application/json")
                : Map.of("Accept", "application/json", "Authorization", login);
    }

    private static void checkRealm(RegistryEndpoint endpoint, TokenRequest request, Authentication authentication) {
        try {
            AddressRules.requireReachable(endpoint.resolve(""), request.realm(), "token server");
            GoogleHosts.requireRealm(authentication, endpoint, request.realm());
        } catch (RegistryException e) {
            throw new CompletionException(e);
        }
    }

    private Token token(Answer answer, Authentication authentication) {
        try {
            if (answer.status() / 100 != 2) {
                throw refused(answer, authentication);
            }
            return Token.parse(answer, transport.clock().instant());
        } catch (RegistryException e) {
            throw new CompletionException(e);
        }
    }

    /** A token server's 4xx speaks of the login, never of a tag: its 404 must not make an image look removed. */
    private RegistryException refused(Answer answer, Authentication authentication) {
        boolean loginSent = authentication.credentialsId() != null;
        RegistryException said = Diagnosis.of(answer, loginSent, authentication.basic(), transport.clock());
        FailureKind kind =
                switch (answer.status()) {
                    case 400 -> loginSent ? FailureKind.CREDENTIAL_REJECTED : FailureKind.UNAUTHENTICATED;
                    case 404 -> FailureKind.NOT_A_REGISTRY;
                    default -> said.kind();
                };
        return new RegistryException(kind, "token server: " + said.detail(), said.retryAt());
    }
}
