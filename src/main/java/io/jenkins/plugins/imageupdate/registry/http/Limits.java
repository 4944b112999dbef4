package io.jenkins.plugins.imageupdate.registry.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Origin;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * All limits on checks and requests: how many checks run at once for a host, for a job ({@link JobLimits}) and in all, how many names are
 * looked up at once, and when a host may be asked again.
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

    /** Pauses up to this length are waited out within a check. */
    static final Duration SHORT_PAUSE = Duration.ofSeconds(10);

    /** Refusal, token, digest, and the reason of a failure. */
    private static final int REQUESTS_OF_CHECK = 4;

    /** Hosts that are remembered, the most used ones first. */
    private static final int MAX_HOSTS = 10_000;

    private final Clock clock;
    private final HostQueue listedChecks;
    private final HostQueue unlistedChecks;
    private final HostQueue listedLookups;
    private final HostQueue unlistedLookups;
    private final Cache<String, HostQueue> hosts;

    /** By {@link RegistryEndpoint#address}: parsing an address is a good part of what a check costs. */
    private final Cache<String, String> origins;

    /** By origin and login. */
    private final Cache<List<String>, Pace> paces;

    Limits(Clock clock, Executor executor) {
        this.clock = clock;
        listedChecks = new HostQueue(clock, executor);
        unlistedChecks = new HostQueue(clock, executor);
        listedLookups = new HostQueue(clock, executor);
        unlistedLookups = new HostQueue(clock, executor);
        hosts = newCache();
        origins = newCache();
        paces = newCache();
    }

    private static <K, V> Cache<K, V> newCache() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_HOSTS)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Runs a check when it is its turn at its host and in all. Fails at once while the host wants no requests of this login.
     *
     * @param login names the login, see {@link Request#login}
     */
    public <T> CompletableFuture<T> check(
            RegistryEndpoint endpoint, String login, Supplier<CompletableFuture<T>> check) {
        return host(origins.get(endpoint.address(), address -> Origin.of(URI.create(address))))
                .run(
                        parallel(endpoint),
                        login,
                        () -> endpoint.listed()
                                ? listedChecks.run(LISTED_CHECKS, check)
                                : unlistedChecks.run(UNLISTED_CHECKS, check));
    }

    /** No more checks at once than the registry's rate lets end before their timeout. */
    private static int parallel(RegistryEndpoint endpoint) {
        if (endpoint.requestsPerSecond() <= 0) {
            return endpoint.parallel();
        }
        double inTime = endpoint.requestsPerSecond() * endpoint.timeout().toSeconds() / REQUESTS_OF_CHECK;
        return (int) Math.max(1, Math.min(endpoint.parallel(), inTime));
    }

    /** Runs a look-up of a name, which blocks a thread. */
    <T> CompletableFuture<T> lookup(RegistryEndpoint endpoint, Supplier<CompletableFuture<T>> lookup) {
        return (endpoint.listed() ? listedLookups : unlistedLookups).run(LOOKUPS, lookup);
    }

    /**
     * How long a request has to wait for its place: the host's rate, and short pauses that it wants. Fails as
     * {@link FailureKind#RATE_LIMITED} during a long pause, or if no place is free before the deadline.
     */
    Duration place(Request request) throws RegistryException {
        RegistryException cooling = host(request.uri()).cooling(request.login());
        if (cooling != null) {
            throw cooling;
        }
        Instant now = clock.instant();
        double rate = request.endpoint().has(request.uri()) ? request.endpoint().requestsPerSecond() : 0;
        Duration interval = rate <= 0 ? Duration.ZERO : Duration.ofNanos((long) (1e9 / rate));
        Instant place = pace(request).next(now, interval, request.deadline());
        if (place.isAfter(request.deadline()) && place.isAfter(now)) {
            throw new RegistryException(
                    FailureKind.RATE_LIMITED, "not asked: there was no place for a request in time", place);
        }
        return Duration.between(now, place);
    }

    /**
     * Obeys a 429, and a 503 that names a time: a short pause is waited for by later requests, during a long one they fail.
     *
     * @return whether the request is worth repeating within its deadline, after the next {@link #place}
     */
    boolean note(Request request, Response response) {
        Instant now = clock.instant();
        Instant named = RetryAfter.of(response, clock);
        if (response.status() == 503 && named != null) {
            host(request.uri()).coolDown(named);
        }
        if (!tooMany(request, response)) {
            pace(request).accepted(now);
            return false;
        }
        Instant until = named == null || !named.isAfter(now) ? pace(request).refused(now) : named;
        if (until.isAfter(now.plus(SHORT_PAUSE)) || !until.isBefore(request.deadline())) {
            host(request.uri()).coolDown(request.login(), until);
            return false;
        }
        pace(request).pause(until);
        return true;
    }

    /** By the status; by the words where the status is another one. A login that is not looked at for a while is not asked again. */
    private static boolean tooMany(Request request, Response response) {
        if (response.status() < 400 || response.status() >= 500) {
            return false;
        }
        Said said = Said.in(response);
        boolean locked = said.failedLogins() && !request.login().isEmpty();
        return !locked && (response.status() == 429 || said.tooMany());
    }

    private Pace pace(Request request) {
        return paces.get(List.of(Origin.of(request.uri()), request.login()), unknown -> new Pace());
    }

    /**
     * Returns the limits of one job.
     *
     * @param executor starts checks; a check may block one of its threads at each host
     */
    public JobLimits job(Executor executor) {
        return new JobLimits(clock, executor);
    }

    HostQueue host(URI uri) {
        return host(Origin.of(uri));
    }

    private HostQueue host(String origin) {
        return hosts.get(origin, unknown -> new HostQueue(clock, listedChecks.executor()));
    }

    /** How many hosts are remembered. */
    long hosts() {
        hosts.cleanUp();
        return hosts.estimatedSize();
    }
}
