package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.registry.Printable;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** The credentials drop-down of all forms, and its validation. Users who may not see a job's credentials see none. */
public final class CredentialsChoice {
    private CredentialsChoice() {}

    /**
     * @param item the job that is configured, null in the global configuration
     * @param current the value in the form
     * @param host the registry's, for credentials of a domain; may be empty
     */
    public static ListBoxModel list(@CheckForNull Item item, String current, String host) {
        StandardListBoxModel choices = new StandardListBoxModel();
        if (!mayList(item)) {
            return choices.includeCurrentValue(current);
        }
        choices.includeEmptyValue();
        if (item == null) {
            choices.includeMatchingAs(
                    ACL.SYSTEM2,
                    Jenkins.get(),
                    StandardCredentials.class,
                    RegistryCredentials.requirements(host),
                    RegistryCredentials.USABLE);
        } else {
            for (Authentication user : RegistryCredentials.usersOf(item)) {
                choices.includeMatchingAs(
                        user,
                        item,
                        StandardCredentials.class,
                        RegistryCredentials.requirements(host),
                        RegistryCredentials.USABLE);
            }
        }
        return choices.includeCurrentValue(current);
    }

    /** Checks that the id is that of a credential that can be chosen. Does not read its secret. */
    public static FormValidation check(@CheckForNull Item item, String credentialsId, String host) {
        if (!mayList(item) || credentialsId == null || credentialsId.isBlank()) {
            return FormValidation.ok();
        }
        CredentialsMatcher wanted =
                CredentialsMatchers.allOf(CredentialsMatchers.withId(credentialsId), RegistryCredentials.USABLE);
        boolean found = item == null
                ? !CredentialsProvider.listCredentialsInItemGroup(
                                StandardCredentials.class,
                                Jenkins.get(),
                                ACL.SYSTEM2,
                                RegistryCredentials.requirements(host),
                                wanted)
                        .isEmpty()
                : RegistryCredentials.usersOf(item).stream()
                        .anyMatch(user -> !CredentialsProvider.listCredentialsInItem(
                                        StandardCredentials.class,
                                        item,
                                        user,
                                        RegistryCredentials.requirements(host),
                                        wanted)
                                .isEmpty());
        return !found
                ? FormValidation.error(Messages.CredentialsChoice_NotFound(Printable.of(credentialsId)))
                : FormValidation.ok();
    }

    private static boolean mayList(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
