package io.jenkins.plugins.imageupdate.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.security.csrf.DefaultCrumbIssuer;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.CapturedLog;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.policy.NewestTags;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateBuilder;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateStep;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Events have the images checked that jobs watch, and nothing else. */
@WithRegistry
class EventReceiverTest extends SharedScene {
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void source() {
        if (PushEventsConfiguration.get().source("own") == null) {
            PushEvents.source("own", "distribution");
        }
    }

    @AfterEach
    void onlyTheRegistry() {
        ConfiguredRegistry configured = new ConfiguredRegistry(scene.registry.host());
        configured.setPlainHttp(true);
        RegistriesConfiguration.get().setRegistries(List.of(configured));
    }

    private HttpRequest event(String host, String repository, String tag) throws Exception {
        String body =
                "{\"events\": [{\"action\": \"push\", \"target\": {\"mediaType\": \"m\", \"repository\": \"%s\", \"tag\": \"%s\"},"
                                .formatted(repository, tag)
                        + " \"request\": {\"host\": \"%s\"}}]}".formatted(host);
        return HttpRequest.newBuilder(URI.create(jenkins.getURL() + "image-update-events/own"))
                .header("Authorization", "Bearer " + PushEvents.SECRET)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void push(String host, String repository, String tag) throws Exception {
        HttpResponse<String> answer = http.send(event(host, repository, tag), HttpResponse.BodyHandlers.ofString());
        assertEquals(202, answer.statusCode());
        assertEquals("", answer.body());
        assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty(), "a sender needs no session");
    }

    private void push(String repository) throws Exception {
        push(scene.registry.host(), repository, "stable");
    }

    /** Whether the manifest of this repository was asked for. */
    private boolean asked(String repository) {
        return scene.registry.count(
                        request -> request.isManifest() && request.path().contains("/" + repository + "/"))
                > 0;
    }

    @Test
    void anEventChecksOnlyTheImageThatItNamesAndBuildsWhatTheRegistryShows() throws Exception {
        scene.push("p/one", "one");
        scene.push("p/other", "one");
        FreeStyleProject job = scene.job("two-images", scene.image("p/one"), scene.image("p/other"));
        scene.tick(job);
        scene.registry.clear();
        push("p/one");
        PushEvents.await(() -> asked("p/one") && !ImageUpdatePoller.get().polling(job));
        assertFalse(asked("p/other"));
        assertEquals(
                2,
                ImageUpdatePoller.get().report(job).orElseThrow().images().size(),
                "the last check of the other image is still shown");
        scene.push("p/one", "two");
        scene.push("p/other", "two");
        push("p/one");
        PushEvents.awaitBuild(job, 1);
        assertEquals(1, PollScene.builds(job));
        assertFalse(asked("p/other"));
    }

    @Test
    void anonymousCallersWithoutACrumbAreEnoughWhereJenkinsIsClosed() throws Exception {
        FreeStyleProject job = scene.watching("closed");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
        var issuer = jenkins.jenkins.getCrumbIssuer();
        jenkins.jenkins.setCrumbIssuer(new DefaultCrumbIssuer(false));
        try {
            scene.push("p/closed", "two");
            push("p/closed");
            PushEvents.awaitBuild(job, 1);
        } finally {
            jenkins.jenkins.disableSecurity();
            jenkins.jenkins.setCrumbIssuer(issuer);
        }
    }

    @Test
    void aFloodOfEventsIsOneCheckAndThenOneMore() throws Exception {
        FreeStyleProject job = scene.watching("flood");
        scene.registry.clear();
        HttpRequest event = event(scene.registry.host(), "p/flood", "stable");
        List<CompletableFuture<Integer>> answers =
                IntStream.range(0, 10_000).mapToObj(i -> i).collect(Collectors.groupingBy(i -> i % 4)).values().stream()
                        .map(part -> CompletableFuture.supplyAsync(() -> {
                            int refused = 0;
                            for (int ignored : part) {
                                try {
                                    int status = http.send(event, HttpResponse.BodyHandlers.discarding())
                                            .statusCode();
                                    assertTrue(status == 202 || status == 429, () -> String.valueOf(status));
                                    refused += status == 429 ? 1 : 0;
                                } catch (IOException | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            }
                            return refused;
                        }))
                        .toList();
        long start = System.nanoTime();
        int refused = answers.stream().mapToInt(CompletableFuture::join).sum();
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        PushEvents.await(() -> scene.registry.count(RecordedRequest::isManifest) >= 2);
        scene.idle();
        long checks = scene.registry.count(RecordedRequest::isManifest);
        assertTrue(checks <= 3 + seconds / 5, checks + " checks in " + seconds + " seconds");
        assertEquals(0, PollScene.builds(job));
        System.out.println("10,000 events: " + checks + " checks in " + seconds + " seconds, " + refused + " refused");
    }

    @Test
    void aChangeAfterTheFirstOfTwoEventsIsSeenByTheSecond() throws Exception {
        FreeStyleProject job = scene.watching("twice");
        push("p/twice");
        scene.push("p/twice", "two");
        push("p/twice");
        PushEvents.awaitBuild(job, 1);
    }

    @Test
    void anEventDuringACheckOfTheJobIsCheckedAfterIt() throws Exception {
        FreeStyleProject job = scene.watching("during");
        PollScene.Held held = scene.new Held(job);
        scene.push("p/during", "two");
        push("p/during");
        held.release();
        PushEvents.awaitBuild(job, 1);
    }

    @Test
    void aTagPolicyIsAskedForEachTagOfItsRepositoryAndAPlainTagForItsOwn() throws Exception {
        scene.push("p/tags", "one");
        FreeStyleProject plain = scene.job("plain-tag", scene.image("p/tags"));
        FreeStyleProject policy = scene.job("policy", scene.image("p/tags"));
        PollScene.tags(policy, new NewestTags());
        policy.save();
        scene.tick(plain);
        scene.tick(policy);
        scene.registry.pushImage("p/tags", "v2", "two");
        scene.registry.clear();
        push(scene.registry.host(), "p/tags", "v2");
        PushEvents.await(() -> scene.registry.count(request -> request.path().contains("/tags/list")) > 0
                && !ImageUpdatePoller.get().polling(policy));
        assertFalse(scene.registry.requests().stream()
                .anyMatch(request -> request.path().endsWith("/manifests/stable") && request.isHead()));
        assertFalse(ImageUpdatePoller.get().polling(plain));
    }

    @Test
    void anImageIsFoundUnderItsRegistrysNameAndItsMirrors() throws Exception {
        ConfiguredRegistry mirrored = new ConfiguredRegistry("registry.example");
        mirrored.setMirror(scene.registry.host());
        mirrored.setPlainHttp(true);
        RegistriesConfiguration.get().setRegistries(List.of(mirrored));
        scene.push("p/mirrored", "one");
        FreeStyleProject job = scene.job("mirrored", "registry.example/p/mirrored:stable");
        scene.tick(job);
        scene.push("p/mirrored", "two");
        push("p/mirrored");
        PushEvents.awaitBuild(job, 1);
        scene.push("p/mirrored", "three");
        push("registry.example", "p/mirrored", "stable");
        PushEvents.awaitBuild(job, 2);
    }

    @Test
    void theIndexFollowsRenamesChangesBuildsAndDeletions() throws Exception {
        scene.push("p/moved", "one");
        scene.push("p/built", "one");
        FreeStyleProject job = scene.job("before", scene.image("p/moved"));
        scene.tick(job);
        job.renameTo("after");
        scene.push("p/moved", "two");
        push("p/moved");
        PushEvents.awaitBuild(job, 1);

        CheckImageUpdateStep step = new CheckImageUpdateStep(scene.image("p/built"));
        job.getBuildersList().add(new CheckImageUpdateBuilder(step));
        job.getTrigger(ImageUpdateTrigger.class).setImages(List.of());
        job.save();
        jenkins.buildAndAssertSuccess(job);
        scene.push("p/built", "two");
        push("p/built");
        PushEvents.awaitBuild(job, 3);

        scene.registry.clear();
        push("p/moved");
        job.delete();
        push("p/built");
        scene.idle();
        assertEquals(0, scene.registry.count(RecordedRequest::isManifest));
    }

    @Test
    void whatIsRefusedIsSaidToAdministratorsWithoutTheSecretOrThePayload() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            HttpRequest wrong = HttpRequest.newBuilder(URI.create(jenkins.getURL() + "image-update-events/own"))
                    .header("Authorization", "Bearer " + PushEvents.SECRET)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"events\": \"marker-of-the-payload\"}"))
                    .build();
            assertEquals(
                    400, http.send(wrong, HttpResponse.BodyHandlers.ofString()).statusCode());
            EventStatus status =
                    EventReceiver.get().status(PushEventsConfiguration.get().source("own"));
            assertTrue(status.problem().contains("the fields of this format"), status::problem);
            assertTrue(status.failing());
            push("p/none");
            assertFalse(EventReceiver.get()
                    .status(PushEventsConfiguration.get().source("own"))
                    .failing());
            try (var client = jenkins.createWebClient()) {
                String page =
                        client.goTo("manage/image-updates").getWebResponse().getContentAsString();
                assertTrue(page.contains("An event was not read"), page);
                assertFalse(page.contains("marker-of-the-payload"));
                assertFalse(page.contains(PushEvents.SECRET));
            }
            assertFalse(log.text().contains(PushEvents.SECRET));
            assertFalse(log.text().contains("marker-of-the-payload"));
        }
    }

    @Test
    void aScheduleLeavesOutWhatWasCheckedWithinTheReconcileInterval() throws Exception {
        ConfiguredRegistry rare = new ConfiguredRegistry(scene.registry.host());
        rare.setPlainHttp(true);
        rare.setReconcileMinutes(60);
        RegistriesConfiguration.get().setRegistries(List.of(rare));
        scene.push("p/rare", "one");
        FreeStyleProject job = scene.job("rare", scene.image("p/rare"));
        ImageUpdateTrigger trigger = job.getTrigger(ImageUpdateTrigger.class);
        trigger.start(job, true);
        trigger.check(Instant.now());
        PushEvents.await(() -> asked("p/rare") && !ImageUpdatePoller.get().polling(job));
        scene.registry.clear();
        trigger.check(Instant.now());
        PushEvents.await(() -> !ImageUpdatePoller.get().polling(job));
        assertFalse(asked("p/rare"), "a schedule leaves it out");
        scene.push("p/rare", "two");
        push("p/rare");
        PushEvents.awaitBuild(job, 1);
        scene.tick(job);
        assertTrue(asked("p/rare"), "a user's check does not leave it out");

        List<EventSource> sources = PushEventsConfiguration.get().getSources();
        PushEventsConfiguration.get().setSources(List.of());
        scene.registry.clear();
        trigger.check(Instant.now());
        PushEvents.await(() -> asked("p/rare") && !ImageUpdatePoller.get().polling(job));
        PushEventsConfiguration.get().setSources(sources);
    }
}
