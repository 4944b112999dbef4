package io.jenkins.plugins.imageupdate.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.testing.Canaries;
import io.jenkins.plugins.imageupdate.testing.FakeGoogle;
import io.jenkins.plugins.imageupdate.testing.FakePubSub;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listening to a subscription, against a server that speaks Pub/Sub's REST API. */
class PubSubPullTest implements PubSubPull.Listener, PubSubPull.Access {
    private static final String BEARER = Canaries.plant("an access token", "ya29.of-the-subscription");

    private final FakePubSub google = FakePubSub.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpTransport transport =
            new HttpTransport(endpoint -> http, ForkJoinPool.commonPool(), Clock.systemUTC());
    private final BlockingQueue<List<PushedImage>> pushed = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> problems = new LinkedBlockingQueue<>();
    private final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> refused = new LinkedBlockingQueue<>();
    private volatile boolean taking = true;
    private PubSubPull pull = pull(FakePubSub.SUBSCRIPTION);

    private PubSubPull pull(String subscription) {
        return new PubSubPull(
                new PubSub(transport, URI.create(google.origin()), subscription),
                this,
                this,
                Clock.systemUTC(),
                length -> {
                    pauses.add(length);
                    return CompletableFuture.completedFuture(null);
                });
    }

    @BeforeEach
    void allow() {
        google.allow(BEARER);
    }

    @AfterEach
    void stop() {
        pull.stop();
        google.close();
    }

    @Override
    public boolean pushed(List<PushedImage> images) {
        boolean now = taking;
        pushed.add(images);
        return now;
    }

    @Override
    public void heard(int messages) {
        // Nothing is shown here.
    }

    @Override
    public void unread(String why) {
        problems.add(why);
    }

    @Override
    public void failed(String why) {
        problems.add(why);
    }

    @Override
    public CompletableFuture<String> bearer() {
        return CompletableFuture.completedFuture(BEARER);
    }

    @Override
    public void refused(String bearer) {
        refused.add(bearer);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(20, TimeUnit.SECONDS);
        assertNotNull(next, "nothing came in time");
        return next;
    }

    @Test
    void aMessageIsTakenThenAcknowledgedAndTheNextPullWaits() throws Exception {
        pull.start();
        String id = google.publishPush("gcr.io/p/app:stable", "sha256:11");
        assertEquals(List.of(new PushedImage("gcr.io", "p/app", "stable")), next(pushed));
        assertTrue(google.awaitAcknowledged(id));
        String later = google.publishPush("us-docker.pkg.dev/p/r/app:v1", "sha256:11");
        assertEquals(List.of(new PushedImage("us-docker.pkg.dev", "p/r/app", "v1")), next(pushed));
        assertTrue(google.awaitAcknowledged(later));
        assertEquals(List.of(), List.copyOf(pauses));
        assertEquals(List.of(), List.copyOf(problems));
    }

    @Test
    void whatCannotBeTakenIsNotAcknowledgedAndComesAgain() throws Exception {
        taking = false;
        String id = google.publishPush("gcr.io/p/app:stable", "sha256:11");
        pull.start();
        next(pushed);
        assertEquals(Duration.ofSeconds(1), next(pauses));
        taking = true;
        google.redeliver();
        assertEquals(1, next(pushed).size());
        assertTrue(google.awaitAcknowledged(id));
    }

    @Test
    void aMessageThatIsNotReadIsSaidAndNotDeliveredForDays() throws Exception {
        pull.start();
        for (String data : List.of("not JSON", "{}", "{\"action\":\"INSERT\",\"tag\":\"../../etc\"}")) {
            String id = google.publish(data);
            assertEquals(List.of(), next(pushed));
            assertTrue(google.awaitAcknowledged(id));
            String problem = next(problems);
            assertFalse(problem.contains("etc"), problem);
        }
        String deleted = google.publish("{\"action\":\"DELETE\",\"tag\":\"gcr.io/p/app:stable\"}");
        assertTrue(google.awaitAcknowledged(deleted));
        assertEquals(List.of(), next(pushed));
        assertTrue(problems.isEmpty());
    }

    @Test
    void failuresMakeThePausesLongerAndAreSaidInGooglesWords() throws Exception {
        google.faults().always(request -> true, Fault.reply(Reply.of(503)));
        pull.start();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
            assertEquals(Duration.ofSeconds(seconds), next(pauses));
        }
        assertTrue(next(problems).contains("Google Pub/Sub"));
        google.faults().clear();
        String id = google.publishPush("gcr.io/p/app:stable", "sha256:11");
        assertTrue(google.awaitAcknowledged(id));
    }

    @Test
    void aTokenThatIsRefusedIsForgotten() throws Exception {
        google.deny(BEARER);
        pull.start();
        assertEquals(BEARER, next(refused));
        String problem = next(problems);
        assertTrue(problem.contains("UNAUTHENTICATED"), problem);
        google.allow(BEARER);
        String id = google.publishPush("gcr.io/p/app:stable", "sha256:11");
        assertTrue(google.awaitAcknowledged(id));
    }

    @Test
    void aMissingSubscriptionAndAMissingRoleHaveTheirOwnWords() throws Exception {
        pull = pull("projects/p/subscriptions/other");
        pull.start();
        String missing = next(problems);
        assertTrue(missing.contains("Create the subscription"), missing);
        pull.stop();
        google.faults()
                .always(
                        request -> true,
                        Fault.reply(FakeGoogle.apiRefused(
                                403, "PERMISSION_DENIED", "User not authorized to perform this action.")));
        pull = pull(FakePubSub.SUBSCRIPTION);
        problems.clear();
        pull.start();
        String role = next(problems);
        while (role.contains("Create the subscription")) {
            role = next(problems);
        }
        assertTrue(role.contains("roles/pubsub.subscriber"), role);
    }

    @Test
    void aTestAsksForThePermissionAndTakesNoMessage() {
        google.publishPush("gcr.io/p/app:stable", "sha256:11");
        PubSub pubSub = new PubSub(transport, URI.create(google.origin()), FakePubSub.SUBSCRIPTION);
        assertTrue(pubSub.mayPull(BEARER).join());
        assertEquals(1, pubSub.pull(BEARER).join().size());
    }

    @Test
    void onlyFullNamesOfSubscriptionsAreTaken() {
        assertTrue(PubSub.isName("projects/my-project/subscriptions/jenkins"));
        assertTrue(PubSub.isName("projects/example.com:my-project/subscriptions/jenkins-2"));
        for (String wrong : List.of(
                "jenkins",
                "projects/p/topics/gcr",
                "projects/p/subscriptions/a",
                "projects/p/subscriptions/a/../b",
                "projects/p/subscriptions/jenkins?x",
                "projects//subscriptions/jenkins",
                "")) {
            assertFalse(PubSub.isName(wrong), wrong);
        }
    }
}
