package io.jenkins.plugins.imageupdate.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.ImageChecker;
import io.jenkins.plugins.imageupdate.check.Preview;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.ledger.Since;
import io.jenkins.plugins.imageupdate.ledger.StepRun;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Platform;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Checks the images of one command line together, as a build's step does, and compares them with what an earlier command recorded.
 *
 * @param plainHttp whether the registries are asked by http
 * @param googleKeysAllowed whether Google keys and tokens may go to registries that are not Google's
 */
record ImageChecks(
        Authentication authentication,
        @CheckForNull Platform platform,
        @CheckForNull TagPolicy policy,
        boolean plainHttp,
        boolean googleKeysAllowed) {
    /** Each command is a run of its own. The number is not shown. */
    private static final StepRun THIS_RUN = new StepRun(1, null);

    /** Returns a result for each image, each image once, and records what was seen in the ledger. */
    List<CheckResult> check(Collection<String> images, JobLedger ledger) {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            ImageChecker checker = checker(threads);
            Map<Object, Supplier<CompletableFuture<CheckResult>>> asked = new LinkedHashMap<>();
            for (String image : images) {
                try {
                    WatchedImage watched = watched(image);
                    asked.computeIfAbsent(watched.identity(), unused -> ask(checker, watched, ledger));
                } catch (IllegalArgumentException e) {
                    CheckResult result = unreadable(image, e);
                    asked.put(image, () -> CompletableFuture.completedFuture(result));
                }
            }
            // The ledger is for one thread: all images are asked for by now, and compared one after the other.
            List<CompletableFuture<CheckResult>> compared =
                    asked.values().stream().map(Supplier::get).toList();
            return compared.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    /** What the policy would choose for each image now. */
    List<Preview> preview(Collection<String> images) throws CommandException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            ImageChecker checker = checker(threads);
            List<CompletableFuture<Preview>> previews = new ArrayList<>();
            for (String image : images) {
                WatchedImage watched = watched(image);
                previews.add(
                        checker.preview(watched, policy, endpoint(watched.reference().host()), authentication));
            }
            return previews.stream().map(CompletableFuture::join).toList();
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        } finally {
            threads.shutdownNow();
        }
    }

    private static ImageChecker checker(ExecutorService threads) {
        HttpClient client = HttpClient.newHttpClient();
        return new ImageChecker(new HttpTransport(endpoint -> client, threads, Clock.systemUTC()));
    }

    private WatchedImage watched(String image) {
        return new WatchedImage(ImageReference.parse(image), platform, policy == null ? null : policy.key());
    }

    private CheckResult unreadable(String image, IllegalArgumentException e) {
        return CheckResult.unreadable(
                platform == null ? null : platform.toString(),
                new Failure(FailureKind.CONFIGURATION, image, authentication.credentialsId(), e.getMessage(), null));
    }

    /** Asks for an image now, and compares what was seen when the result is asked for. */
    private Supplier<CompletableFuture<CheckResult>> ask(ImageChecker checker, WatchedImage image, JobLedger ledger) {
        RegistryEndpoint endpoint = endpoint(image.reference().host());
        CompletableFuture<Sighting> sighting = policy == null
                ? checker.check(image, endpoint, authentication, null)
                : checker.check(
                        image,
                        policy,
                        endpoint,
                        authentication,
                        ledger.knownTags(image, Since.LAST_CHECK, THIS_RUN),
                        null);
        return () -> {
            CheckResult result = ledger.check(sighting.join(), Since.LAST_CHECK, THIS_RUN);
            return result.changed()
                    ? checker.describe(result, endpoint, authentication)
                    : CompletableFuture.completedFuture(result);
        };
    }

    /** The user of the command answers for its registries, as an administrator does for those that Jenkins lists. */
    private RegistryEndpoint endpoint(String host) {
        return new RegistryEndpoint(
                host,
                plainHttp,
                RegistryEndpoint.DEFAULT_TIMEOUT,
                RegistryEndpoint.DEFAULT_PARALLEL,
                googleKeysAllowed);
    }
}
