package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.credentials.RegistryCredentials;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.watch.Observation;
import io.jenkins.plugins.imageupdate.watch.WatchedImage;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A check of one image with what Jenkins knows about its registry. The credential named on the image wins, then that of the longest
 * matching registry in the global configuration, then the controller's own identity where that registry is lent it, then nobody is
 * signed in.
 *
 * @param credentialsId as named on the image, null for none
 */
public record ImageCheck(WatchedImage image, @CheckForNull String credentialsId) {
    private interface Login {
        Authentication find(String credentialsId, String host) throws RegistryException;
    }

    /** By a running build. Reads credentials, so it may block; waits for no registry. */
    public CompletableFuture<Observation> by(Run<?, ?> run, @CheckForNull ResolvedImage known) {
        return check(run.getParent(), (id, host) -> RegistryCredentials.ofRun(run, id, host), known, null);
    }

    /**
     * By a job's trigger. Reads credentials, so it may block; waits for no registry.
     *
     * @param since an answer that another job got from then on will do; null for none but a new one
     */
    public CompletableFuture<Observation> by(
            Job<?, ?> job, @CheckForNull ResolvedImage known, @CheckForNull Instant since) {
        return check(job, (id, host) -> RegistryCredentials.ofJob(job, id, host), known, since);
    }

    private CompletableFuture<Observation> check(
            Job<?, ?> job, Login login, @CheckForNull ResolvedImage known, @CheckForNull Instant since) {
        RegistriesConfiguration registries = RegistriesConfiguration.get();
        ConfiguredRegistry registry = registries.find(image.reference());
        RegistryEndpoint endpoint = registries.endpoint(image.reference());
        String configured = registry == null ? null : registry.getCredentialsId();
        if (registry == null && registries.isListedOnly()) {
            return failed(
                    new RegistryException(
                            FailureKind.CONFIGURATION,
                            "only registries that an administrator listed under Container image registries may be asked, and "
                                    + endpoint.host() + " is not among them"),
                    null);
        }
        try {
            Authentication authentication = new Authentication.Anonymous();
            if (credentialsId != null) {
                authentication = login.find(credentialsId, endpoint.host());
            } else if (configured != null) {
                authentication = RegistryCredentials.ofController(configured, endpoint.host());
            } else if (registry != null && registry.lendsControllerIdentity(job)) {
                authentication = new Authentication.ControllerIdentity();
            }
            if (registry != null && registry.isSignLocally()) {
                authentication = Authentication.signedLocally(authentication);
            }
            ControllerHttp http = ControllerHttp.get();
            // At once, so that a certificate which cannot be used is reported as what it is.
            http.client(endpoint);
            return http.checker().check(image, endpoint, authentication, known, since);
        } catch (IllegalArgumentException e) {
            return failed(new RegistryException(FailureKind.CONFIGURATION, e.getMessage()), configured);
        } catch (RegistryException e) {
            return failed(e, configured);
        }
    }

    private CompletableFuture<Observation> failed(RegistryException e, @CheckForNull String configured) {
        String chosen = credentialsId != null ? credentialsId : configured;
        return CompletableFuture.completedFuture(new Observation(
                image, chosen, null, e.toFailure(image.reference().toString(), chosen), Instant.now()));
    }
}
