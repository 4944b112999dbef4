package io.jenkins.plugins.imageupdate.registry.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Kept;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What each registry was heard to ask for, so that later requests bring it along and need no refusal first. What it asks for one
 * repository is taken to hold for all, with the repository's name replaced; repositories for which it asks for something different are
 * remembered one by one.
 */
final class ChallengeMemory {
    /** Registries; a controller watches images of some tens. */
    private static final int MAX_HOSTS = 10_000;

    /**
     * A token is wanted, or a login with every request (the token request is null), or nothing at all.
     *
     * @param nothing whether a request without a login was accepted
     */
    record Wanted(@CheckForNull TokenRequest tokenRequest, boolean nothing) {
        static final Wanted NOTHING = new Wanted(null, true);

        Wanted(@CheckForNull TokenRequest tokenRequest) {
            this(tokenRequest, false);
        }

        Wanted about(Authorizer.Scope scope) {
            return tokenRequest == null ? this : new Wanted(tokenRequest.about(scope.repository()));
        }
    }

    private record Host(String address, RemoteRepository.Contents contents) {}

    private record Repository(Host host, String path) {
        static Repository of(Authorizer.Scope scope) {
            return new Repository(ChallengeMemory.host(scope), scope.repository());
        }
    }

    private final Cache<Host, Wanted> hosts =
            Caffeine.newBuilder().maximumSize(MAX_HOSTS).executor(Runnable::run).build();
    private final Kept<Repository, Wanted> exceptions = Kept.sinceUse(Duration.ofDays(8), 600);

    /** Whether a registry takes access tokens as they are, by address. */
    private final Cache<String, Boolean> accessTokens = Caffeine.newBuilder()
            .maximumSize(MAX_HOSTS)
            .expireAfterWrite(Duration.ofDays(1))
            .executor(Runnable::run)
            .build();

    /** Requests that went ahead, by address. */
    private final ConcurrentMap<String, CompletableFuture<Void>> asking = new ConcurrentHashMap<>();

    /** Null while this registry has not asked for anything. */
    @CheckForNull
    Wanted recall(Authorizer.Scope scope) {
        Wanted own = exceptions.isEmpty() ? null : exceptions.get(Repository.of(scope));
        if (own != null) {
            return own;
        }
        Wanted ofHost = hosts.getIfPresent(host(scope));
        for (RemoteRepository.Contents other : RemoteRepository.Contents.values()) {
            if (ofHost == null) {
                ofHost = hosts.getIfPresent(new Host(scope.endpoint().address(), other));
            }
        }
        return ofHost == null ? null : ofHost.about(scope);
    }

    void remember(Authorizer.Scope scope, Wanted wanted) {
        Wanted ofHost = hosts.asMap().putIfAbsent(host(scope), wanted);
        if (ofHost != null && ofHost.nothing()) {
            // Public images of a registry may be open, and the others not.
            hosts.put(host(scope), wanted);
            ofHost = null;
        }
        if (ofHost == null || ofHost.about(scope).equals(wanted)) {
            exceptions.remove(Repository.of(scope));
        } else {
            exceptions.put(Repository.of(scope), wanted);
        }
    }

    /** The registry accepted a request without a login. */
    void acceptsAnonymous(Authorizer.Scope scope) {
        hosts.asMap().putIfAbsent(host(scope), Wanted.NOTHING);
    }

    /**
     * Lets one request go ahead to a registry of which nothing is known, so that the others need no refusal of their own.
     *
     * @return null for the request that goes ahead; otherwise complete when {@link #heard}
     */
    @CheckForNull
    CompletableFuture<Void> ahead(Authorizer.Scope scope) {
        return asking.putIfAbsent(scope.endpoint().address(), new CompletableFuture<>());
    }

    /** The request that went ahead has been answered, or has failed. */
    void heard(Authorizer.Scope scope) {
        CompletableFuture<Void> waiting = asking.remove(scope.endpoint().address());
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Whether this registry takes access tokens as they are, null if that is not known. */
    @CheckForNull
    Boolean takesAccessTokens(Authorizer.Scope scope) {
        return accessTokens.getIfPresent(scope.endpoint().address());
    }

    void takesAccessTokens(Authorizer.Scope scope, boolean taken) {
        if (!Boolean.valueOf(taken).equals(takesAccessTokens(scope))) {
            accessTokens.put(scope.endpoint().address(), taken);
        }
    }

    private static Host host(Authorizer.Scope scope) {
        return new Host(scope.endpoint().address(), scope.contents());
    }
}
