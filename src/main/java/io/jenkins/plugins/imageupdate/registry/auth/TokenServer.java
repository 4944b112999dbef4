package io.jenkins.plugins.imageupdate.registry.auth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Origin;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.registry.auth.Authorizer.Authorization;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import io.jenkins.plugins.imageupdate.registry.http.HostRole;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.Request;
import io.jenkins.plugins.imageupdate.registry.http.Sent;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Exchanges a login for a token at the realm that a registry names, if that realm may be asked. */
final class TokenServer {
    private final HttpTransport transport;
    private final Logins logins;

    TokenServer(HttpTransport transport, Logins logins) {
        this.transport = transport;
        this.logins = logins;
    }

    /**
     * A token; fails with a {@link RegistryException} if the server refuses, or if its address is refused here.
     *
     * @param others see {@link TokenRequest#uri}
     * @param name names the login for the limits, see {@link Request#login}
     */
    CompletableFuture<Token> fetch(
            RegistryEndpoint endpoint,
            TokenRequest request,
            List<TokenRequest> others,
            Authentication authentication,
            String name) {
        URI uri = request.uri(others);
        Instant deadline = transport.clock().instant().plus(endpoint.timeout());
        return transport
                .addresses()
                .checkTokenServer(endpoint, request.realm())
                .thenAccept(reachable -> requireRealm(endpoint, request, authentication))
                .thenCompose(checked -> ask(endpoint, uri, authentication, name, deadline))
                .thenCompose(asked -> {
                    if (asked.response().status() != 401 || !asked.loginReused()) {
                        return CompletableFuture.completedFuture(asked);
                    }
                    // An access token that was there before may have been revoked, so a fresh one is tried.
                    logins.refused(authentication, asked.login());
                    return ask(endpoint, uri, authentication, name, deadline);
                })
                .thenApply(asked -> token(asked, request, authentication));
    }

    /** The same token, or a failure at a check's deadline that names the token server: checks share a fetch, which has its own time. */
    <T> CompletableFuture<T> until(Instant deadline, CompletableFuture<T> token, TokenRequest request) {
        return transport.until(deadline, token, HostRole.TOKEN_SERVER.prefix(request.realm()));
    }

    Clock clock() {
        return transport.clock();
    }

    Executor executor() {
        return transport.executor();
    }

    private static void requireRealm(RegistryEndpoint endpoint, TokenRequest request, Authentication authentication) {
        try {
            authentication.requireTokenServer(endpoint, request.realm());
        } catch (RegistryException e) {
            throw new CompletionException(e);
        }
    }

    private record Asked(Response response, @CheckForNull Authorization login) {
        boolean loginReused() {
            return login != null && login.reused();
        }
    }

    private CompletableFuture<Asked> ask(
            RegistryEndpoint endpoint, URI uri, Authentication authentication, String name, Instant deadline) {
        return logins.basic(authentication)
                .thenCompose(login -> transport
                        .send(Request.get(endpoint, uri, headers(login.orElse(null)), deadline)
                                .to(HostRole.TOKEN_SERVER)
                                .of(name))
                        .thenApply(response -> new Asked(response, login.orElse(null))));
    }

    private static Map<String, String> headers(@CheckForNull Authorization login) {
        return login == null
                ? Map.of("Accept", "application/json")
                : Map.of("Accept", "application/json", "Authorization", login.value());
    }

    private Token token(Asked asked, TokenRequest request, Authentication authentication) {
        Response response = asked.response();
        HostRole role =
                Origin.same(request.realm(), response.uri()) ? HostRole.TOKEN_SERVER : HostRole.TOKEN_REDIRECT_TARGET;
        try {
            if (!response.succeeded()) {
                Authorization login = asked.login();
                Sent sent =
                        new Sent(authentication.credentialsId() != null, login == null ? null : login.value(), false);
                throw Diagnosis.of(response, role, sent, transport.clock());
            }
            return Token.parse(response, transport.clock().instant());
        } catch (RegistryException e) {
            throw new CompletionException(e.prefixed(role.prefix(response.uri())));
        }
    }
}
