package io.jenkins.plugins.imageupdate.registry.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Kept;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import io.jenkins.plugins.imageupdate.registry.Requests;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Gives access to repositories. All of them share connections, limits, tokens and what registries were heard to ask for. */
public final class RegistryClient {
    private static final Duration REFUSALS_BELIEVED = Duration.ofMinutes(5);

    private final HttpTransport transport;
    private final ChallengeMemory challenges = new ChallengeMemory();
    private final TokenCache<Authorizer.TokenKey> tokens;
    private final Logins logins;
    private final TokenServer server;
    private final SignIns signIns;
    private final TokenBatches batches;
    private final Cache<Authentication, String> fingerprints =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    /** Why tokens were refused although they were fresh. A right may be granted at any time, so this is not believed for long. */
    private final Kept<String, RegistryException> refusals;

    /** @param source of the access tokens of logins that have no password */
    public RegistryClient(HttpTransport transport, TokenSource source) {
        this.transport = transport;
        tokens = new TokenCache<>(transport.clock());
        logins = new Logins(new AccessTokens(source, transport.clock()));
        server = new TokenServer(transport, logins);
        signIns = new SignIns(transport.clock(), transport.executor());
        batches = new TokenBatches(transport.clock());
        refusals = Kept.sinceWrite(REFUSALS_BELIEVED, 3_000, transport.clock());
    }

    /**
     * A handle on one repository.
     *
     * @param reference any image of the repository
     */
    public RemoteRepository repository(
            ImageReference reference, RegistryEndpoint endpoint, Authentication authentication) {
        Authorizer authorizer = authorizer(authentication);
        return new RemoteRepository(endpoint, reference.repository(), new RemoteRepository.Access() {
            @Override
            public <T> CompletableFuture<T> run(
                    RemoteRepository.Contents contents, Function<Requests, CompletableFuture<T>> check) {
                Authorizer.Scope scope = new Authorizer.Scope(endpoint, reference.repository(), contents);
                authorizer.expect(scope);
                CompletableFuture<T> result = transport.limits().check(endpoint, authorizer.login(), () -> {
                    AuthorizedRequests requests = new AuthorizedRequests(transport, authorizer, scope);
                    return requests.inTime(check.apply(requests));
                });
                result.whenComplete((value, thrown) -> authorizer.ended(scope));
                return result;
            }
        });
    }

    Authorizer authorizer(Authentication authentication) {
        return new Authorizer(
                authentication,
                fingerprint(authentication),
                challenges,
                tokens,
                logins,
                server,
                refusals,
                signIns,
                batches);
    }

    /** {@link Authentication#fingerprint}, computed once for an object: a key is hashed in whole, and a check needs it twice. */
    public String fingerprint(Authentication authentication) {
        return fingerprints.get(authentication, Authentication::fingerprint);
    }
}
