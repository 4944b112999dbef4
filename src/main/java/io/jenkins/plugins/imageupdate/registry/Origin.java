package io.jenkins.plugins.imageupdate.registry;

import java.net.URI;
import java.util.Locale;

/** The origin of RFC 6454: scheme, host and port, which a credential never leaves. */
public final class Origin {
    private Origin() {}

    /** {@code scheme://host:port} in lower case, with the scheme's own port where none is written. */
    public static String of(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("http") ? 80 : 443;
        return scheme + "://" + host(uri) + ":" + port;
    }

    /** Whether both have one origin; URIs without a host, which nothing can be sent to, have none. */
    public static boolean same(URI one, URI other) {
        return !host(one).isEmpty() && of(one).equals(of(other));
    }

    /** The host in lower case, without a dot at its end; empty when there is none. */
    public static String host(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
