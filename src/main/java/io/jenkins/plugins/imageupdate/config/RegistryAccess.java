package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.credentials.LoginTarget;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import java.time.Duration;

/**
 * How one image's registry is reached: its entry in the global configuration, looked up once, so that a check never mixes the
 * settings of two configurations.
 */
public final class RegistryAccess {
    private final String host;
    private final ConfiguredRegistry registry;
    private final String credentialsId;

    private RegistryAccess(String host, @CheckForNull ConfiguredRegistry registry, @CheckForNull String credentialsId) {
        this.host = host;
        this.registry = registry;
        this.credentialsId = credentialsId;
    }

    /** @param credentialsId as named on the image, null if the image names none */
    public static RegistryAccess of(ImageReference reference, @CheckForNull String credentialsId) {
        return new RegistryAccess(
                reference.host(), RegistriesConfiguration.get().find(reference), credentialsId);
    }

    /** Finds a credential where the image may use it. */
    public interface Login {
        Authentication find(String credentialsId, String host) throws RegistryException;
    }

    /** The registry's settings without extra headers, whether or not it may be asked. */
    public RegistryEndpoint settings() {
        return registry == null ? RegistryEndpoint.of(host) : registry.settings(host);
    }

    /** How long a digest must be known before it counts, if the image does not say so; zero if each counts at once. */
    public Duration minimumAge() {
        return registry == null ? Duration.ZERO : registry.minimumAge();
    }

    /** How rarely a schedule may check the registry's images while push events are heard; zero for each time. */
    public Duration reconcileInterval() {
        return registry == null ? Duration.ZERO : Duration.ofMinutes(registry.getReconcileMinutes());
    }

    /** The id of the credential that is used: the image's, otherwise the registry's. Null if neither names one. */
    @CheckForNull
    public String credentialsId() {
        return credentialsId != null || registry == null ? credentialsId : registry.getCredentialsId();
    }

    /** For a form's choice of credentials. */
    public LoginTarget target(@CheckForNull Item item) {
        return new LoginTarget(settings(), registry != null && registry.lendsControllerIdentity(item));
    }

    /** @throws RegistryException if the registry may not be asked, or one of its certificates cannot be used */
    public RegistryEndpoint endpoint() throws RegistryException {
        if (registry == null && RegistriesConfiguration.get().isListedOnly()) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION,
                    "only registries that an administrator listed under Container image registries may be asked, and "
                            + host + " is not among them");
        }
        RegistryEndpoint endpoint = registry == null ? RegistryEndpoint.of(host) : registry.endpoint(host);
        try {
            // Makes the HTTP client now, so that a certificate that cannot be used is reported as such.
            ControllerHttp.get().client(endpoint);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(FailureKind.CONFIGURATION, e.getMessage());
        }
        return endpoint;
    }

    /**
     * The login: by the credential named on the image, otherwise by the registry's credential, otherwise by the controller's own Google
     * identity if the registry may use it, otherwise anonymous. Reads the credential, so it may block.
     *
     * @param job the job that is checked for; null for the controller itself
     * @param login finds the credential that is named on the image
     */
    public Authentication authentication(@CheckForNull Job<?, ?> job, Login login) throws RegistryException {
        if (credentialsId != null) {
            Authentication named = login.find(credentialsId, host);
            return registry == null ? named : registry.adapted(named, job);
        }
        return registry == null ? new Authentication.Anonymous() : registry.authentication(host, job);
    }
}
