package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
 * @param mirror host and optional port that is asked in place of the registry, null for the registry itself; names of images stay the
 *     same
 * @param headers further headers of each request to this registry, and to no other host; secrets
 * @param tls names the TLS settings of its connections, which the HTTP client is chosen by; null for those of its host
 * @param pushTimesBelieved whether an administrator lets the times of pushes count that its tag lists contain, although it is not
 *     Google's
 */
public record RegistryEndpoint(
        String host,
        boolean plainHttp,
        Duration timeout,
        int parallel,
        boolean googleKeysAllowed,
        boolean listed,
        List<AddressRange> allowedAddresses,
        double requestsPerSecond,
        @CheckForNull String mirror,
        Map<String, String> headers,
        @CheckForNull String tls,
        boolean pushTimesBelieved) {
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
        headers = Map.copyOf(headers);
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
                KnownRegistries.requestsPerSecond(host),
                null,
                Map.of(),
                null,
                false);
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
        return with(ranges, requestsPerSecond, mirror, headers, tls, pushTimesBelieved);
    }

    /** @param rate 0 for no limit */
    public RegistryEndpoint withRequestsPerSecond(double rate) {
        return with(allowedAddresses, rate, mirror, headers, tls, pushTimesBelieved);
    }

    /**
     * The same registry, asked at another host.
     *
     * @param other host and optional port, such as {@code mirror.gcr.io}; null for the registry's own
     */
    public RegistryEndpoint withMirror(@CheckForNull String other) {
        String known =
                other == null ? null : ImageReference.parse(other + "/x/x").host();
        return with(allowedAddresses, requestsPerSecond, known, headers, tls, pushTimesBelieved);
    }

    /** @param further by name, see {@link ExtraHeaders} */
    public RegistryEndpoint withHeaders(Map<String, String> further) {
        return with(allowedAddresses, requestsPerSecond, mirror, further, tls, pushTimesBelieved);
    }

    /** @param name of the TLS settings; null for those of the host */
    public RegistryEndpoint withTls(@CheckForNull String name) {
        return with(allowedAddresses, requestsPerSecond, mirror, headers, name, pushTimesBelieved);
    }

    /** @param believed whether the times of pushes in its tag lists count, although it is not Google's */
    public RegistryEndpoint withPushTimesBelieved(boolean believed) {
        return with(allowedAddresses, requestsPerSecond, mirror, headers, tls, believed);
    }

    private RegistryEndpoint with(
            List<AddressRange> ranges,
            double rate,
            @CheckForNull String otherHost,
            Map<String, String> further,
            @CheckForNull String tlsName,
            boolean believed) {
        return new RegistryEndpoint(
                host,
                plainHttp,
                timeout,
                parallel,
                googleKeysAllowed,
                listed,
                ranges,
                rate,
                otherHost,
                further,
                tlsName,
                believed);
    }

    /** The host that is asked, with its optional port. Docker Hub's images are named after one host and served by another. */
    public String server() {
        if (mirror != null) {
            return mirror;
        }
        return host.equals("docker.io") ? "registry-1.docker.io" : host;
    }

    /** Whether its tag lists tell when an image was pushed, and that counts. Only of what comes from the registry itself. */
    public boolean pushTimes() {
        return pushTimesBelieved || !plainHttp && KnownRegistries.google(server());
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

    /** Without the headers' values, which are secrets. */
    @Override
    public String toString() {
        return "RegistryEndpoint[" + address() + ", headers=" + headers.keySet() + "]";
    }
}
