package io.jenkins.plugins.imageupdate.registry;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Where a registry may send the controller: a realm or redirect of a stranger must not turn it into a client of the internal network
 * or of a cloud's metadata server.
 */
public final class AddressRules {
    private AddressRules() {}

    /**
     * Resolves a redirect. Fails with a {@link RegistryException} when it leaves https, or leads to another host with an internal
     * address.
     */
    static CompletableFuture<URI> redirect(URI from, String location, Executor executor) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        if (location.isEmpty()) {
                            throw new IllegalArgumentException();
                        }
                        URI target = from.resolve(location);
                        requireReachable(from, target, "redirect");
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
     * Refuses targets that a registry at {@code from} has no business naming. Resolves the host's name, so it may block.
     *
     * @param what the kind of target, for the message
     */
    public static void requireReachable(URI from, URI target, String what) throws RegistryException {
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
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (internal(address)) {
                    throw refused(what, "leads to another host with a loopback, private or link-local address");
                }
            }
        } catch (UnknownHostException e) {
            throw new RegistryException(FailureKind.UNREACHABLE, "the " + what + "'s host name cannot be resolved");
        }
    }

    private static RegistryException refused(String what, String why) {
        return new RegistryException(FailureKind.NOT_A_REGISTRY, "refused: the " + what + " " + why);
    }

    /** Addresses that are not on the public internet, IPv4 ones inside IPv6 included. */
    static boolean internal(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        if (address instanceof Inet6Address) {
            boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
            return uniqueLocal || embeddedInternal(bytes);
        }
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean sharedSpace = first == 100 && second >= 64 && second < 128;
        return first == 0 || sharedSpace || first >= 240;
    }

    /** 6to4 (2002::/16), NAT64 (64:ff9b::/96) and IPv4-compatible addresses carry an IPv4 one. */
    private static boolean embeddedInternal(byte[] bytes) {
        int offset = bytes[0] == 0x20 && bytes[1] == 0x02 ? 2 : 12;
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        boolean compatible = true;
        for (int i = 0; i < 12; i++) {
            compatible &= bytes[i] == 0;
        }
        if (offset == 12 && !nat64 && !compatible) {
            return false;
        }
        try {
            byte[] embedded = new byte[4];
            System.arraycopy(bytes, offset, embedded, 0, 4);
            return internal(InetAddress.getByAddress(embedded));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
