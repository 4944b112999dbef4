package io.jenkins.plugins.imageupdate.registry;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation (RFC 4632, RFC 4291), such as {@code 198.18.0.0/15} or {@code fd00::/8}.
 *
 * @param network an address of the range
 * @param bits length of the prefix
 */
public record AddressRange(InetAddress network, int bits) {
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    public AddressRange {
        if (bits < 0 || bits > 8 * network.getAddress().length) {
            throw new IllegalArgumentException("a prefix of " + bits + " bits is too long for "
                    + network.getHostAddress() + ", which has " + 8 * network.getAddress().length);
        }
    }

    /**
     * Reads ranges between commas or white space; a single address is a range of its own. No name is looked up.
     *
     * @throws IllegalArgumentException names the range that is wrong, and a right one
     */
    public static List<AddressRange> parseList(String text) {
        return Arrays.stream(text.split("[\\s,]+"))
                .filter(each -> !each.isEmpty())
                .map(AddressRange::parse)
                .toList();
    }

    private static AddressRange parse(String text) {
        String[] parts = text.split("/", -1);
        boolean wellFormed = parts.length <= 2
                && ADDRESS.matcher(parts[0]).matches()
                && (parts.length == 1 || LENGTH.matcher(parts[1]).matches());
        try {
            if (wellFormed) {
                InetAddress network = InetAddress.getByName(parts[0]);
                int all = 8 * network.getAddress().length;
                int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
                if (bits <= all) {
                    return new AddressRange(network, bits);
                }
            }
        } catch (UnknownHostException e) {
            wellFormed = false;
        }
        throw new IllegalArgumentException(
                "\"" + Printable.of(text) + "\" is not a range of addresses: write one such as 10.0.0.0/8 or fd00::/8");
    }

    public boolean contains(InetAddress address) {
        byte[] one = network.getAddress();
        byte[] other = address.getAddress();
        int rest = 8 * one.length - bits;
        return one.length == other.length
                && new BigInteger(1, one).shiftRight(rest).equals(new BigInteger(1, other).shiftRight(rest));
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + bits;
    }
}
