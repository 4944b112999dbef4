package io.jenkins.plugins.imageupdate.registry.http;

import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import java.net.http.HttpClient;

/** The clients that requests are sent by; none follows a redirect by itself. */
@FunctionalInterface
public interface HttpClients {
    /** For the registry itself. */
    HttpClient of(RegistryEndpoint endpoint);

    /**
     * For other hosts that the registry names, its token server or the target of a redirect: without the certificate by which the
     * controller shows itself to the registry.
     */
    default HttpClient elsewhere(RegistryEndpoint endpoint) {
        return of(endpoint);
    }
}
