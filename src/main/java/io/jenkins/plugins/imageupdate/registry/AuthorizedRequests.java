package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The requests of one check, sent one after another for one repository with what its {@link Authorizer} gives. After a refusal they
 * get something better once; what then holds for the first request holds for those after it.
 */
final class AuthorizedRequests {
    private final HttpTransport transport;
    private final Authorizer authorizer;
    private final Authorizer.Scope scope;
    private final Instant deadline;
    private boolean asked;
    private boolean answered;

    @CheckForNull
    private Authorizer.Authorization authorization;

    /** The deadline runs from now on: not before it is this check's turn. */
    AuthorizedRequests(HttpTransport transport, Authorizer authorizer, Authorizer.Scope scope) {
        this.transport = transport;
        this.authorizer = authorizer;
        this.scope = scope;
        this.deadline = transport.clock().instant().plus(scope.endpoint().timeout());
    }

    /** What the check comes to, or a failure at its deadline: it may wait for a token that is fetched in a time of its own. */
    <T> CompletableFuture<T> inTime(CompletableFuture<T> check) {
        return transport.until(deadline, check);
    }

    Authorizer.Scope scope() {
        return scope;
    }

    /** The registry's answer, whatever its status. Call it again only when this one's future is complete. */
    CompletableFuture<Answer> send(String method, URI uri) {
        return send(method, uri, Manifests.ACCEPT);
    }

    CompletableFuture<Answer> send(String method, URI uri, String accept) {
        return authorize().thenCompose(ready -> exchange(method, uri, accept)).thenCompose(answer -> {
            // Only the registry's own refusal is a challenge: a host it redirects to gets to see no credential.
            boolean refused = answer.status() == 401 || answer.status() == 403 && !answer.html();
            if (!refused || answered || !Origin.same(uri, answer.uri())) {
                return CompletableFuture.completedFuture(answer);
            }
            answered = true;
            return authorizer
                    .answer(scope, answer.status(), answer.headers(), authorization)
                    .thenCompose(better -> {
                        if (better.isEmpty()) {
                            return CompletableFuture.completedFuture(answer);
                        }
                        authorization = better.get();
                        return exchange(method, uri, accept);
                    });
        });
    }

    private CompletableFuture<?> authorize() {
        if (asked) {
            return CompletableFuture.completedFuture(null);
        }
        asked = true;
        return authorizer.authorize(scope).thenAccept(given -> authorization = given.orElse(null));
    }

    private CompletableFuture<Answer> exchange(String method, URI uri, String accept) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", accept);
        if (authorization != null) {
            headers.put("Authorization", authorization.value());
        }
        return transport.send(scope.endpoint(), method, uri, headers, deadline);
    }

    /** Why an answer is no success. */
    RegistryException diagnose(Answer answer) {
        String sent = authorization == null ? null : authorization.value();
        return Diagnosis.of(answer, authorizer.credentialsId() != null && sent != null, sent, transport.clock());
    }
}
