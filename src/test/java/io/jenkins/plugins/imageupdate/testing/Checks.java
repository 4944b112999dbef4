package io.jenkins.plugins.imageupdate.testing;

import io.jenkins.plugins.imageupdate.check.ImageChecker;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.Retries;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Checks of one registry, as the Jenkins half makes them, on two threads of their own: whatever waits with a thread in hand soon stops
 * everything. Pauses move the clock and take no time.
 */
public final class Checks implements AutoCloseable {
    public static final Authentication ANONYMOUS = new Authentication.Anonymous();

    private static final long PATIENCE_SECONDS = 30;

    private final TestClock clock = new TestClock();
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "checks");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpTransport transport;
    private final ImageChecker checker;
    private RegistryEndpoint endpoint;

    private Checks(RegistryEndpoint endpoint, HttpClient http) {
        this.endpoint = endpoint;
        Retries retries = new Retries(() -> 0, length -> {
            clock.advanceTo(clock.instant().plus(length));
            return CompletableFuture.completedFuture(null);
        });
        transport = new HttpTransport(any -> http, threads, clock, retries);
        checker = new ImageChecker(transport);
    }

    /** @param host host and port, asked by plain HTTP; a Google key may go there */
    public static Checks of(String host) {
        return new Checks(Clients.plain(host), Clients.HTTP);
    }

    public static Checks of(RegistryEndpoint endpoint, HttpClient http) {
        return new Checks(endpoint, http);
    }

    public Checks requestsPerSecond(double rate) {
        endpoint = endpoint.withRequestsPerSecond(rate);
        return this;
    }

    public Checks timeout(Duration timeout) {
        endpoint = new RegistryEndpoint(
                endpoint.host(), endpoint.plainHttp(), timeout, endpoint.parallel(), endpoint.googleKeysAllowed());
        return this;
    }

    public Checks parallel(int parallel) {
        endpoint = new RegistryEndpoint(
                endpoint.host(), endpoint.plainHttp(), endpoint.timeout(), parallel, endpoint.googleKeysAllowed());
        return this;
    }

    public TestClock clock() {
        return clock;
    }

    public HttpTransport transport() {
        return transport;
    }

    public WatchedImage image(String rest, String platform) {
        return WatchedImage.parse(endpoint.host() + "/" + rest, platform);
    }

    /** @param image without its host, such as {@code p/app:stable} */
    public CompletableFuture<Sighting> begin(String image, Authentication authentication) {
        return checker.check(image(image, null), endpoint, authentication, null);
    }

    public Sighting check(String image, Authentication authentication) {
        return await(begin(image, authentication));
    }

    public Sighting check(String image, String platform, Authentication authentication, ResolvedImage known) {
        return await(checker.check(image(image, platform), endpoint, authentication, known));
    }

    /** The digest that decides, of a check that has to succeed. */
    public String digest(String image, Authentication authentication) {
        return digest(check(image, authentication));
    }

    public String digest(String image, String platform, Authentication authentication) {
        return digest(check(image, platform, authentication, null));
    }

    public static String digest(Sighting seen) {
        if (seen.failure() != null) {
            throw new AssertionError(seen.failure().message());
        }
        return seen.tags().newest().digest().toString();
    }

    /** The failure of a check that has to fail. */
    public Failure failure(String image, Authentication authentication) {
        return failure(check(image, authentication));
    }

    public static Failure failure(Sighting seen) {
        if (seen.failure() == null) {
            throw new AssertionError("no failure: " + seen.tags());
        }
        return seen.failure();
    }

    public static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
