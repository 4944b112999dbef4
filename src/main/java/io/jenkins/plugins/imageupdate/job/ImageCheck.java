package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.ControllerHttp;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.credentials.RegistryCredentials;
import io.jenkins.plugins.imageupdate.policy.TagSelection;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import io.jenkins.plugins.imageupdate.watch.Observation;
import io.jenkins.plugins.imageupdate.watch.UpdateChecker;
import io.jenkins.plugins.imageupdate.watch.WatchedImage;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A check of one image with what Jenkins knows about its registry. The credential named on the image wins, then that of the longest
 * matching registry in the global configuration, then the controller's own identity where that registry is lent it, then nobody is
 * signed in.
 *
 * @param credentialsId as named on the image, null for none
 * @param tags which tag of the repository counts, null for that of the image
 */
public record ImageCheck(
        WatchedImage image,
        @CheckForNull String credentialsId,
        @CheckForNull TagSelection tags) {
    /** An {@link IllegalArgumentException} says what is wrong with the selection. */
    public static ImageCheck of(
            WatchedImage image, @CheckForNull String credentialsId, @CheckForNull TagSelection tags) {
        return tags == null
                ? new ImageCheck(image, credentialsId, null)
                : new ImageCheck(
                        new WatchedImage(
                                image.reference(),
                                image.platform(),
                                tags.toPolicy().describe()),
                        credentialsId,
                        tags);
    }

    private interface Login {
        Authentication find(String credentialsId, String host) throws RegistryException;
    }

    /**
     * By a running build. Reads credentials, so it may block; waits for no registry.
     *
     * @param knownTags those that a selection chose before
     */
    public CompletableFuture<Observation> by(Run<?, ?> run, List<String> knownTags) {
        return check(run.getParent(), (id, host) -> RegistryCredentials.ofRun(run, id, host), null, knownTags, null);
    }

    /**
     * By a job's trigger. Reads credentials, so it may block; waits for no registry.
     *
     * @param knownTags those that a selection chose before
     * @param since an answer that another job got from then on will do; null for none but a new one
     */
    public CompletableFuture<Observation> by(
            Job<?, ?> job, @CheckForNull ResolvedImage known, List<String> knownTags, @CheckForNull Instant since) {
        return check(job, (id, host) -> RegistryCredentials.ofJob(job, id, host), known, knownTags, since);
    }

    /** The update with what it changed, as far as the registry tells; for a running build. Reads credentials. Never fails. */
    public CompletableFuture<ImageUpdate> describe(Run<?, ?> run, ImageUpdate update) {
        return describe(run.getParent(), (id, host) -> RegistryCredentials.ofRun(run, id, host), update);
    }

    /** As {@link #describe(Run, ImageUpdate)}, for a job's trigger. */
    public CompletableFuture<ImageUpdate> describe(Job<?, ?> job, ImageUpdate update) {
        return describe(job, (id, host) -> RegistryCredentials.ofJob(job, id, host), update);
    }

    private CompletableFuture<ImageUpdate> describe(Job<?, ?> job, Login login, ImageUpdate update) {
        try {
            ConfiguredRegistry registry = registry();
            RegistryEndpoint endpoint = endpoint(registry);
            Authentication authentication = authentication(registry, job, login, endpoint);
            return ControllerHttp.get().checker().describe(update, endpoint, authentication);
        } catch (RegistryException e) {
            return CompletableFuture.completedFuture(update);
        }
    }

    private CompletableFuture<Observation> check(
            Job<?, ?> job,
            Login login,
            @CheckForNull ResolvedImage known,
            List<String> knownTags,
            @CheckForNull Instant since) {
        ConfiguredRegistry registry = registry();
        try {
            RegistryEndpoint endpoint = endpoint(registry);
            Authentication authentication = authentication(registry, job, login, endpoint);
            UpdateChecker checker = ControllerHttp.get().checker();
            return tags == null
                    ? checker.check(image, endpoint, authentication, known, since)
                    : checker.check(image, tags.toPolicy(), endpoint, authentication, knownTags, since);
        } catch (RegistryException e) {
            return failed(registry, e);
        }
    }

    /**
     * How the registry is reached, if it may be.
     *
     * @param registry looked up once for a check, so that what an administrator changes meanwhile is not half of it
     */
    private RegistryEndpoint endpoint(@CheckForNull ConfiguredRegistry registry) throws RegistryException {
        String host = image.reference().host();
        RegistryEndpoint endpoint = registry == null ? RegistryEndpoint.of(host) : registry.endpoint(host);
        if (registry == null && RegistriesConfiguration.get().isListedOnly()) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION,
                    "only registries that an administrator listed under Container image registries may be asked, and "
                            + endpoint.host() + " is not among them");
        }
        try {
            // At once, so that a certificate which cannot be used is reported as what it is.
            ControllerHttp.get().client(endpoint);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(FailureKind.CONFIGURATION, e.getMessage());
        }
        return endpoint;
    }

    /** Whether an administrator listed the registry. */
    public boolean listed() {
        return registry() != null;
    }

    @CheckForNull
    private ConfiguredRegistry registry() {
        return RegistriesConfiguration.get().find(image.reference());
    }

    /** The id that was chosen, null for none. */
    @CheckForNull
    private String chosen(@CheckForNull ConfiguredRegistry registry) {
        return credentialsId != null || registry == null ? credentialsId : registry.getCredentialsId();
    }

    private Authentication authentication(
            @CheckForNull ConfiguredRegistry registry, Job<?, ?> job, Login login, RegistryEndpoint endpoint)
            throws RegistryException {
        if (credentialsId != null) {
            Authentication named = login.find(credentialsId, endpoint.host());
            return registry == null ? named : registry.signing(named);
        }
        return registry == null ? new Authentication.Anonymous() : registry.authentication(endpoint.host(), job);
    }

    private CompletableFuture<Observation> failed(@CheckForNull ConfiguredRegistry registry, RegistryException e) {
        String id = chosen(registry);
        return CompletableFuture.completedFuture(
                new Observation(image, id, null, e.toFailure(image.reference().toString(), id), Instant.now()));
    }
}
