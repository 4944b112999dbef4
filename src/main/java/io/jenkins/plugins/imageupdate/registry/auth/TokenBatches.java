package io.jenkins.plugins.imageupdate.registry.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.KnownRegistries;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * Which repositories will need a token soon, so that one token can be asked for several of them: a request to a token server may have
 * several scopes (distribution, "Token Authentication Specification"). Servers that refuse this, for all repositories or because of
 * one, as ghcr.io does, get requests for one repository from then on. Repositories of different logins are never in one request.
 */
final class TokenBatches {
    /** Harbor's proxy answers 414 to requests for very many (Harbor issue 14414). */
    static final int MAX_SIZE = 20;

    /** Of the scopes in a request. */
    private static final int MAX_CHARACTERS = 4_000;

    /** The token is sent with each request, and servers accept some 8 KiB of headers. */
    private static final int MAX_TOKEN = 4_096;

    /** Repositories that are looked at for one request. */
    private static final int MAX_LOOKED_AT = 200;

    private static final Duration BELIEVED = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Set<FailureKind> PASSING =
            Set.of(FailureKind.RATE_LIMITED, FailureKind.UNAVAILABLE, FailureKind.UNREACHABLE, FailureKind.TIMEOUT);
    private static final int MAX_HOSTS = 10_000;

    private record Group(String registry, RemoteRepository.Contents contents, String login) {
        static Group of(Authorizer.Scope scope, String login) {
            return new Group(scope.endpoint().address(), scope.contents(), login);
        }
    }

    /** Repositories whose checks wait or run. Those of a group are guarded by the map. */
    private final ConcurrentMap<Group, Set<String>> expected = new ConcurrentHashMap<>();

    /** How many repositories a request may be for, by registry. */
    private final Cache<String, Integer> sizes;

    /** Groups that were refused lately for whatever reason. */
    private final Cache<Group, Boolean> paused;

    TokenBatches(Clock clock) {
        sizes = newCache(clock, BELIEVED);
        paused = newCache(clock, PAUSE);
    }

    private static <K, V> Cache<K, V> newCache(Clock clock, Duration kept) {
        Instant start = clock.instant();
        return Caffeine.newBuilder()
                .maximumSize(MAX_HOSTS)
                .expireAfterWrite(kept)
                .ticker(() -> Duration.between(start, clock.instant()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /** A check of this repository begins to wait for its turn. */
    void expect(Authorizer.Scope scope, String login) {
        expected.compute(Group.of(scope, login), (group, repositories) -> {
            Set<String> more = repositories == null ? new LinkedHashSet<>() : repositories;
            more.add(scope.repository());
            return more;
        });
    }

    /** The check has ended. */
    void ended(Authorizer.Scope scope, String login) {
        expected.computeIfPresent(Group.of(scope, login), (group, repositories) -> {
            repositories.remove(scope.repository());
            return repositories.isEmpty() ? null : repositories;
        });
    }

    /**
     * Requests to make together with this one, each for another repository of the same registry and login.
     *
     * @param wanted whether a token for this request is missing
     */
    List<TokenRequest> others(
            Authorizer.Scope scope, TokenRequest request, String login, Predicate<TokenRequest> wanted) {
        Group group = Group.of(scope, login);
        Integer learned = sizes.getIfPresent(group.registry());
        int size = learned == null ? MAX_SIZE : learned;
        if (size < 2 || paused.getIfPresent(group) != null || bindsTokens(scope)) {
            return List.of();
        }
        List<TokenRequest> others = new ArrayList<>();
        int characters = request.scope().length();
        for (String repository : some(group)) {
            TokenRequest other = request.about(repository);
            characters += other.scope().length();
            if (others.size() + 1 >= size || characters > MAX_CHARACTERS) {
                break;
            }
            if (!repository.equals(scope.repository()) && wanted.test(other)) {
                others.add(other);
            }
        }
        return others;
    }

    private Set<String> some(Group group) {
        Set<String> some = new LinkedHashSet<>();
        expected.computeIfPresent(group, (same, repositories) -> {
            repositories.stream().limit(MAX_LOOKED_AT).forEach(some::add);
            return repositories;
        });
        return some;
    }

    /** Google's registries give a token for one repository (Keel issue 190). */
    private static boolean bindsTokens(Authorizer.Scope scope) {
        return KnownRegistries.google(scope.endpoint().server());
    }

    /**
     * A request for several repositories failed. There are none for a while.
     *
     * @return whether it was refused; if the same is given for one repository, call {@link #refused}
     */
    boolean failed(Authorizer.Scope scope, String login, Throwable thrown) {
        paused.put(Group.of(scope, login), true);
        return RegistryException.unwrap(thrown) instanceof RegistryException refusal
                && !PASSING.contains(refusal.kind());
    }

    /** What was refused for several repositories was given for one: this registry's token server takes one scope only. */
    void refused(Authorizer.Scope scope) {
        sizes.put(scope.endpoint().address(), 1);
    }

    /** Whether a token for several repositories can be sent; otherwise there will be fewer the next time. */
    boolean accepts(Authorizer.Scope scope, Token token) {
        if (token.value().length() <= MAX_TOKEN) {
            return true;
        }
        sizes.put(scope.endpoint().address(), token.repositories() / 2);
        return false;
    }
}
