package io.jenkins.plugins.imageupdate.registry.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Origin;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * All limits on checks and requests: how many checks run at once for a host, for a job and in all, how many names are looked up at
 * once, and when a host may be asked again.
 *
 * <p>Hosts that no administrator listed are named by job authors, who may own thousands of them, with name servers and servers that
 * never answer. They have limits of their own, so that they cannot keep a listed registry waiting.
 */
public final class Limits {
    /** Checks that run at once at listed registries. Each may have a connection of its own, and a process has some thousands. */
    static final int LISTED_CHECKS = 512;

    /** Checks that run at once at hosts that are not listed. */
    static final int UNLISTED_CHECKS = 128;

    /** Threads that wait for name servers at once, for listed registries and for others. */
    static final int LOOKUPS = 16;

    /** Checks of one job that are under way at once at all hosts that are not listed. Fewer than {@link #LOOKUPS}. */
    private static final int UNLISTED_CHECKS_OF_JOB = 12;

    private static final int CHECKS_OF_JOB = 32;
    private static final String UNLISTED_HOSTS = "";

    /** Hosts that are remembered, the most used ones first. */
    private static final int MAX_HOSTS = 10_000;

    private final Clock clock;
    private final HostQueue listedChecks;
    private final HostQueue unlistedChecks;
    private final HostQueue listedLookups;
    private final HostQueue unlistedLookups;
    private final Cache<String, HostQueue> hosts;

    Limits(Clock clock, Executor executor) {
        this.clock = clock;
        listedChecks = new HostQueue(clock, executor);
        unlistedChecks = new HostQueue(clock, executor);
        listedLookups = new HostQueue(clock, executor);
        unlistedLookups = new HostQueue(clock, executor);
        hosts = Caffeine.newBuilder()
                .maximumSize(MAX_HOSTS)
                .executor(Runnable::run)
                .build();
    }

    /**
     * How many checks of one job may be under way at one host, so that a job with thousands of images takes turns with the others.
     * Twice what the host is asked at once, so that no place there stays empty.
     */
    public static int checksOfJob(RegistryEndpoint endpoint) {
        return endpoint.listed() ? Math.max(CHECKS_OF_JOB, 2 * endpoint.parallel()) : UNLISTED_CHECKS_OF_JOB;
    }

    /** Images of one job whose endpoints have an equal key share {@link #checksOfJob}: those of one host, or of all unlisted hosts. */
    public static String jobKey(RegistryEndpoint endpoint) {
        return endpoint.listed() ? endpoint.host() : UNLISTED_HOSTS;
    }

    /** Runs a check when it is its turn at its host and in all. Fails at once while the host wants no requests. */
    public <T> CompletableFuture<T> check(RegistryEndpoint endpoint, Supplier<CompletableFuture<T>> check) {
        return host(endpoint.resolve(""))
                .run(
                        endpoint.parallel(),
                        () -> endpoint.listed()
                                ? listedChecks.run(LISTED_CHECKS, check)
                                : unlistedChecks.run(UNLISTED_CHECKS, check));
    }

    /** Runs a look-up of a name, which blocks a thread. */
    <T> CompletableFuture<T> lookup(RegistryEndpoint endpoint, Supplier<CompletableFuture<T>> lookup) {
        return (endpoint.listed() ? listedLookups : unlistedLookups).run(LOOKUPS, lookup);
    }

    /** The failure of a request that would be sent now, null while the host may be asked. */
    @CheckForNull
    RegistryException cooling(URI uri) {
        return host(uri).cooling();
    }

    /** Obeys a 429, and a 503 that names a time. */
    void note(URI asked, Response response) {
        Instant until =
                switch (response.status()) {
                    case 429 -> RetryAfter.orDefault(response, clock);
                    case 503 -> RetryAfter.of(response, clock);
                    default -> null;
                };
        if (until != null) {
            host(asked).coolDown(until);
        }
    }

    HostQueue host(URI uri) {
        return hosts.get(Origin.of(uri), origin -> new HostQueue(clock, listedChecks.executor()));
    }

    /** How many hosts are remembered. */
    long hosts() {
        hosts.cleanUp();
        return hosts.estimatedSize();
    }
}
