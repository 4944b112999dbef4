package io.jenkins.plugins.imageupdate.registry.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which part of the network an address belongs to, however it is written. */
final class Addresses {
    private static final String AZURE = "168.63.129.16";
    private static final Set<String> METADATA_SERVERS =
            Set.of("100.100.100.200", AZURE, "192.0.0.192", "fd00:ec2:0:0:0:0:0:254", "fd20:ce:0:0:0:0:0:254");

    private static final String OCTET = "(?:0|[1-9][0-9]{0,2})";
    private static final Pattern DOTTED_QUAD = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    /** The URL Standard's "ends in a number": some programs read such a host as an IPv4 address. */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    private Addresses() {}

    /** Empty if the name cannot be resolved here. A proxy may be able to; without one the connection fails anyway. */
    static InetAddress[] of(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            return new InetAddress[0];
        }
    }

    /**
     * Whether an address is written in one of the forms that programs read differently: in one number, in octal or hexadecimal, with
     * fewer parts, with a zone. Java takes 0177.0.0.1 for 177.0.0.1, a proxy may take it for 127.0.0.1.
     *
     * @param host as a URI has it, IPv6 addresses in brackets
     */
    static boolean ambiguous(String host) {
        return host.startsWith("[")
                ? host.indexOf('%') >= 0 || of(host).length == 0
                : ENDS_IN_NUMBER.matcher(host).matches()
                        && !DOTTED_QUAD.matcher(host).matches();
    }

    /** Link-local ones, which most clouds use, and those of Alibaba, Azure, Oracle, AWS and Google that are not. */
    static boolean metadata(InetAddress address) {
        if (address.isLinkLocalAddress()
                || METADATA_SERVERS.contains(address.getHostAddress().toLowerCase(Locale.ROOT))) {
            return true;
        }
        InetAddress inside = embedded(address.getAddress());
        return inside != null && metadata(inside);
    }

    static boolean allPrivate(InetAddress... addresses) {
        return addresses.length > 0 && Arrays.stream(addresses).allMatch(Addresses::isPrivate);
    }

    /** RFC 1918 and RFC 4193. */
    static boolean isPrivate(InetAddress address) {
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        return (address.isSiteLocalAddress() || uniqueLocal) && !metadata(address);
    }

    /**
     * Addresses that are not on the public internet (IANA's special-purpose address registries), IPv4 ones inside IPv6 included. The
     * ranges for documentation are left alone: nothing answers there.
     */
    static boolean internal(InetAddress address) {
        return address instanceof Inet6Address
                ? internal6(address.getAddress())
                : address.isAnyLocalAddress()
                        || address.isLoopbackAddress()
                        || address.isLinkLocalAddress()
                        || address.isSiteLocalAddress()
                        || address.isMulticastAddress()
                        || address.getHostAddress().equals(AZURE)
                        || special(address.getAddress());
    }

    private static boolean special(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean sharedSpace = first == 100 && second >= 64 && second < 128;
        boolean protocols = first == 192 && second == 0 && bytes[2] == 0;
        boolean benchmarks = first == 198 && (second == 18 || second == 19);
        return first == 0 || sharedSpace || protocols || benchmarks || first >= 240;
    }

    /**
     * Public are those in 2000::/3 alone, without 2001::/23, which Teredo and other protocols have; and NAT64's, if the IPv4 address
     * inside is. So is a 6to4 address.
     */
    private static boolean internal6(byte[] bytes) {
        InetAddress inside = embedded(bytes);
        if (inside != null) {
            return internal(inside);
        }
        boolean global = (bytes[0] & 0xe0) == 0x20;
        boolean protocols = startsWith(bytes, 0x20, 0x01, 0) || startsWith(bytes, 0x20, 0x01, 1);
        return !global || protocols;
    }

    /** The IPv4 address inside a 6to4 (2002::/16) or NAT64 (64:ff9b::/96) one, null when there is none. */
    @CheckForNull
    private static InetAddress embedded(byte[] bytes) {
        if (bytes.length == 4) {
            return null;
        }
        boolean nat64 = startsWith(bytes, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0);
        int offset = nat64 ? 12 : startsWith(bytes, 0x20, 0x02) ? 2 : -1;
        try {
            return offset < 0 ? null : InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
