package io.jenkins.plugins.imageupdate.demo;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.ImageChecker;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.ForkJoinPool;

/** Checks of the demo's image, with what Jenkins would know of it: its registry's entry and its credential. */
record DemoChecks(WatchedImage image, RegistryEndpoint endpoint, Authentication authentication, ImageChecker checker) {
    static DemoChecks of(DemoRegistry registry) {
        HttpClient client = HttpClient.newHttpClient();
        return new DemoChecks(
                WatchedImage.parse(registry.image(), null),
                new RegistryEndpoint(
                        registry.host(),
                        true,
                        RegistryEndpoint.DEFAULT_TIMEOUT,
                        RegistryEndpoint.DEFAULT_PARALLEL,
                        true),
                Authentications.ofSecret(DemoRegistry.KEY, registry.key()),
                new ImageChecker(new HttpTransport(
                        endpoint -> client,
                        ForkJoinPool.commonPool(),
                        Clock.systemUTC())));
    }

    Sighting see(@CheckForNull ResolvedImage known) {
        return checker.check(image, endpoint, authentication, known).join();
    }

    /** The result with what the update changed. */
    CheckResult describe(CheckResult result) {
        return result.changed()
                ? checker.describe(result, endpoint, authentication).join()
                : result;
    }
}
