package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import java.util.stream.Stream;

/**
 * Turns credentials of some types into registry logins. The types of a plugin that may be missing have a source of their own, which is an
 * optional extension: its class is not loaded without that plugin.
 */
public abstract class LoginSource implements ExtensionPoint {
    /** Whether this source knows the type. */
    abstract boolean takes(StandardCredentials credentials);

    /** Whether such a credential may be a login of the registry, as far as can be told without its secret. May block. */
    abstract boolean fits(StandardCredentials credentials, RegistryEndpoint endpoint, boolean controllerIdentity);

    /**
     * Reads the credential. May block.
     *
     * @throws RegistryException if a getter throws
     * @throws IllegalArgumentException names what is wrong with the secret, without it
     */
    abstract Authentication read(StandardCredentials credentials) throws RegistryException;

    /** The source that knows a credential's type. The types of Jenkins itself come first. Null if none does. */
    @CheckForNull
    static LoginSource of(StandardCredentials credentials) {
        return Stream.concat(Stream.of(PlainLogins.INSTANCE), ExtensionList.lookup(LoginSource.class).stream())
                .filter(source -> source.takes(credentials))
                .findFirst()
                .orElse(null);
    }
}
