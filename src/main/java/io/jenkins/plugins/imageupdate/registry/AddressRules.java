package io.jenkins.plugins.imageupdate.registry;

import java.net.InetAddress;
import java.net.URI;

/**
 * Where a registry may send the controller: a realm or redirect of a stranger must not turn it into a client of the internal network
 * or of a cloud's metadata server. All of it resolves host names, so it may block; {@link AddressGuard} asks it for every request.
 */
final class AddressRules {
    private AddressRules() {}

    /** The address that a redirect leads to; refused as {@link #requireReachable} does. */
    static URI redirect(RegistryEndpoint endpoint, URI from, String location) throws RegistryException {
        URI target;
        try {
            if (location.isEmpty()) {
                throw new IllegalArgumentException();
            }
            target = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(FailureKind.NOT_A_REGISTRY, "a redirect to no address");
        }
        requireReachable(endpoint, from, target, "redirect");
        return target;
    }

    /**
     * Refuses targets that a registry at {@code from} has no business naming. A registry that an administrator listed, and that is on a
     * private network itself, may name its neighbours there, as self-hosted GitLab does with its token server and Harbor with its
     * storage.
     *
     * @param what the kind of target, for the message
     */
    static void requireReachable(RegistryEndpoint endpoint, URI from, URI target, String what)
            throws RegistryException {
        String host = Origin.host(target);
        boolean https = "https".equalsIgnoreCase(target.getScheme());
        boolean http = "http".equalsIgnoreCase(target.getScheme());
        if (host.isEmpty() || !https && !http || target.getRawUserInfo() != null) {
            throw refused(what, "is no plain http or https address");
        }
        if (!https && "https".equalsIgnoreCase(from.getScheme())) {
            throw refused(what, "of an https registry leads to unencrypted http");
        }
        if (Origin.same(from, target)) {
            return;
        }
        if (Addresses.ambiguous(target.getHost())) {
            throw refused(what, "leads to an IP address in an unusual spelling");
        }
        boolean neighbours = endpoint.listed() && Addresses.allPrivate(addresses(from));
        for (InetAddress address : addresses(target)) {
            boolean allowed = neighbours && Addresses.isPrivate(address);
            if (Addresses.internal(address) && !allowed) {
                throw refused(
                        what,
                        "leads to another host with a loopback, private or link-local address, as only a registry on a private network"
                                + " that an administrator listed may");
            }
        }
    }

    /** Refuses what nobody may be asked at: where clouds hand their machines credentials, and what is read in two ways. */
    static void requireNoMetadataServer(URI target) throws RegistryException {
        if (!Origin.host(target).isEmpty() && Addresses.ambiguous(target.getHost())) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION, "refused: the host is an IP address in an unusual spelling");
        }
        for (InetAddress address : addresses(target)) {
            if (Addresses.metadata(address)) {
                throw new RegistryException(
                        FailureKind.CONFIGURATION,
                        "refused: the host has a link-local address or that of a cloud's metadata server");
            }
        }
    }

    /** Refuses a host of the internal network. */
    static void requirePublic(URI target) throws RegistryException {
        for (InetAddress address : addresses(target)) {
            if (Addresses.internal(address)) {
                throw new RegistryException(
                        FailureKind.CONFIGURATION,
                        "refused: the host has a loopback or private address, and only a registry that an administrator listed under"
                                + " Container image registries may have one");
            }
        }
    }

    /** Of the name as it stands there: with a dot at its end it may be another one's than without. */
    private static InetAddress[] addresses(URI uri) {
        return Addresses.of(uri.getHost() == null ? "" : uri.getHost());
    }

    private static RegistryException refused(String what, String why) {
        return new RegistryException(FailureKind.NOT_A_REGISTRY, "refused: the " + what + " " + why);
    }
}
