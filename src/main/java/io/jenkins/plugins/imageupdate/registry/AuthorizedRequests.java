package io.jenkins.plugins.imageupdate.registry;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sends requests for one repository with what its {@link Authorizer} gives, and once more with something better after a refusal. */
final class AuthorizedRequests {
    private final HttpTransport transport;
    private final Authorizer authorizer;
    private final Authorizer.Scope scope;
    private final Instant deadline;

    AuthorizedRequests(HttpTransport transport, Authorizer authorizer, Authorizer.Scope scope, Instant deadline) {
        this.transport = transport;
        this.authorizer = authorizer;
        this.scope = scope;
        this.deadline = deadline;
    }

    Authorizer.Scope scope() {
        return scope;
    }

    /** The registry's answer, whatever its status. */
    CompletableFuture<Answer> send(String method, URI uri) {
        return authorizer.authorize(scope).thenCompose(authorization -> send(method, uri, authorization)
                .thenCompose(answer -> {
                    if (answer.status() != 401 && answer.status() != 403) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    return authorizer
                            .answer(scope, answer.status(), answer.headers(), authorization.orElse(null))
                            .thenCompose(better -> better.isEmpty()
                                    ? CompletableFuture.completedFuture(answer)
                                    : send(method, uri, better));
                }));
    }

    private CompletableFuture<Answer> send(String method, URI uri, Optional<Authorizer.Authorization> authorization) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", Manifests.ACCEPT);
        authorization.ifPresent(given -> headers.put("Authorization", given.value()));
        return transport.send(scope.endpoint(), method, uri, headers, deadline);
    }

    /** Why an answer is no success. */
    RegistryException diagnose(Answer answer) {
        return Diagnosis.of(answer, authorizer.credentialsId() != null, transport.clock());
    }
}
