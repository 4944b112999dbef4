package io.jenkins.plugins.imageupdate.registry.http;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Origin;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Which addresses requests may go to. Clouds' metadata servers are always refused, the internal network unless an administrator listed
 * the registry. A realm or redirect must not turn the controller into a client of either.
 *
 * <p>Names are looked up again just before each request and nothing is kept here. The Java runtime keeps an address for half a minute,
 * so the address that is checked is the one that is used. The certificate closes the gap that is left, since a registry that is not
 * listed is asked by https only.
 */
public final class AddressRules {
    private final Limits limits;
    private final Executor executor;

    AddressRules(Limits limits, Executor executor) {
        this.limits = limits;
        this.executor = executor;
    }

    /** Completes if a request may be sent there. Fails with a {@link RegistryException} if not. */
    public CompletableFuture<?> checkRequest(RegistryEndpoint endpoint, URI uri) {
        return lookup(endpoint, () -> {
            requireNoMetadataServer(uri);
            if (!endpoint.listed()) {
                requirePublic(uri);
            }
            return uri;
        });
    }

    /** Completes if the registry may name that token server. Fails with a {@link RegistryException} if not. */
    public CompletableFuture<?> checkTokenServer(RegistryEndpoint endpoint, URI realm) {
        return lookup(endpoint, () -> {
            requireReachable(endpoint, endpoint.resolve(""), realm, "token server");
            return realm;
        });
    }

    /** The target of a redirect. Fails with a {@link RegistryException} if the registry may not name it. */
    CompletableFuture<URI> checkRedirect(RegistryEndpoint endpoint, URI from, String location) {
        return lookup(endpoint, () -> redirect(endpoint, from, location));
    }

    private interface Rule<T> {
        T apply() throws RegistryException;
    }

    private <T> CompletableFuture<T> lookup(RegistryEndpoint endpoint, Rule<T> rule) {
        Supplier<T> blocking = () -> {
            try {
                return rule.apply();
            } catch (RegistryException e) {
                throw new CompletionException(e);
            }
        };
        return limits.lookup(endpoint, () -> CompletableFuture.supplyAsync(blocking, executor));
    }

    static URI redirect(RegistryEndpoint endpoint, URI from, String location) throws RegistryException {
        URI target;
        try {
            if (location.isEmpty()) {
                throw new IllegalArgumentException();
            }
            target = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(FailureKind.NOT_A_REGISTRY, "a redirect without a valid address");
        }
        requireReachable(endpoint, from, target, "target of its redirect");
        return target;
    }

    /**
     * Refuses targets that a registry at {@code from} may not name. A registry that an administrator listed, and that is on a private
     * network itself, may name hosts on a private network, as self-hosted GitLab does with its token server and Harbor with its
     * storage. Other internal addresses are allowed one by one, by the registry's setting.
     *
     * @param what the kind of target, for the message
     */
    static void requireReachable(RegistryEndpoint endpoint, URI from, URI target, String what)
            throws RegistryException {
        String host = Origin.host(target);
        boolean https = "https".equalsIgnoreCase(target.getScheme());
        boolean http = "http".equalsIgnoreCase(target.getScheme());
        if (host.isEmpty() || !https && !http || target.getRawUserInfo() != null) {
            throw refused(
                    "the " + what
                            + " is not a plain http or https address with a host; the registry's external URL may be set wrongly");
        }
        if (!https && "https".equalsIgnoreCase(from.getScheme())) {
            throw refused(
                    "the " + what + ", " + target.getRawAuthority() + ", is named by unencrypted http although the"
                            + " registry is asked by https; the registry's external URL, or X-Forwarded-Proto of the proxy in"
                            + " front of it, is set wrongly");
        }
        if (Origin.same(from, target)) {
            return;
        }
        if (Addresses.ambiguous(target.getHost())) {
            throw refused("the " + what + " is an IP address in an unusual spelling");
        }
        boolean neighbours = endpoint.listed() && Addresses.allPrivate(addresses(from));
        for (InetAddress address : addresses(target)) {
            boolean allowed = neighbours && Addresses.isPrivate(address) || allowed(endpoint, address);
            if (Addresses.internal(address) && !allowed) {
                throw refused("the " + what + ", " + target.getRawAuthority() + ", has the internal address "
                        + address.getHostAddress()
                        + (address.isLoopbackAddress()
                                ? ", which is the controller itself: the registry's external URL may be set wrongly"
                                : "")
                        + (endpoint.listed()
                                ? "; an administrator can allow it by Allowed addresses in the registry's entry under Container image"
                                        + " registries"
                                : "; an administrator can add the registry under Container image registries, and allow the address"
                                        + " there by Allowed addresses"));
            }
        }
    }

    private static boolean allowed(RegistryEndpoint endpoint, InetAddress address) {
        return endpoint.listed()
                && !Addresses.metadata(address)
                && endpoint.allowedAddresses().stream().anyMatch(range -> range.contains(address));
    }

    /** Refuses addresses that clouds give credentials at, and addresses that programs read in two ways. */
    static void requireNoMetadataServer(URI target) throws RegistryException {
        if (!Origin.host(target).isEmpty() && Addresses.ambiguous(target.getHost())) {
            throw refused(target.getRawAuthority() + " is an IP address in an unusual spelling");
        }
        for (InetAddress address : addresses(target)) {
            if (Addresses.metadata(address)) {
                throw refused(target.getRawAuthority() + " has the address " + address.getHostAddress()
                        + ", which is link-local or that of a cloud's metadata server");
            }
        }
    }

    /** Refuses a host of the internal network. */
    static void requirePublic(URI target) throws RegistryException {
        for (InetAddress address : addresses(target)) {
            if (Addresses.internal(address)) {
                throw refused(target.getRawAuthority() + " has the internal address " + address.getHostAddress()
                        + ", which only a registry may have that an administrator listed under Container image"
                        + " registries");
            }
        }
    }

    /** Of the name as it is written: with a dot at its end it may be another host's than without. */
    private static InetAddress[] addresses(URI uri) {
        return Addresses.of(uri.getHost() == null ? "" : uri.getHost());
    }

    private static RegistryException refused(String why) {
        return new RegistryException(FailureKind.CONFIGURATION, "refused: " + why);
    }
}
