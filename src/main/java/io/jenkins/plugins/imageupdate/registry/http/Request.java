package io.jenkins.plugins.imageupdate.registry.http;

import io.jenkins.plugins.imageupdate.registry.Origin;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One HTTP request on behalf of a registry.
 *
 * @param endpoint the registry whose settings apply, also for its token server and for hosts that it redirects to
 * @param role of the host that it is sent to
 * @param login names the login that the request is sent for, even if it is not sent along: {@code Authentication.fingerprint}; empty
 *     for none
 * @param method GET, HEAD or POST
 * @param headers an {@code Authorization} among them is sent to this URI's origin only
 * @param deadline when to give up, with all repetitions and redirects
 */
public record Request(
        RegistryEndpoint endpoint,
        HostRole role,
        String login,
        String method,
        URI uri,
        Map<String, String> headers,
        Instant deadline) {
    private static final String AUTHORIZATION = "Authorization";

    /** A request to the registry itself. */
    public Request(RegistryEndpoint endpoint, String method, URI uri, Map<String, String> headers, Instant deadline) {
        this(endpoint, HostRole.REGISTRY, "", method, uri, headers, deadline);
    }

    public static Request get(RegistryEndpoint endpoint, URI uri, Map<String, String> headers, Instant deadline) {
        return new Request(endpoint, "GET", uri, headers, deadline);
    }

    /** The same request for a login. */
    public Request of(String otherLogin) {
        return new Request(endpoint, role, otherLogin, method, uri, headers, deadline);
    }

    /** The same request to a host in another role. */
    public Request to(HostRole other) {
        return new Request(endpoint, other, login, method, uri, headers, deadline);
    }

    /** The request that follows a redirect. Its authorization does not go to another origin. */
    Request redirectedTo(URI target) {
        if (Origin.same(uri, target)) {
            return new Request(endpoint, role, login, method, target, headers, deadline);
        }
        Map<String, String> kept = new HashMap<>(headers);
        kept.keySet().removeIf(AUTHORIZATION::equalsIgnoreCase);
        HostRole other = role.token() ? HostRole.TOKEN_REDIRECT_TARGET : HostRole.of(endpoint, target);
        return new Request(endpoint, other, login, method, target, kept, deadline);
    }

    /** Without headers, which may be secrets. */
    @Override
    public String toString() {
        return "Request[" + method + " " + uri + "]";
    }
}
