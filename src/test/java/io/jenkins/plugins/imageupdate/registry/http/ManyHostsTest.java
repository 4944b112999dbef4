package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import io.jenkins.plugins.imageupdate.registry.auth.RegistryClient;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleTokenSource;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.PublicInternet;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Names of hosts are anybody's to make up: a job with hundreds of hosts that do not answer must not take all connections. */
class ManyHostsTest {
    private static final int HOSTS = Limits.UNLISTED_CHECKS + 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void soManyChecksOfStrangersAreUnderWayAndAListedRegistryWaitsForNone() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        try (InProcessRegistry internet = InProcessRegistry.start();
                InProcessRegistry listed = InProcessRegistry.start()) {
            internet.pushImage("p/app", "stable", "one");
            String digest = listed.pushImage("p/app", "stable", "two");
            internet.faults().always(request -> true, Fault.heldUntil(release));
            HttpClient http = PublicInternet.answeredBy(internet.origin());
            HttpTransport transport = new HttpTransport(any -> http, ForkJoinPool.commonPool(), Clock.systemUTC());
            RegistryClient client = new RegistryClient(transport, new GoogleTokenSource(transport));

            List<CompletableFuture<ResolvedImage>> begun = new ArrayList<>();
            for (int i = 0; i < HOSTS; i++) {
                String host = "198.51.100." + i;
                ImageReference image = ImageReference.parse(host + "/p/app:stable");
                begun.add(client.repository(
                                image, new RegistryEndpoint(host, true, PATIENCE, 8, false, false), Checks.ANONYMOUS)
                        .resolve(image, null, null));
            }
            assertTrue(internet.awaitRequests(request -> true, Limits.UNLISTED_CHECKS, PATIENCE));
            ImageReference image = ImageReference.parse(listed.host() + "/p/app:stable");
            ResolvedImage found = client.repository(image, Clients.plain(listed.host()), Checks.ANONYMOUS)
                    .resolve(image, null, null)
                    .join();
            assertEquals(digest, found.digest().toString());
            release.countDown();
            begun.forEach(CompletableFuture::join);
            assertEquals(Limits.UNLISTED_CHECKS, internet.mostInFlight());
            assertEquals(HOSTS, internet.requests().size());
        }
    }
}
