package io.jenkins.plugins.imageupdate.credentials;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Secret text credentials that the senders of push events know. Only administrators choose them. */
public final class WebhookSecrets {
    /** Anyone may try secrets at the receiver. */
    private static final int LEAST_LENGTH = 16;

    private WebhookSecrets() {}

    public static ListBoxModel list(String current) {
        return ControllerCredentials.list(StringCredentials.class, current);
    }

    /**
     * Reads a secret. May block, since a credential may be read from a vault over the network.
     *
     * @throws RegistryException if the credential does not exist or is too short, or its provider throws
     */
    public static String read(String credentialsId) throws RegistryException {
        StringCredentials found = ControllerCredentials.find(StringCredentials.class, credentialsId);
        if (found == null) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION, "no Secret text credential has the id '" + credentialsId + "'");
        }
        String text = ForeignCode.call(
                credentialsId, () -> found.getSecret().getPlainText().strip());
        if (text.length() < LEAST_LENGTH) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION,
                    "the secret in credential '" + credentialsId + "' has less than " + LEAST_LENGTH
                            + " characters, so it could be guessed");
        }
        return text;
    }
}
