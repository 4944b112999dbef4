package io.jenkins.plugins.imageupdate.registry;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Keeps requests from link-local addresses and clouds' metadata servers, which a job author could name as a registry. A host that was
 * found harmless is not looked up again for a while: names are resolved with a thread that waits.
 */
final class MetadataGuard {
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int MAX_HOSTS = 1_000;

    private final Executor executor;

    /** By host, why it may not be asked: as a value, since Caffeine logs every load that fails. */
    private final AsyncCache<String, Optional<RegistryException>> refusals;

    MetadataGuard(Executor executor) {
        this.executor = executor;
        refusals = Caffeine.newBuilder()
                .maximumSize(MAX_HOSTS)
                .expireAfterWrite(KEPT)
                .executor(Runnable::run)
                .buildAsync();
    }

    /** Completes when this may be asked, fails with a {@link RegistryException} when not. */
    CompletableFuture<?> check(URI uri) {
        return refusals.get(
                        Origin.host(uri), (host, unused) -> CompletableFuture.supplyAsync(() -> lookUp(uri), executor))
                .thenCompose(refusal -> refusal.isPresent()
                        ? CompletableFuture.failedFuture(refusal.get())
                        : CompletableFuture.completedFuture(null));
    }

    private static Optional<RegistryException> lookUp(URI uri) {
        try {
            AddressRules.requireNoMetadataServer(uri);
            return Optional.empty();
        } catch (RegistryException e) {
            return Optional.of(e);
        }
    }
}
