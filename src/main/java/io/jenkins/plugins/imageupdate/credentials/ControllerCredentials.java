package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.util.List;
import jenkins.model.Jenkins;

/** Credentials of the controller itself, of one type. Only administrators choose them. */
final class ControllerCredentials {
    private ControllerCredentials() {}

    /** Returns the choices of a form. Who is not an administrator sees only what is chosen. */
    static ListBoxModel list(Class<? extends StandardCredentials> type, String current) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return new StandardListBoxModel().includeCurrentValue(current);
        }
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), type, List.of(), CredentialsMatchers.always())
                .includeCurrentValue(current);
    }

    /**
     * Returns null if there is none with this id.
     *
     * @throws RegistryException if the provider throws
     */
    @CheckForNull
    static <C extends StandardCredentials> C find(Class<C> type, String credentialsId) throws RegistryException {
        C found = ForeignCode.call(
                credentialsId,
                () -> CredentialsProvider.findCredentialByIdInItemGroup(
                        credentialsId, type, Jenkins.get(), ACL.SYSTEM2, List.of()));
        if (found != null) {
            UsageTracking.track(null, found);
        }
        return found;
    }
}
