package io.jenkins.plugins.imageupdate.registry.auth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Origin;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Requests;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import io.jenkins.plugins.imageupdate.registry.http.HostRole;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.Request;
import io.jenkins.plugins.imageupdate.registry.http.Sent;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The requests of one check, sent one after another for one repository with what its {@link Authorizer} gives. After a refusal they
 * get something better; what then holds for the first request holds for those after it.
 */
final class AuthorizedRequests implements Requests {
    /** The address of a repository's contents (distribution-spec, "Endpoints"). */
    private static final Pattern RESOURCE = Pattern.compile("/v2/([a-z0-9._/-]+)/(?:manifests|blobs|tags)/[^/]+");

    /** A token, and another where the registry names a scope only when it sees the first. */
    private static final int MAX_ANSWERS = 2;

    /** What waits for a single host fails at the deadline itself, and names that host. */
    private static final Duration GRACE = Duration.ofMillis(200);

    /** Before a token that was given a moment ago is sent again: the clock of the registry may be behind its token server's. */
    private static final Duration FRESH_TOKEN_PAUSE = Duration.ofMillis(500);

    private final HttpTransport transport;
    private final Authorizer authorizer;
    private final Authorizer.Scope scope;
    private final Instant deadline;
    private final boolean redirected;
    private boolean asked;
    private boolean repeated;
    private boolean accessTokenRefused;
    private boolean sharedTokenRefused;
    private int answersLeft = MAX_ANSWERS;

    @CheckForNull
    private Authorizer.Authorization authorization;

    /** The deadline runs from now on: not before it is this check's turn. */
    AuthorizedRequests(HttpTransport transport, Authorizer authorizer, Authorizer.Scope scope) {
        this(
                transport,
                authorizer,
                scope,
                transport.clock().instant().plus(scope.endpoint().timeout()),
                false);
    }

    /** @param redirected whether another registry leads here, so that this one may lead to no third */
    private AuthorizedRequests(
            HttpTransport transport,
            Authorizer authorizer,
            Authorizer.Scope scope,
            Instant deadline,
            boolean redirected) {
        this.transport = transport;
        this.authorizer = authorizer;
        this.scope = scope;
        this.deadline = deadline;
        this.redirected = redirected;
    }

    /** The result of the check, or a failure at its deadline. */
    <T> CompletableFuture<T> inTime(CompletableFuture<T> check) {
        return transport.until(deadline.plus(GRACE), check, "");
    }

    @Override
    public CompletableFuture<Response> send(String method, URI uri, String accept) {
        return authorize().thenCompose(ready -> attempt(method, uri, accept));
    }

    private CompletableFuture<Response> attempt(String method, URI uri, String accept) {
        return answered(method, uri, accept).whenComplete((answer, thrown) -> authorizer.heard(scope, true, null));
    }

    private CompletableFuture<Response> answered(String method, URI uri, String accept) {
        return exchange(method, uri, accept).thenCompose(answer -> {
            boolean refused = answer.status() == 401 || answer.status() == 403 && !answer.html();
            if (!refused && answer.succeeded() && scope.endpoint().has(answer.uri())) {
                authorizer.heard(scope, false, authorization);
            }
            if (refused && !Origin.same(uri, answer.uri())) {
                return elsewhere(method, accept, answer);
            }
            if (!refused) {
                if (authorization != null && authorization.direct() && answer.succeeded()) {
                    authorizer.accessTokensAreTaken(scope, true);
                } else if (accessTokenRefused && authorization != null && authorization.token()) {
                    authorizer.accessTokensAreTaken(scope, false);
                }
                if (sharedTokenRefused && answer.succeeded()) {
                    authorizer.sharedTokensAreRefused(scope);
                }
                return CompletableFuture.completedFuture(answer);
            }
            if (authorization != null && authorization.direct()) {
                Authorizer.Authorization refusedToken = authorization;
                return authorizer
                        .afterRefusedAccessToken(answer.status(), refusedToken)
                        .thenCompose(fresh -> {
                            // Without one the registry says what it wants, as to a request without a login.
                            accessTokenRefused = fresh.isEmpty();
                            authorization = fresh.orElse(null);
                            return fresh.isPresent()
                                    ? attempt(method, uri, accept)
                                    : authorizer
                                            .answer(scope, answer.headers(), null, deadline)
                                            .thenCompose(better -> {
                                                authorization = better.orElse(null);
                                                return attempt(method, uri, accept);
                                            });
                        });
            }
            RegistryException known = authorizer.refusal(authorization);
            if (known != null) {
                return CompletableFuture.failedFuture(known);
            }
            if (!repeated && authorizer.tooFresh(answer.headers(), authorization)) {
                repeated = true;
                return transport.pause(FRESH_TOKEN_PAUSE).thenCompose(over -> attempt(method, uri, accept));
            }
            sharedTokenRefused |= authorization != null && authorization.shared();
            if (answersLeft == 0) {
                return CompletableFuture.completedFuture(answer);
            }
            return challenge(answer)
                    .thenCompose(headers -> {
                        var better = authorizer.answer(scope, headers, authorization, deadline);
                        if (!accessTokenRefused) {
                            // What the registry wants is remembered now; its token is still on the way.
                            authorizer.heard(scope, true, null);
                        }
                        return better;
                    })
                    .thenCompose(better -> {
                        answersLeft = better.isEmpty() ? 0 : answersLeft - 1;
                        if (better.isEmpty()) {
                            return CompletableFuture.completedFuture(answer);
                        }
                        authorization = better.get();
                        return attempt(method, uri, accept);
                    });
        });
    }

    /** Where the refusal does not say what it wants, as gcr.io's did in 2017 (containers/image pull request 211), the registry's root may. */
    private CompletableFuture<HttpHeaders> challenge(Response refusal) {
        if (authorization != null || !refusal.header("WWW-Authenticate").isEmpty()) {
            return CompletableFuture.completedFuture(refusal.headers());
        }
        URI root = scope.endpoint().resolve("");
        return transport
                .send(Request.get(scope.endpoint(), root, Map.of(), deadline).of(authorizer.login()))
                .handle((answer, thrown) ->
                        thrown == null && Origin.same(root, answer.uri()) ? answer.headers() : refusal.headers());
    }

    /**
     * The answer of a host that the registry redirects to, and that refuses. It may be another registry, where the first one's name is
     * a mere alias of it (Cup issue 18); then it gives everybody a token for a public image. It gets to see no credential.
     */
    private CompletableFuture<Response> elsewhere(String method, String accept, Response refusal) {
        boolean tokenWanted = refusal.headers().allValues("WWW-Authenticate").stream()
                .anyMatch(challenge -> challenge.regionMatches(true, 0, "Bearer ", 0, 7));
        Matcher resource = RESOURCE.matcher(String.valueOf(refusal.uri().getPath()));
        if (redirected || !tokenWanted || !resource.matches()) {
            return CompletableFuture.completedFuture(refusal);
        }
        Authorizer.Scope there =
                new Authorizer.Scope(scope.endpoint().redirectedTo(refusal.uri()), resource.group(1), scope.contents());
        return new AuthorizedRequests(transport, authorizer.anonymous(), there, deadline, true)
                .send(method, refusal.uri(), accept)
                .handle((answer, thrown) -> {
                    if (thrown == null) {
                        return answer;
                    }
                    RegistryException failure = Diagnosis.of(thrown);
                    throw new CompletionException(
                            failure.kind() == FailureKind.UNAUTHENTICATED
                                    ? new RegistryException(
                                            FailureKind.CONFIGURATION,
                                            failure.detail()
                                                    + Diagnosis.loginStaysHere(
                                                            there.endpoint().host()),
                                            failure.retryAt())
                                    : failure);
                });
    }

    private CompletableFuture<?> authorize() {
        if (asked) {
            return CompletableFuture.completedFuture(null);
        }
        asked = true;
        return authorizer.authorize(scope, deadline).thenAccept(given -> authorization = given.orElse(null));
    }

    private CompletableFuture<Response> exchange(String method, URI uri, String accept) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", accept);
        if (authorization != null) {
            headers.put("Authorization", authorization.value());
        }
        Request request = new Request(scope.endpoint(), method, uri, headers, deadline).of(authorizer.login());
        return authorizer.send(uri, authorization, () -> transport.send(request));
    }

    @Override
    public RegistryException unexpected(Response response, FailureKind kind, String what) {
        HostRole role = HostRole.of(scope.endpoint(), response.uri());
        String page = response.html() ? ", but a page of HTML, which may be a login page" : "";
        return new RegistryException(kind, role.prefix(response.uri()) + what + page);
    }

    @Override
    public RegistryException diagnose(Response response) {
        HostRole role = HostRole.of(scope.endpoint(), response.uri());
        boolean token = authorization != null && authorization.token();
        Sent sent = new Sent(
                authorizer.credentialsId() != null, authorization == null ? null : authorization.value(), token);
        RegistryException failure = Diagnosis.of(response, role, sent, transport.clock());
        if (role == HostRole.REGISTRY && failure.kind() == FailureKind.FORBIDDEN) {
            authorizer.rememberRefusal(authorization, failure);
        }
        return failure;
    }
}
