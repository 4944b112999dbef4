package io.jenkins.plugins.imageupdate.registry;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Where a registry may send the controller: a realm or redirect of a stranger must not turn it into a client of the internal network
 * or of a cloud's metadata server.
 */
public final class AddressRules {
    private static final String AZURE = "168.63.129.16";
    private static final Set<String> METADATA_SERVERS =
            Set.of("100.100.100.200", AZURE, "192.0.0.192", "fd00:ec2:0:0:0:0:0:254", "fd20:ce:0:0:0:0:0:254");

    private AddressRules() {}

    /**
     * Resolves a redirect. Fails with a {@link RegistryException} when it leaves https, or leads to another host with an internal
     * address.
     */
    static CompletableFuture<URI> redirect(RegistryEndpoint endpoint, URI from, String location, Executor executor) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        if (location.isEmpty()) {
                            throw new IllegalArgumentException();
                        }
                        URI target = from.resolve(location);
                        requireReachable(endpoint, from, target, "redirect");
                        return target;
                    } catch (IllegalArgumentException e) {
                        throw new CompletionException(
                                new RegistryException(FailureKind.NOT_A_REGISTRY, "a redirect to no address"));
                    } catch (RegistryException e) {
                        throw new CompletionException(e);
                    }
                },
                executor);
    }

    /**
     * Refuses targets that a registry at {@code from} has no business naming. Resolves host names, so it may block. A registry that an
     * administrator listed, and that is on a private network itself, may name its neighbours there, as self-hosted GitLab does with its
     * token server and Harbor with its storage.
     *
     * @param what the kind of target, for the message
     */
    public static void requireReachable(RegistryEndpoint endpoint, URI from, URI target, String what)
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
        boolean neighbours = endpoint.listed() && isPrivate(addresses(Origin.host(from)));
        for (InetAddress address : addresses(host)) {
            boolean allowed = neighbours && isPrivate(address);
            if (internal(address) && !allowed) {
                throw refused(what, "leads to another host with a loopback, private or link-local address");
            }
        }
    }

    /**
     * Refuses the addresses at which clouds hand their machines credentials, whoever named them: no registry is there. Resolves the
     * host's name, so it may block.
     */
    public static void requireNoMetadataServer(URI target) throws RegistryException {
        for (InetAddress address : addresses(Origin.host(target))) {
            if (metadata(address)) {
                throw new RegistryException(
                        FailureKind.CONFIGURATION,
                        "refused: the host has a link-local address or that of a cloud's metadata server");
            }
        }
    }

    /** Refuses a host of the internal network. Resolves its name, so it may block. */
    static void requirePublic(URI target) throws RegistryException {
        for (InetAddress address : addresses(Origin.host(target))) {
            if (internal(address)) {
                throw new RegistryException(
                        FailureKind.CONFIGURATION,
                        "refused: the host has a loopback or private address, and only a registry that an administrator listed under"
                                + " Container image registries may have one");
            }
        }
    }

    private static boolean isPrivate(InetAddress... addresses) {
        return addresses.length > 0 && Arrays.stream(addresses).allMatch(AddressRules::isPrivate);
    }

    /** RFC 1918 and RFC 4193. */
    private static boolean isPrivate(InetAddress address) {
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        return (address.isSiteLocalAddress() || uniqueLocal) && !metadata(address);
    }

    /** None where the name cannot be resolved here: a proxy may be able to, and without one the connection fails by itself. */
    private static InetAddress[] addresses(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            return new InetAddress[0];
        }
    }

    /** Link-local ones, which most clouds use, and those of Alibaba, Azure, Oracle, AWS and Google that are not. */
    static boolean metadata(InetAddress address) {
        return address.isLinkLocalAddress() || METADATA_SERVERS.contains(address.getHostAddress());
    }

    private static RegistryException refused(String what, String why) {
        return new RegistryException(FailureKind.NOT_A_REGISTRY, "refused: the " + what + " " + why);
    }

    /**
     * Addresses that are not on the public internet (IANA's special-purpose address registries), IPv4 ones inside IPv6 included. The
     * ranges for documentation are left alone: nothing answers there.
     */
    static boolean internal(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || address.getHostAddress().equals(AZURE)) {
            return true;
        }
        if (address instanceof Inet6Address) {
            boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
            return uniqueLocal || embeddedInternal(bytes);
        }
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean sharedSpace = first == 100 && second >= 64 && second < 128;
        boolean protocols = first == 192 && second == 0 && bytes[2] == 0;
        boolean benchmarks = first == 198 && (second == 18 || second == 19);
        return first == 0 || sharedSpace || protocols || benchmarks || first >= 240;
    }

    /**
     * 6to4 (2002::/16), NAT64 (64:ff9b::/96) and IPv4-compatible addresses carry an IPv4 one. Teredo (2001::/32) and local NAT64
     * (64:ff9b:1::/48, RFC 8215) hide it, and no registry is there.
     */
    private static boolean embeddedInternal(byte[] bytes) {
        boolean teredo = startsWith(bytes, 0x20, 0x01, 0, 0);
        boolean localNat64 = startsWith(bytes, 0, 0x64, 0xff, 0x9b, 0, 1);
        if (teredo || localNat64) {
            return true;
        }
        if (startsWith(bytes, 0x20, 0x02)) {
            return internal(embedded(bytes, 2));
        }
        boolean nat64 = startsWith(bytes, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0);
        boolean compatible = startsWith(bytes, new int[12]);
        return (nat64 || compatible) && internal(embedded(bytes, 12));
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress embedded(byte[] bytes, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
