package io.jenkins.plugins.imageupdate.registry;

import java.net.URI;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Keeps requests from addresses that a job author has no business naming as a registry: clouds' metadata servers in any case, and the
 * internal network unless an administrator listed the registry. Nothing that was found is kept here: names are looked up again just
 * before each request, and the Java runtime keeps an address for half a minute, so that the one that was checked is the one that is
 * used. What is left of that gap is closed by the certificate, since a registry that nobody listed is asked by https only.
 */
final class AddressGuard {
    /** Name servers may be slow, and whoever names hosts may own such a one: only so many threads wait for any. */
    private static final int LOOKUPS = 16;

    private final Executor executor;
    private final HostGate listed;
    /** A line of their own, so that strangers' names keep no listed registry waiting. */
    private final HostGate unlisted;

    AddressGuard(Clock clock, Executor executor) {
        this.executor = executor;
        listed = new HostGate(clock, executor);
        unlisted = new HostGate(clock, executor);
    }

    private interface Rule<T> {
        T apply() throws RegistryException;
    }

    /** Completes when this may be asked, fails with a {@link RegistryException} when not. */
    CompletableFuture<?> check(RegistryEndpoint endpoint, URI uri) {
        return inTurn(endpoint, () -> {
            AddressRules.requireNoMetadataServer(uri);
            if (!endpoint.listed()) {
                AddressRules.requirePublic(uri);
            }
            return uri;
        });
    }

    /** As {@link AddressRules#requireReachable}. */
    CompletableFuture<?> reachable(RegistryEndpoint endpoint, URI from, URI target, String what) {
        return inTurn(endpoint, () -> {
            AddressRules.requireReachable(endpoint, from, target, what);
            return target;
        });
    }

    /** As {@link AddressRules#redirect}. */
    CompletableFuture<URI> redirect(RegistryEndpoint endpoint, URI from, String location) {
        return inTurn(endpoint, () -> AddressRules.redirect(endpoint, from, location));
    }

    private <T> CompletableFuture<T> inTurn(RegistryEndpoint endpoint, Rule<T> rule) {
        Supplier<T> lookup = () -> {
            try {
                return rule.apply();
            } catch (RegistryException e) {
                throw new CompletionException(e);
            }
        };
        return (endpoint.listed() ? listed : unlisted)
                .run(LOOKUPS, () -> CompletableFuture.supplyAsync(lookup, executor));
    }
}
