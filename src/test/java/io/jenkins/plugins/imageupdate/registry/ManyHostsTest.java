package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.auth.Authorizers;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
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
    private static final int HOSTS = RegistryClient.MAX_UNLISTED_CHECKS + 20;
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
            RegistryClient client = new RegistryClient(transport);
            Authorizer nobody = new Authorizers(transport).of(Checks.ANONYMOUS);

            List<CompletableFuture<ResolvedImage>> begun = new ArrayList<>();
            for (int i = 0; i < HOSTS; i++) {
                String host = "198.51.100." + i;
                begun.add(client.resolve(
                        ImageReference.parse(host + "/p/app:stable"),
                        null,
                        new RegistryEndpoint(host, true, PATIENCE, 8, false, false),
                        nobody,
                        null));
            }
            assertTrue(internet.awaitRequests(request -> true, RegistryClient.MAX_UNLISTED_CHECKS, PATIENCE));
            ResolvedImage found = client.resolve(
                            ImageReference.parse(listed.host() + "/p/app:stable"),
                            null,
                            Clients.plain(listed.host()),
                            nobody,
                            null)
                    .join();
            assertEquals(digest, found.digest().toString());
            release.countDown();
            begun.forEach(CompletableFuture::join);
            assertEquals(RegistryClient.MAX_UNLISTED_CHECKS, internet.mostInFlight());
            assertEquals(HOSTS, internet.requests().size());
        }
    }
}
