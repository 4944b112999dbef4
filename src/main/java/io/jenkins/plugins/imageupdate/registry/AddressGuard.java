package io.jenkins.plugins.imageupdate.registry;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Keeps requests from addresses that a job author has no business naming as a registry: clouds' metadata servers in any case, and the
 * internal network unless an administrator listed the registry. What was found of a host holds for a while: names are resolved with a
 * thread that waits, and the Java runtime keeps an address about as long, so that the one that was checked is the one that is used.
 */
final class AddressGuard {
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int MAX_HOSTS = 1_000;

    private record Host(String name, boolean listed) {}

    private final Executor executor;

    /** By host, why it may not be asked: as a value, since Caffeine logs every load that fails. */
    private final AsyncCache<Host, Optional<RegistryException>> refusals;

    AddressGuard(Executor executor) {
        this.executor = executor;
        refusals = Caffeine.newBuilder()
                .maximumSize(MAX_HOSTS)
                .expireAfterWrite(KEPT)
                .executor(Runnable::run)
                .buildAsync();
    }

    /** Completes when this may be asked, fails with a {@link RegistryException} when not. */
    CompletableFuture<?> check(RegistryEndpoint endpoint, URI uri) {
        return refusals.get(
                        new Host(Origin.host(uri), endpoint.listed()),
                        (host, unused) -> CompletableFuture.supplyAsync(() -> lookUp(host, uri), executor))
                .thenCompose(refusal -> refusal.isPresent()
                        ? CompletableFuture.failedFuture(refusal.get())
                        : CompletableFuture.completedFuture(null));
    }

    private static Optional<RegistryException> lookUp(Host host, URI uri) {
        try {
            AddressRules.requireNoMetadataServer(uri);
            if (!host.listed()) {
                AddressRules.requirePublic(uri);
            }
            return Optional.empty();
        } catch (RegistryException e) {
            return Optional.of(e);
        }
    }
}
