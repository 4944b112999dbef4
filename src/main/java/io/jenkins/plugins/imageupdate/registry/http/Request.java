package io.jenkins.plugins.imageupdate.registry.http;

import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One HTTP request on behalf of a registry.
 *
 * @param endpoint the registry whose settings apply, also for its token server and for hosts that it redirects to
 * @param method GET, HEAD or POST
 * @param headers an {@code Authorization} among them is sent to this URI's origin only
 * @param deadline when to give up, with all repetitions and redirects
 */
public record Request(
        RegistryEndpoint endpoint, String method, URI uri, Map<String, String> headers, Instant deadline) {
    private static final String AUTHORIZATION = "Authorization";

    public static Request get(RegistryEndpoint endpoint, URI uri, Map<String, String> headers, Instant deadline) {
        return new Request(endpoint, "GET", uri, headers, deadline);
    }

    Request withUri(URI other) {
        return new Request(endpoint, method, other, headers, deadline);
    }

    Request withoutAuthorization() {
        Map<String, String> kept = new HashMap<>(headers);
        kept.keySet().removeIf(AUTHORIZATION::equalsIgnoreCase);
        return new Request(endpoint, method, uri, kept, deadline);
    }

    /** Without headers, which may be secrets. */
    @Override
    public String toString() {
        return "Request[" + method + " " + uri + "]";
    }
}
