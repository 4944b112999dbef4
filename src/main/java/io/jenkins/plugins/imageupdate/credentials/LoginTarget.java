package io.jenkins.plugins.imageupdate.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;

/**
 * The registry of an image in a form, which decides what credentials can be chosen.
 *
 * @param endpoint null if the form names no image yet: then every credential can be chosen
 * @param controllerIdentity whether the controller's own Google identity may be used there
 */
public record LoginTarget(@CheckForNull RegistryEndpoint endpoint, boolean controllerIdentity) {
    public static final LoginTarget UNKNOWN = new LoginTarget(null, true);

    /** The registry's, for credentials of a domain; empty if it is not known. */
    public String host() {
        return endpoint == null ? "" : endpoint.host();
    }
}
