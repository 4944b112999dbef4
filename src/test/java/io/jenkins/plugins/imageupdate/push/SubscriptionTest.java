package io.jenkins.plugins.imageupdate.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.testing.Canaries;
import io.jenkins.plugins.imageupdate.testing.FakePubSub;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jenkins pulls push events from a subscription of Google Pub/Sub. */
@WithJenkins
@WithRegistry
class SubscriptionTest {
    private static final String BEARER = Canaries.plant("an access token", "ya29.event-canary-of-pubsub");

    @Test
    void aMessageStartsTheBuildAndIsAcknowledged(JenkinsRule jenkins, PollScene scene) throws Exception {
        try (FakePubSub google = FakePubSub.start()) {
            google.allow(BEARER);
            SubscriptionPulls.get().use(URI.create(google.origin()));
            PushEvents.secret("pubsub-token", BEARER);
            EventSubscription subscription = new EventSubscription(FakePubSub.SUBSCRIPTION);
            subscription.setCredentialsId("pubsub-token");
            PushEventsConfiguration.get().setSubscriptions(List.of(subscription));
            FreeStyleProject job = scene.watching("pulled");
            scene.push("p/pulled", "two");
            String id = google.publishPush(scene.image("p/pulled"), "sha256:11");
            PushEvents.awaitBuild(job, 1);
            assertTrue(google.awaitAcknowledged(id));
            EventStatus status = SubscriptionPulls.get().status(subscription);
            assertEquals(1, status.events());
            assertNotNull(status.lastEvent());
            assertFalse(status.failing());
            assertTrue(new ConfiguredEventHearing().hears());

            String twice = google.publishPush(scene.image("p/pulled"), "sha256:11");
            assertTrue(google.awaitAcknowledged(twice));
            google.redeliver();
            scene.idle();
            assertEquals(1, PollScene.builds(job), "a message that comes twice builds nothing");

            EventSubscription.DescriptorImpl form =
                    (EventSubscription.DescriptorImpl) jenkins.jenkins.getDescriptorOrDie(EventSubscription.class);
            String tested = form.doTestSubscription(FakePubSub.SUBSCRIPTION, "pubsub-token")
                    .getMessage();
            assertTrue(tested.contains("may be pulled"), tested);
            String missing = form.doTestSubscription("projects/p/subscriptions/other", "pubsub-token")
                    .getMessage();
            assertTrue(missing.contains("Create the subscription"), missing);
            String none = form.doTestSubscription(FakePubSub.SUBSCRIPTION, "no-such-credential")
                    .getMessage();
            assertTrue(none.contains("no-such-credential"), none);

            google.deny(BEARER);
            google.publishPush(scene.image("p/pulled"), "sha256:11");
            PushEvents.await(() -> SubscriptionPulls.get().status(subscription).failing());
            String problem = SubscriptionPulls.get().status(subscription).problem();
            assertTrue(problem.contains("UNAUTHENTICATED"), problem);
            assertFalse(problem.contains(BEARER));
            assertFalse(new ConfiguredEventHearing().hears(), "schedules check as usual while nothing is heard");
            PushEventsConfiguration.get().setSubscriptions(List.of());
        }
    }
}
