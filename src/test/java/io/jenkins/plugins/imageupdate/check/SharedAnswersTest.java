package io.jenkins.plugins.imageupdate.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which answers equal checks share: a push event must not get one to a request that was sent before the push. */
class SharedAnswersTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ImageChecker checker =
            new ImageChecker(new HttpTransport(endpoint -> http, ForkJoinPool.commonPool(), Clock.systemUTC()));
    private final InProcessRegistry registry = InProcessRegistry.start();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch latch = new CountDownLatch(1);

    @AfterEach
    void stop() {
        latch.countDown();
        registry.close();
    }

    private CompletableFuture<Sighting> check(@CheckForNull Instant since) {
        RegistryEndpoint endpoint = new RegistryEndpoint(registry.host(), true, Duration.ofSeconds(30), 8, false);
        return checker.check(
                WatchedImage.parse(registry.host() + "/p/app:stable", null),
                endpoint,
                new Authentication.Anonymous(),
                null,
                since);
    }

    private static String digest(CompletableFuture<Sighting> check) {
        return check.join().tags().newest().digest().toString();
    }

    @Test
    void anAnswerToARequestFromBeforeIsNotGoodEnoughEvenIfItComesAfterwards() throws InterruptedException {
        String before = registry.pushImage("p/app", "stable", "one");
        registry.faults().next(RecordedRequest::isManifest, (request, regular) -> {
            var answer = regular.get();
            answered.countDown();
            latch.await();
            return answer;
        });
        CompletableFuture<Sighting> early = check(null);
        assertTrue(answered.await(20, TimeUnit.SECONDS));
        String after = registry.pushImage("p/app", "stable", "two");
        Instant pushed = Instant.now();
        CompletableFuture<Sighting> late = check(pushed);
        CompletableFuture<Sighting> joined = check(null);
        latch.countDown();
        assertEquals(before, digest(early));
        assertEquals(before, digest(joined), "an equal check joins the request that is under way");
        assertEquals(after, digest(late));
        assertEquals(2, registry.count(RecordedRequest::isManifest));
        assertEquals(after, digest(check(pushed)));
        assertEquals(2, registry.count(RecordedRequest::isManifest), "an answer from after the push is shared");
    }
}
