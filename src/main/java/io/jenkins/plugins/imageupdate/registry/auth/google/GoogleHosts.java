package io.jenkins.plugins.imageupdate.registry.auth.google;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.KnownRegistries;
import io.jenkins.plugins.imageupdate.registry.Origin;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.net.URI;

/** Which hosts a Google key or token may be sent to; see {@link KnownRegistries#google}. */
final class GoogleHosts {
    private GoogleHosts() {}

    /**
     * Keeps a Google identity from a registry that is not Google's, and from unencrypted http, unless an administrator listed that
     * registry for it.
     */
    static void requireRegistry(RegistryEndpoint endpoint) throws RegistryException {
        String why = refusal(endpoint);
        if (!why.isEmpty()) {
            throw refused("the credential is a Google identity and " + endpoint.server() + " " + why
                    + "; an administrator can allow it in that registry's global configuration");
        }
    }

    /** Why a registry may not get a Google identity; empty if it may. */
    static String refusal(RegistryEndpoint endpoint) {
        if (endpoint.googleKeysAllowed()) {
            return "";
        }
        if (endpoint.plainHttp()) {
            return "is asked over unencrypted http";
        }
        return KnownRegistries.google(endpoint.server()) ? "" : "is not one of Google's registries";
    }

    /** Keeps a Google identity from a token server that is neither Google's nor the listed registry itself. */
    static void requireTokenServer(RegistryEndpoint endpoint, URI realm) throws RegistryException {
        boolean registryItself = endpoint.googleKeysAllowed() && Origin.same(endpoint.resolve(""), realm);
        boolean google = "https".equalsIgnoreCase(realm.getScheme())
                && KnownRegistries.google(String.valueOf(realm.getAuthority()));
        if (!google && !registryItself) {
            throw refused(
                    "the registry names a token server that is not Google's, and the credential is a Google identity");
        }
    }

    private static RegistryException refused(String why) {
        return new RegistryException(FailureKind.CONFIGURATION, "nothing was sent: " + why);
    }
}
