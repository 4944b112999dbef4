package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.ImageChecker;
import io.jenkins.plugins.imageupdate.check.KnownDigests;
import io.jenkins.plugins.imageupdate.check.MinimumAge;
import io.jenkins.plugins.imageupdate.check.Preview;
import io.jenkins.plugins.imageupdate.check.RanDigests;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.ControllerHttp;
import io.jenkins.plugins.imageupdate.config.RegistryAccess;
import io.jenkins.plugins.imageupdate.credentials.RegistryCredentials;
import io.jenkins.plugins.imageupdate.policy.TagSelection;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * One image that a job wants checked. Its methods read credentials, so they may block; they do not wait for a registry.
 *
 * @param credentialsId as named on the image, null if the image names none
 * @param tags which tags of the repository count, null for the image's own tag
 * @param minimumAge how long a digest must be known before it counts, null for what the trigger or the registry's entry says
 */
public record ImageCheck(
        WatchedImage image,
        @CheckForNull String credentialsId,
        @CheckForNull TagSelection tags,
        @CheckForNull Duration minimumAge) {
    /**
     * Makes the check that a user asks for.
     *
     * @param minimumAge as {@link MinimumAge#parse} reads it
     * @throws IllegalArgumentException if the tag policy or the minimum age is not valid
     */
    public static ImageCheck of(
            WatchedImage image,
            @CheckForNull String credentialsId,
            @CheckForNull TagSelection tags,
            @CheckForNull String minimumAge) {
        WatchedImage watched = tags == null
                ? image
                : new WatchedImage(
                        image.reference(), image.platform(), tags.toPolicy().key());
        return new ImageCheck(watched, credentialsId, tags, MinimumAge.parse(minimumAge));
    }

    /** How long a digest must be known before it counts: as named on the image, otherwise as the registry's entry says. */
    public Duration age() {
        return minimumAge == null ? access().minimumAge() : minimumAge;
    }

    /** The same check with a minimum age for the case that it names none; null for none. */
    public ImageCheck orAge(@CheckForNull Duration other) {
        return minimumAge == null ? new ImageCheck(image, credentialsId, tags, other) : this;
    }

    /** The same check with an age that is not shorter than this. */
    public ImageCheck atLeast(Duration age) {
        return age().compareTo(age) >= 0 ? this : new ImageCheck(image, credentialsId, tags, age);
    }

    private RegistryAccess access() {
        return RegistryAccess.of(image.reference(), credentialsId);
    }

    /** The settings of the image's registry. */
    RegistryEndpoint settings() {
        return access().settings();
    }

    /**
     * Checks the image for a running build.
     *
     * @param known what the ledger knows of the image
     */
    public CompletableFuture<Sighting> by(Run<?, ?> run, Known known) {
        return check(run.getParent(), login(run), known, null);
    }

    /**
     * What the ledger knows of an image that a check can use.
     *
     * @param resolved what the image was last seen as, null if it was never seen
     * @param tags the tags that the policy chose before
     * @param digests the digests that its tags were seen with
     * @param ran what a build really ran and is to be compared; null for nothing
     */
    public record Known(
            @CheckForNull ResolvedImage resolved,
            List<String> tags,
            KnownDigests digests,
            @CheckForNull RanDigests ran) {
        public Known(@CheckForNull ResolvedImage resolved, List<String> tags, KnownDigests digests) {
            this(resolved, tags, digests, null);
        }
    }

    /**
     * Checks the image for a job's trigger.
     *
     * @param since an answer that another job got since then is good enough; null to ask the registry
     */
    public CompletableFuture<Sighting> by(Job<?, ?> job, Known known, @CheckForNull Instant since) {
        return check(job, login(job), known, since);
    }

    /**
     * Checks the image for the controller itself, with the credential of the registry's entry.
     *
     * @param known as for a job's trigger
     */
    public CompletableFuture<Sighting> byController(@CheckForNull ResolvedImage known) {
        RegistryAccess.Login login = (id, host) -> RegistryCredentials.ofController(id, host, null);
        return check(null, login, new Known(known, List.of(), KnownDigests.NONE), null);
    }

    /** Adds to an update what it changed, as far as the registry tells; for a running build. Never fails. */
    public CompletableFuture<CheckResult> describe(Run<?, ?> run, CheckResult update) {
        return describe(run.getParent(), login(run), update);
    }

    /** As {@link #describe(Run, CheckResult)}, for a job's trigger. */
    public CompletableFuture<CheckResult> describe(Job<?, ?> job, CheckResult update) {
        return describe(job, login(job), update);
    }

    private static RegistryAccess.Login login(Run<?, ?> run) {
        return (id, host) -> RegistryCredentials.ofRun(run, id, host);
    }

    private static RegistryAccess.Login login(Job<?, ?> job) {
        return (id, host) -> {
            // As the Credentials plugin writes the value of a parameter: CredentialsProvider.findCredentialById.
            if (id.startsWith("${") && id.endsWith("}")) {
                throw new RegistryException(
                        FailureKind.CONFIGURATION,
                        "'" + id
                                + "' stands for a parameter of a build, and a trigger does not know the parameters of builds. "
                                + "Name this image on the trigger with the id of a credential, or name a credential on the "
                                + "registry's entry in the global configuration");
            }
            return RegistryCredentials.ofJob(job, id, host);
        };
    }

    private CompletableFuture<CheckResult> describe(Job<?, ?> job, RegistryAccess.Login login, CheckResult update) {
        try {
            RegistryAccess access = access();
            RegistryEndpoint endpoint = access.endpoint();
            return ControllerHttp.get()
                    .checker()
                    .describe(update, endpoint, access.authentication(job, login))
                    .exceptionally(thrown -> update);
        } catch (RegistryException | RuntimeException | Error e) {
            return CompletableFuture.completedFuture(update);
        }
    }

    /** What the tag policy would choose now, for a running build. Records nothing. */
    public CompletableFuture<Preview> preview(Run<?, ?> run) {
        RegistryAccess access = access();
        TagSelection policy = Objects.requireNonNull(tags, "a preview needs a tag policy");
        try {
            Authentication authentication = access.authentication(run.getParent(), login(run));
            return ControllerHttp.get().checker().preview(image, policy.toPolicy(), access.endpoint(), authentication);
        } catch (RegistryException e) {
            String id = access.credentialsId();
            return CompletableFuture.completedFuture(
                    new Preview(image, null, id, e.toFailure(image.reference().toString(), id)));
        }
    }

    private CompletableFuture<Sighting> check(
            @CheckForNull Job<?, ?> job, RegistryAccess.Login login, Known known, @CheckForNull Instant since) {
        RegistryAccess access = access();
        try {
            RegistryEndpoint endpoint = access.endpoint();
            Authentication authentication = access.authentication(job, login);
            ImageChecker checker = ControllerHttp.get().checker();
            CompletableFuture<Sighting> seen = tags == null
                    ? checker.check(image, endpoint, authentication, known.resolved(), since, age(), known.digests())
                    : checker.check(
                            image,
                            tags.toPolicy(),
                            endpoint,
                            authentication,
                            known.tags(),
                            since,
                            age(),
                            known.digests());
            RanDigests ran = known.ran();
            CompletableFuture<Sighting> compared = ran == null
                    ? seen
                    : seen.thenCompose(sighting -> checker.compareRan(sighting, ran, endpoint, authentication));
            return compared.whenComplete((sighting, thrown) -> {
                String id = sighting == null ? null : sighting.credentialsId();
                if (id != null && rejected(sighting.failure())) {
                    RegistryCredentials.rejected(id);
                }
            });
        } catch (RegistryException e) {
            String id = access.credentialsId();
            return CompletableFuture.completedFuture(
                    Sighting.failed(image, e.toFailure(image.reference().toString(), id), id, Instant.now()));
        }
    }

    private static boolean rejected(@CheckForNull Failure failure) {
        return failure != null && failure.kind() == FailureKind.CREDENTIAL_REJECTED;
    }
}
