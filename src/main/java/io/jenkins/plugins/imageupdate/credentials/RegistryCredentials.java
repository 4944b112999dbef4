package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * Finds the credentials that a build, a job or the controller may use, and reads them just before they are sent. Tracks every use, which
 * Jenkins shows as the usage of a credential.
 */
public final class RegistryCredentials {
    private RegistryCredentials() {}

    /** For a check by a build: a credential that the build may use. */
    public static Authentication ofRun(Run<?, ?> run, String credentialsId, String host) throws RegistryException {
        IdCredentials found = ForeignCode.call(
                credentialsId,
                () -> CredentialsProvider.findCredentialById(
                        credentialsId, IdCredentials.class, run, requirements(host)));
        ForeignCode.tryTo(() -> CredentialsProvider.track(run, found));
        return authentication(KeptLogins.Place.of(run), credentialsId, found);
    }

    /** For a check by a job's trigger: a credential that the job's builds may use. */
    public static Authentication ofJob(Job<?, ?> job, String credentialsId, String host) throws RegistryException {
        IdCredentials found = ForeignCode.call(credentialsId, () -> find(job, credentialsId, host));
        UsageTracking.track(job, found);
        Authentication login = authentication(KeptLogins.Place.of(job), credentialsId, found);
        FolderIdTokens.require(login, found, host);
        return login;
    }

    @CheckForNull
    private static IdCredentials find(Job<?, ?> job, String credentialsId, String host) {
        for (org.springframework.security.core.Authentication user : usersOf(job)) {
            IdCredentials found = CredentialsProvider.findCredentialByIdInItem(
                    credentialsId, IdCredentials.class, job, user, requirements(host));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * For a registry with a credential in the global configuration, which all jobs use.
     *
     * @param user the job that is checked for, null for an administrator's own check
     */
    public static Authentication ofController(String credentialsId, String host, @CheckForNull Job<?, ?> user)
            throws RegistryException {
        IdCredentials found = ForeignCode.call(credentialsId, () -> ofController(credentialsId, host));
        UsageTracking.track(user, found);
        return authentication(KeptLogins.Place.CONTROLLER, credentialsId, found);
    }

    /** The controller's own credential. Null if there is none with this id. */
    @CheckForNull
    static IdCredentials ofController(String credentialsId, String host) {
        return CredentialsProvider.findCredentialByIdInItemGroup(
                credentialsId, IdCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements(host));
    }

    /** Has the credential read again for the next check, since a login of it was not accepted. */
    public static void rejected(String credentialsId) {
        KeptLogins.forget(credentialsId);
    }

    /** The credential domain of a registry's host, for drop-downs and lookups alike. */
    static List<DomainRequirement> requirements(String host) {
        return URIRequirementBuilder.fromUri("https://" + host).build();
    }

    /**
     * The users whose credentials a job may use: the user that its builds run as, and, if that user may use the job's own credentials,
     * Jenkins itself.
     */
    static List<org.springframework.security.core.Authentication> usersOf(Item item) {
        var builds = item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
        boolean itemsToo = !builds.equals(ACL.SYSTEM2) && item.hasPermission2(builds, CredentialsProvider.USE_ITEM);
        return itemsToo ? List.of(builds, ACL.SYSTEM2) : List.of(builds);
    }

    private static Authentication authentication(
            KeptLogins.Place place, String credentialsId, @CheckForNull IdCredentials found) throws RegistryException {
        if (found == null) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION,
                    "no credential with id '" + credentialsId
                            + "' can be used here; ids are listed in Jenkins"
                            + " under Manage Jenkins, Credentials, and on the pages of folders");
        }
        return KeptLogins.read(place, found);
    }
}
