package io.jenkins.plugins.imageupdate.registry.auth.google;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Origin;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * The hosts that a Google key or token may be sent to: {@code gcr.io}, {@code *.gcr.io} and the hosts under {@code pkg.dev}, of which
 * Artifact Registry has {@code LOCATION-docker} and {@code docker.LOCATION.rep}, on the standard port. Whole labels only:
 * {@code notgcr.io} and {@code gcr.io.example.com} are not Google.
 */
final class GoogleHosts {
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
    /** Case of ASCII letters only: {@code toLowerCase} makes a {@code k} of the Kelvin sign. */
    private static final Pattern GOOGLE = Pattern.compile(
            "(?:(?:" + LABEL + "\\.)?gcr\\.io|(?:" + LABEL + "\\.)+pkg\\.dev)(?::443)?", Pattern.CASE_INSENSITIVE);

    private GoogleHosts() {}

    /** @param host host and optional port */
    static boolean contains(String host) {
        return host.length() <= 255 && GOOGLE.matcher(host).matches();
    }

    /**
     * Keeps a Google identity from a registry that is not Google's, and from unencrypted http, unless an administrator listed that
     * registry for it.
     */
    static void requireRegistry(RegistryEndpoint endpoint) throws RegistryException {
        if (endpoint.googleKeysAllowed()) {
            return;
        }
        if (endpoint.plainHttp()) {
            throw refused(
                    "the credential is a Google identity and " + endpoint.host()
                            + " is asked over unencrypted http; an administrator can allow it in that registry's global configuration");
        }
        if (!contains(endpoint.host())) {
            throw refused(
                    "the credential is a Google identity and " + endpoint.host()
                            + " is not one of Google's registries; an administrator can allow it in that registry's global configuration");
        }
    }

    /** Keeps a Google identity from a token server that is neither Google's nor the listed registry itself. */
    static void requireTokenServer(RegistryEndpoint endpoint, URI realm) throws RegistryException {
        boolean registryItself = endpoint.googleKeysAllowed() && Origin.same(endpoint.resolve(""), realm);
        boolean google = "https".equalsIgnoreCase(realm.getScheme()) && contains(String.valueOf(realm.getAuthority()));
        if (!google && !registryItself) {
            throw refused(
                    "the registry names a token server that is not Google's, and the credential is a Google identity");
        }
    }

    private static RegistryException refused(String why) {
        return new RegistryException(FailureKind.CONFIGURATION, "nothing was sent: " + why);
    }
}
