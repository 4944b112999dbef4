package io.jenkins.plugins.imageupdate.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How one registry host is reached.
 *
 * @param host host and optional port, as in an {@link ImageReference}
 * @param plainHttp http instead of https, which an administrator must have chosen for this host
 * @param timeout deadline of one check: token, redirects and retries included
 * @param parallel how many requests to this host may run at once
 * @param googleKeysAllowed whether an administrator lets Google keys and tokens go to this host although it is not Google's
 * @param listed whether an administrator listed the registry: other hosts may not be on the internal network, since job authors name
 *     them
 * @param allowedAddresses internal addresses that the token server and the redirect targets of a listed registry may have; an
 *     administrator's choice
 * @param requestsPerSecond how many requests a second the registry accepts, 0 for no limit
 */
public record RegistryEndpoint(
        String host,
        boolean plainHttp,
        Duration timeout,
        int parallel,
        boolean googleKeysAllowed,
        boolean listed,
        List<AddressRange> allowedAddresses,
        double requestsPerSecond) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    public static final int DEFAULT_PARALLEL = 8;
    private static final int MAX_REQUESTS_PER_SECOND = 10_000;

    public RegistryEndpoint {
        if (parallel < 1) {
            throw new IllegalArgumentException("parallel requests must be 1 or more, not " + parallel);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout must be longer than zero");
        }
        if (!(requestsPerSecond >= 0 && requestsPerSecond <= MAX_REQUESTS_PER_SECOND)) {
            throw new IllegalArgumentException("requests per second must be a number from 0 (no limit) to "
                    + MAX_REQUESTS_PER_SECOND + ", not " + requestsPerSecond);
        }
        allowedAddresses = List.copyOf(allowedAddresses);
    }

    /** A registry without settings of its own for addresses; its rate is the one that is known of it. */
    public RegistryEndpoint(
            String host, boolean plainHttp, Duration timeout, int parallel, boolean googleKeysAllowed, boolean listed) {
        this(
                host,
                plainHttp,
                timeout,
                parallel,
                googleKeysAllowed,
                listed,
                List.of(),
                KnownRegistries.requestsPerSecond(host));
    }

    /** A registry that an administrator listed. */
    public RegistryEndpoint(String host, boolean plainHttp, Duration timeout, int parallel, boolean googleKeysAllowed) {
        this(host, plainHttp, timeout, parallel, googleKeysAllowed, true);
    }

    /** A host that no administrator listed: https, on the public internet, and no more than the defaults. */
    public static RegistryEndpoint of(String host) {
        return new RegistryEndpoint(host, false, DEFAULT_TIMEOUT, DEFAULT_PARALLEL, false, false);
    }

    public RegistryEndpoint withAllowedAddresses(List<AddressRange> ranges) {
        return new RegistryEndpoint(
                host, plainHttp, timeout, parallel, googleKeysAllowed, listed, ranges, requestsPerSecond);
    }

    /** @param rate 0 for no limit */
    public RegistryEndpoint withRequestsPerSecond(double rate) {
        return new RegistryEndpoint(
                host, plainHttp, timeout, parallel, googleKeysAllowed, listed, allowedAddresses, rate);
    }

    /** Docker Hub's images are named after one host and served by another. */
    private String server() {
        return host.equals("docker.io") ? "registry-1.docker.io" : host;
    }

    /** What the addresses of all its resources begin with: {@code https://gcr.io/v2/}. */
    public String address() {
        return (plainHttp ? "http" : "https") + "://" + server() + "/v2/";
    }

    /** The address of a path below {@code /v2/} (distribution-spec, "Endpoints"). */
    public URI resolve(String path) {
        return URI.create(address() + path);
    }

    /**
     * The registry at an address that this one redirects to: without Google identities, and with a public address at every request, like a
     * host that is not listed.
     */
    public RegistryEndpoint redirectedTo(URI uri) {
        boolean plain = "http".equalsIgnoreCase(uri.getScheme());
        return new RegistryEndpoint(uri.getRawAuthority(), plain, timeout, parallel, false, false);
    }

    /** Whether an address is of the registry's own origin. */
    public boolean has(URI uri) {
        return uri.toString().startsWith(address()) || Origin.same(resolve(""), uri);
    }
}
