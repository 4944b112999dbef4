package io.jenkins.plugins.imageupdate.registry.auth;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The hosts that a Google key or token may be sent to: {@code gcr.io}, {@code *.gcr.io} and Artifact Registry's
 * {@code LOCATION-docker.pkg.dev} and {@code docker.LOCATION.rep.pkg.dev}, on the standard port. Whole labels only:
 * {@code notgcr.io} and {@code gcr.io.example.com} are not Google.
 */
final class GoogleHosts {
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
    private static final Pattern GOOGLE = Pattern.compile(
            "(?:(?:" + LABEL + "\\.)?gcr\\.io|(?:" + LABEL + "\\.)*" + LABEL + "\\.pkg\\.dev)(?::443)?");

    private GoogleHosts() {}

    /** @param host host and optional port */
    static boolean contains(String host) {
        return host.length() <= 255 && GOOGLE.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
