package io.jenkins.plugins.imageupdate.registry.auth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Kept;
import io.jenkins.plugins.imageupdate.registry.KnownRegistries;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import io.jenkins.plugins.imageupdate.registry.http.HostRole;
import io.jenkins.plugins.imageupdate.registry.http.Request;
import io.jenkins.plugins.imageupdate.registry.http.Sent;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Answers the challenges of registries (RFC 7235) for one credential: Bearer before Basic, as the distribution project does. */
final class Authorizer {
    private static final String BEARER = "Bearer ";

    /** A first request is waited for no longer than this: it may have met a slow server. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * @param registry the one that named the token server: another that names it too has not been found to be allowed to
     * @param login {@link Authentication#fingerprint}: the tokens of one login are for that login alone
     */
    record TokenKey(String registry, TokenRequest request, String login) {}

    /** One repository of one registry. */
    record Scope(RegistryEndpoint endpoint, String repository, RemoteRepository.Contents contents) {}

    /**
     * The value of an {@code Authorization} header.
     *
     * @param reused whether it is a token that was obtained for an earlier request, so that it may be refused because of its age
     * @param token whether the registry's token server gave it
     * @param direct whether it is an access token of the login itself, sent without the registry's token server
     * @param shared whether the token was asked for together with those of other repositories, so that it may not be for this one
     */
    record Authorization(String value, boolean reused, boolean token, boolean direct, boolean shared) {
        Authorization(String value, boolean reused, boolean token) {
            this(value, reused, token, false, false);
        }

        static Authorization direct(String accessToken, boolean reused) {
            return new Authorization(BEARER + accessToken, reused, false, true, false);
        }

        static Authorization of(TokenCache.Cached cached) {
            return new Authorization(
                    BEARER + cached.token().value(),
                    cached.reused(),
                    true,
                    false,
                    cached.token().repositories() > 1);
        }

        /** Whether it is a token that another may succeed where it was refused. */
        boolean replaceable() {
            return token && (reused || shared);
        }

        /** Without the value, which is a secret. */
        @Override
        public String toString() {
            return "Authorization[reused=" + reused + "]";
        }
    }

    private final Authentication authentication;
    private final String fingerprint;
    private final ChallengeMemory challenges;
    private final TokenCache<TokenKey> tokens;
    private final Logins logins;
    private final TokenServer server;
    private final Kept<String, RegistryException> refusals;
    private final SignIns signIns;
    private final TokenBatches batches;

    /** @param fingerprint of the authentication */
    Authorizer(
            Authentication authentication,
            String fingerprint,
            ChallengeMemory challenges,
            TokenCache<TokenKey> tokens,
            Logins logins,
            TokenServer server,
            Kept<String, RegistryException> refusals,
            SignIns signIns,
            TokenBatches batches) {
        this.authentication = authentication;
        this.fingerprint = fingerprint;
        this.challenges = challenges;
        this.tokens = tokens;
        this.logins = logins;
        this.server = server;
        this.refusals = refusals;
        this.signIns = signIns;
        this.batches = batches;
    }

    /** The chosen credential's id, null for an anonymous check. */
    @CheckForNull
    String credentialsId() {
        return authentication.credentialsId();
    }

    /** Names the login, see {@link Request#login}; empty for none. */
    String login() {
        return authentication.credentialsId() == null ? "" : fingerprint;
    }

    /** Without a login: for hosts that the credential must not be sent to. */
    Authorizer anonymous() {
        Authentication none = new Authentication.Anonymous();
        return new Authorizer(none, none.fingerprint(), challenges, tokens, logins, server, refusals, signIns, batches);
    }

    /** What to send with the first request; empty while the registry has not asked for anything. */
    CompletableFuture<Optional<Authorization>> authorize(Scope scope, Instant deadline) {
        try {
            authentication.requireRegistry(scope.endpoint());
        } catch (RegistryException e) {
            return CompletableFuture.failedFuture(e);
        }
        boolean known = direct(scope) ? challenges.takesAccessTokens(scope) != null : challenges.recall(scope) != null;
        CompletableFuture<Void> ahead = known ? null : challenges.ahead(scope);
        return ahead == null
                ? first(scope, deadline)
                : ahead.copy()
                        .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .thenApplyAsync(Function.identity(), server.executor())
                        .thenCompose(over -> first(scope, deadline));
    }

    private CompletableFuture<Optional<Authorization>> first(Scope scope, Instant deadline) {
        return direct(scope) ? logins.bearer(authentication) : remembered(scope, deadline);
    }

    private CompletableFuture<Optional<Authorization>> remembered(Scope scope, Instant deadline) {
        ChallengeMemory.Wanted wanted = challenges.recall(scope);
        if (wanted == null || wanted.nothing()) {
            return nothing();
        }
        TokenRequest request = wanted.tokenRequest();
        return request == null ? logins.basic(authentication) : token(scope, request, deadline);
    }

    /**
     * What to send after a 401 or 403. Fails with a {@link RegistryException} if the credential is refused; empty if nothing better can
     * be sent, so that the registry's refusal stands.
     *
     * @param rejected what was sent before, null if nothing
     */
    CompletableFuture<Optional<Authorization>> answer(
            Scope scope, HttpHeaders headers, @CheckForNull Authorization rejected, Instant deadline) {
        List<Challenge> offered = Challenge.parse(headers.allValues("WWW-Authenticate"));
        // One without a realm cannot be answered: another scheme may be offered beside it.
        Challenge bearer = find(
                offered, "bearer", challenge -> !challenge.parameter("realm").isEmpty());
        try {
            if (bearer != null) {
                return token(scope, TokenRequest.of(bearer, scope), rejected, deadline);
            }
        } catch (RegistryException e) {
            return CompletableFuture.failedFuture(e);
        }
        ChallengeMemory.Wanted before = challenges.recall(scope);
        if (rejected != null && rejected.replaceable() && before != null && before.tokenRequest() != null) {
            // gcr.io refuses a token that it no longer likes with a bare 403 (regclient issue 149), Harbor with a Basic
            // challenge.
            return token(scope, before.tokenRequest(), rejected, deadline);
        }
        if (rejected == null && find(offered, "basic", challenge -> true) != null) {
            challenges.remember(scope, new ChallengeMemory.Wanted(null));
            return logins.basic(authentication);
        }
        return nothing();
    }

    /** The registry has answered a first request, so that those that wait for it know what it wants. */
    void heard(Scope scope, boolean refused, @CheckForNull Authorization sent) {
        if (!refused && sent == null) {
            challenges.acceptsAnonymous(scope);
        }
        challenges.heard(scope);
    }

    /** Whether to try the login's access token as it is: one token in all then serves every repository. */
    private boolean direct(Scope scope) {
        return logins.hasBearer(authentication)
                && !Boolean.FALSE.equals(challenges.takesAccessTokens(scope))
                && (KnownRegistries.google(scope.endpoint().server())
                        || scope.endpoint().googleKeysAllowed());
    }

    /** After the refusal of an access token: a fresh one in place of an old one, otherwise empty. */
    CompletableFuture<Optional<Authorization>> afterRefusedAccessToken(int status, Authorization refused) {
        if (status != 401 || !refused.reused()) {
            return nothing();
        }
        logins.refusedDirect(authentication, refused);
        return logins.bearer(authentication);
    }

    /** An access token was accepted as it is, or a token of the token server where an access token was not. */
    void accessTokensAreTaken(Scope scope, boolean taken) {
        challenges.takesAccessTokens(scope, taken);
    }

    /** A token for one repository was accepted where one for several was not. */
    void sharedTokensAreRefused(Scope scope) {
        batches.refused(scope);
    }

    /** A check of this repository begins to wait for its turn. */
    void expect(Scope scope) {
        batches.expect(scope, fingerprint);
    }

    /** The check has ended. */
    void ended(Scope scope) {
        batches.ended(scope, fingerprint);
    }

    /** What the registry refused this token with although it was fresh, for as long as that is believed; null for nothing. */
    @CheckForNull
    RegistryException refusal(@CheckForNull Authorization sent) {
        return sent != null && sent.token() && sent.reused() ? refusals.get(sent.value()) : null;
    }

    /** Remembers why a token was refused that the token server gave for this login: another one would be refused too. */
    void rememberRefusal(@CheckForNull Authorization sent, RegistryException failure) {
        if (sent != null && sent.token() && !sent.shared()) {
            refusals.put(sent.value(), failure);
        }
    }

    /** Whether a token that was just given is refused as invalid (RFC 6750, section 3.1), which happens if clocks differ. */
    boolean tooFresh(HttpHeaders headers, @CheckForNull Authorization sent) {
        return sent != null
                && sent.token()
                && !sent.reused()
                && find(
                                Challenge.parse(headers.allValues("WWW-Authenticate")),
                                "bearer",
                                challenge -> challenge.parameter("error").equals("invalid_token"))
                        != null;
    }

    @CheckForNull
    private static Challenge find(List<Challenge> offered, String scheme, Predicate<Challenge> usable) {
        return offered.stream()
                .filter(challenge -> challenge.scheme().equals(scheme) && usable.test(challenge))
                .findFirst()
                .orElse(null);
    }

    /** After a refusal: a token where none was sent, a fresh one in place of an old one, another where another scope is asked for. */
    private CompletableFuture<Optional<Authorization>> token(
            Scope scope, TokenRequest request, @CheckForNull Authorization rejected, Instant deadline) {
        ChallengeMemory.Wanted before = challenges.recall(scope);
        boolean sameAsBefore = before != null && request.equals(before.tokenRequest());
        challenges.remember(scope, new ChallengeMemory.Wanted(request));
        if (rejected != null && rejected.token()) {
            if (sameAsBefore && !rejected.replaceable()) {
                return nothing();
            }
            tokens.forget(key(scope, request), rejected.value().substring(BEARER.length())::equals);
        }
        return rejected != null && rejected.shared()
                ? until(deadline, request, tokens.get(key(scope, request), () -> fetch(scope, request, List.of())))
                : token(scope, request, deadline);
    }

    private CompletableFuture<Optional<Authorization>> token(Scope scope, TokenRequest request, Instant deadline) {
        return until(deadline, request, tokens.get(key(scope, request), () -> fetch(scope, request)));
    }

    private CompletableFuture<Optional<Authorization>> until(
            Instant deadline, TokenRequest request, CompletableFuture<TokenCache.Cached> token) {
        return server.until(deadline, token, request).thenApply(cached -> Optional.of(Authorization.of(cached)));
    }

    /** A token for this repository, and if possible for others that will need one. If that is refused, for this one alone. */
    private CompletableFuture<Token> fetch(Scope scope, TokenRequest request) {
        List<TokenRequest> others =
                batches.others(scope, request, fingerprint, other -> !tokens.has(key(scope, other)));
        if (others.isEmpty()) {
            return fetch(scope, request, others);
        }
        CompletableFuture<Token> several = new CompletableFuture<>();
        // Before the request, so that no other request is made for these repositories.
        tokens.share(others.stream().map(other -> key(scope, other)).toList(), several);
        return fetch(scope, request, others)
                .handle((token, thrown) -> {
                    if (thrown == null && batches.accepts(scope, token)) {
                        several.complete(token);
                        return several;
                    }
                    boolean refused = thrown != null && batches.failed(scope, fingerprint, thrown);
                    several.cancel(false);
                    return fetch(scope, request, List.of()).whenComplete((alone, failed) -> {
                        if (refused && failed == null) {
                            batches.refused(scope);
                        }
                    });
                })
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Token> fetch(Scope scope, TokenRequest request, List<TokenRequest> others) {
        return signIns.attempt(
                request.realm(),
                login(),
                () -> server.fetch(scope.endpoint(), request, others, authentication, login())
                        .thenApply(token -> token.of(others.size() + 1)),
                (token, thrown) -> thrown == null ? SignIns.Verdict.ACCEPTED : verdict(thrown, !others.isEmpty()));
    }

    /** Sends a request; one that carries the login itself takes its turn among the attempts to sign in. */
    CompletableFuture<Response> send(
            URI uri, @CheckForNull Authorization authorization, Supplier<CompletableFuture<Response>> request) {
        return authorization == null || authorization.token() || authorization.direct()
                ? request.get()
                : signIns.attempt(uri, login(), request, (response, thrown) -> verdict(response, authorization));
    }

    /** A 403 may be about a right or about the login: its words tell. A HEAD has none. */
    private SignIns.Verdict verdict(@CheckForNull Response response, Authorization login) {
        if (response == null) {
            return SignIns.Verdict.NONE;
        }
        return switch (response.status()) {
            case 401 -> SignIns.Verdict.REJECTED;
            case 403, 429 -> {
                Sent sent = new Sent(true, login.value(), false);
                yield verdict(Diagnosis.of(response, HostRole.REGISTRY, sent, server.clock()), false);
            }
            default -> SignIns.Verdict.ACCEPTED;
        };
    }

    /** @param several whether the request was for several repositories: a server that refuses this may have looked at the login first */
    private static SignIns.Verdict verdict(Throwable failure, boolean several) {
        FailureKind kind =
                RegistryException.unwrap(failure) instanceof RegistryException refused ? refused.kind() : null;
        return kind == FailureKind.CREDENTIAL_REJECTED || several && kind == FailureKind.REFUSED
                ? SignIns.Verdict.REJECTED
                : SignIns.Verdict.NONE;
    }

    private TokenKey key(Scope scope, TokenRequest request) {
        return new TokenKey(scope.endpoint().address(), request, fingerprint);
    }

    private static CompletableFuture<Optional<Authorization>> nothing() {
        return CompletableFuture.completedFuture(Optional.empty());
    }
}
