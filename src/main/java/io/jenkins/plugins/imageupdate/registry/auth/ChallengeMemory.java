package io.jenkins.plugins.imageupdate.registry.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * What each registry was heard to ask for, so that later requests bring it along and need no refusal first. A registry that asks for
 * a scope of its own is remembered by repository, any other by host.
 */
final class ChallengeMemory {
    private static final int MAX_CHALLENGES = 20_000;

    /** Either a token is wanted, or a login with every request (the token request is null). */
    record Wanted(@CheckForNull TokenRequest tokenRequest) {}

    private final Cache<List<String>, Wanted> remembered = Caffeine.newBuilder()
            .maximumSize(MAX_CHALLENGES)
            .executor(Runnable::run)
            .build();

    /** Null while this registry has not asked for anything. */
    @CheckForNull
    Wanted recall(Authorizer.Scope scope) {
        Wanted own = remembered.getIfPresent(repository(scope));
        if (own != null) {
            return own;
        }
        Wanted host = remembered.getIfPresent(host(scope));
        TokenRequest request = host == null ? null : host.tokenRequest();
        return request == null ? host : new Wanted(request.about(scope));
    }

    void remember(Authorizer.Scope scope, Wanted wanted) {
        remembered.put(host(scope), wanted);
        TokenRequest request = wanted.tokenRequest();
        boolean usualScope = request == null || request.equals(request.about(scope));
        if (usualScope) {
            remembered.invalidate(repository(scope));
        } else {
            remembered.put(repository(scope), wanted);
        }
    }

    private static List<String> host(Authorizer.Scope scope) {
        return List.of(scope.endpoint().address());
    }

    private static List<String> repository(Authorizer.Scope scope) {
        return List.of(scope.endpoint().address(), scope.repository());
    }
}
