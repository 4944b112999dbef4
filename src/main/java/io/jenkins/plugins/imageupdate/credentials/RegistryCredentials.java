package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
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
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Finds credentials where a build, a job or the controller may use them, and reads them just before they are sent. Every use is
 * tracked, as Jenkins shows it under "usage" of a credential.
 */
public final class RegistryCredentials {
    /** The types that a registry can be signed in to with. */
    public static final CredentialsMatcher USABLE = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(FileCredentials.class),
            CredentialsMatchers.instanceOf(StringCredentials.class),
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));

    private RegistryCredentials() {}

    /** For a check by a build: what the build may use. */
    public static Authentication ofRun(Run<?, ?> run, String credentialsId, String host) throws RegistryException {
        IdCredentials found =
                CredentialsProvider.findCredentialById(credentialsId, IdCredentials.class, run, requirements(host));
        CredentialsProvider.track(run, found);
        return authentication(credentialsId, found);
    }

    /** For a check by a job's trigger: what the job's builds may use. */
    public static Authentication ofJob(Job<?, ?> job, String credentialsId, String host) throws RegistryException {
        IdCredentials found = CredentialsProvider.findCredentialByIdInItem(
                credentialsId, IdCredentials.class, job, authenticationOf(job), requirements(host));
        UsageTracking.track(job, found);
        return authentication(credentialsId, found);
    }

    /** For a registry that an administrator configured with a credential, which then serves every job. */
    public static Authentication ofController(String credentialsId, String host) throws RegistryException {
        IdCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                credentialsId, IdCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements(host));
        UsageTracking.track(Jenkins.get(), found);
        return authentication(credentialsId, found);
    }

    /** A drop-down and its lookups ask for credentials of the same domain. */
    static List<DomainRequirement> requirements(String host) {
        return URIRequirementBuilder.fromUri("https://" + host).build();
    }

    /** Whom a job's builds run as. */
    static org.springframework.security.core.Authentication authenticationOf(@CheckForNull Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    private static Authentication authentication(String credentialsId, @CheckForNull IdCredentials found)
            throws RegistryException {
        if (found == null) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION,
                    "there is no credential with id '" + credentialsId
                            + "' that may be used here; ids are listed in Jenkins"
                            + " under Manage Jenkins, Credentials, and on the pages of folders");
        }
        if (!(found instanceof StandardCredentials credentials)) {
            throw SecretReader.unusable(found);
        }
        return SecretReader.read(credentials);
    }
}
