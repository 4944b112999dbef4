package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.registry.ExtraHeaders;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Secret text credentials with further headers for a registry, one in a line. Only administrators choose them. */
public final class HeaderCredentials {
    private HeaderCredentials() {}

    public static ListBoxModel list(String current) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return new StandardListBoxModel().includeCurrentValue(current);
        }
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2, Jenkins.get(), StringCredentials.class, List.of(), CredentialsMatchers.always())
                .includeCurrentValue(current);
    }

    /** Reads the headers. May block, since a credential may be read from a vault over the network. */
    public static Map<String, String> read(String credentialsId) throws RegistryException {
        StringCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                credentialsId, StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
        if (found == null) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION,
                    "no Secret text credential has the id '" + credentialsId
                            + "', which the registry's entry names for extra headers");
        }
        UsageTracking.track(null, found);
        try {
            return ExtraHeaders.parse(found.getSecret().getPlainText());
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION,
                    "the extra headers of credential '" + credentialsId + "': " + e.getMessage());
        }
    }
}
