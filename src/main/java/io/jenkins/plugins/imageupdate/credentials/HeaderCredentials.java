package io.jenkins.plugins.imageupdate.credentials;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.registry.ExtraHeaders;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Secret text credentials with further headers for a registry, one in a line. Only administrators choose them. */
public final class HeaderCredentials {
    private HeaderCredentials() {}

    public static ListBoxModel list(String current) {
        return ControllerCredentials.list(StringCredentials.class, current);
    }

    /**
     * Reads the headers. May block, since a credential may be read from a vault over the network.
     *
     * @throws RegistryException if the credential does not exist or is not of headers, or its provider throws
     */
    public static Map<String, String> read(String credentialsId) throws RegistryException {
        StringCredentials found = ControllerCredentials.find(StringCredentials.class, credentialsId);
        if (found == null) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION,
                    "no Secret text credential has the id '" + credentialsId
                            + "', which the registry's entry names for extra headers");
        }
        String text = ForeignCode.call(credentialsId, () -> found.getSecret().getPlainText());
        try {
            return ExtraHeaders.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION,
                    "the extra headers of credential '" + credentialsId + "': " + e.getMessage());
        }
    }
}
