package io.jenkins.plugins.imageupdate.registry.auth.google;

import io.jenkins.plugins.imageupdate.registry.Origin;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Which addresses may give a workload's own token. That token is good for Google's, so it travels encrypted, or does not leave the
 * machine: agents listen on loopback addresses, clouds' metadata servers on link-local ones. Names count as they are written, so that
 * no name server decides.
 */
final class LocalAddress {
    private static final Pattern LOCAL = Pattern.compile(
            "localhost|127(?:\\.\\d{1,3}){3}|\\[::1\\]" + "|169\\.254(?:\\.\\d{1,3}){2}|\\[fe80:[0-9a-f:]{1,39}\\]");

    private LocalAddress() {}

    static boolean mayBeAsked(URI url) {
        boolean https = "https".equalsIgnoreCase(url.getScheme());
        boolean plain = "http".equalsIgnoreCase(url.getScheme());
        boolean somewhere = !Origin.host(url).isEmpty() && url.getRawUserInfo() == null;
        return somewhere && (https || plain && isLocal(url));
    }

    /** Whether it is this machine, or its network segment, by the way the address is written. */
    static boolean isLocal(URI url) {
        return LOCAL.matcher(Origin.host(url)).matches();
    }
}
