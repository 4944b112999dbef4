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
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** The credentials drop-down of all forms, and its validation. Users who may not see a job's credentials see none. */
public final class CredentialsChoice {
    private static final Logger LOGGER = Logger.getLogger(CredentialsChoice.class.getName());

    private CredentialsChoice() {}

    /**
     * @param item the job that is configured, null in the global configuration
     * @param current the value in the form
     * @param target the registry: credentials that cannot be a login there are not offered
     */
    public static ListBoxModel list(@CheckForNull Item item, String current, LoginTarget target) {
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
                    RegistryCredentials.requirements(target.host()),
                    usable(target));
        } else {
            for (Authentication user : RegistryCredentials.usersOf(item)) {
                choices.includeMatchingAs(
                        user,
                        item,
                        StandardCredentials.class,
                        RegistryCredentials.requirements(target.host()),
                        usable(target));
            }
        }
        return choices.includeCurrentValue(current);
    }

    /** Checks that the id is that of a credential that can be chosen. Does not read its secret. */
    public static FormValidation check(@CheckForNull Item item, String credentialsId, LoginTarget target) {
        if (!mayList(item) || credentialsId == null || credentialsId.isBlank()) {
            return FormValidation.ok();
        }
        CredentialsMatcher wanted = CredentialsMatchers.withId(credentialsId);
        if (exists(item, target, CredentialsMatchers.allOf(wanted, usable(target)))) {
            return FormValidation.ok();
        }
        String id = Printable.of(credentialsId);
        return exists(item, target, CredentialsMatchers.allOf(wanted, usable(LoginTarget.UNKNOWN)))
                ? FormValidation.error(Messages.CredentialsChoice_NotThere(id, target.host()))
                : FormValidation.error(Messages.CredentialsChoice_NotFound(id));
    }

    private static boolean exists(@CheckForNull Item item, LoginTarget target, CredentialsMatcher wanted) {
        return item == null
                ? !CredentialsProvider.listCredentialsInItemGroup(
                                StandardCredentials.class,
                                Jenkins.get(),
                                ACL.SYSTEM2,
                                RegistryCredentials.requirements(target.host()),
                                wanted)
                        .isEmpty()
                : RegistryCredentials.usersOf(item).stream()
                        .anyMatch(user -> !CredentialsProvider.listCredentialsInItem(
                                        StandardCredentials.class,
                                        item,
                                        user,
                                        RegistryCredentials.requirements(target.host()),
                                        wanted)
                                .isEmpty());
    }

    private static CredentialsMatcher usable(LoginTarget target) {
        return credentials -> credentials instanceof StandardCredentials one && usable(one, target);
    }

    /** A credential that cannot be judged is offered: a check then says what is wrong with it. */
    private static boolean usable(StandardCredentials credentials, LoginTarget target) {
        try {
            LoginSource source = LoginSource.of(credentials);
            RegistryEndpoint endpoint = target.endpoint();
            return source != null
                    && (endpoint == null || source.fits(credentials, endpoint, target.controllerIdentity()));
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.FINE, e, () -> "credential '" + credentials.getId() + "' cannot be judged");
            return true;
        }
    }

    private static boolean mayList(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
