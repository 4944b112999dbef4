package io.jenkins.plugins.imageupdate.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.events.PushedImage;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.testing.DistributionServer;
import io.jenkins.plugins.imageupdate.testing.ImagePusher;
import io.jenkins.plugins.imageupdate.trigger.WatchIndex;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * How long it takes from a push to the start of the build, with the real distribution server; and many watched images with ten events a second. No
 * test by its name: {@code mvn test -Dtest=PushEventsBenchmark '-DargLine=-Xmx1g @{jenkins.addOpens}'}.
 */
@WithJenkins
class PushEventsBenchmark {
    private static final int PUSHES = Integer.getInteger("events.pushes", 20);
    private static final int JOBS = Integer.getInteger("events.jobs", 1_000);
    private static final int IMAGES = Integer.getInteger("events.images", 100);
    private static final int SECONDS = Integer.getInteger("events.seconds", 60);
    private static final int A_SECOND = 10;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void fromThePushToTheStartOfTheBuild(JenkinsRule jenkins, @TempDir Path directory) throws Exception {
        PushEvents.source("registry", "distribution");
        jenkins.jenkins.setQuietPeriod(0);
        String url = jenkins.getURL() + EventReceiver.URL + "/registry";
        try (DistributionServer server =
                DistributionServer.start(directory, DistributionServer.notifying(url, PushEvents.SECRET))) {
            ConfiguredRegistry configured = new ConfiguredRegistry(server.host());
            configured.setPlainHttp(true);
            RegistriesConfiguration.get().setRegistries(List.of(configured));
            ImagePusher pusher = new ImagePusher(server.origin());
            double[] seconds = new double[PUSHES];
            for (int i = 0; i < PUSHES; i++) {
                pusher.pushImage("p/app" + i, "stable", "one");
                FreeStyleProject job = jenkins.createFreeStyleProject("app" + i);
                job.addTrigger(PollScene.trigger(server.host() + "/p/app" + i + ":stable"));
                job.save();
                PollScene.poll(job);
            }
            for (int i = 0; i < PUSHES; i++) {
                pusher.pushImage("p/app" + i, "stable", "two");
                long pushed = System.currentTimeMillis();
                FreeStyleBuild build = PushEvents.awaitBuild(
                        (FreeStyleProject) jenkins.jenkins.getItem("app" + i), 1);
                seconds[i] = (build.getStartTimeInMillis() - pushed) / 1e3;
            }
            print("from the push to the start of the build, real distribution server", seconds);
        }
    }

    @Test
    @WithRegistry
    void manyImages(JenkinsRule jenkins, PollScene scene) throws Exception {
        PushEvents.source("own", "distribution");
        List<FreeStyleProject> jobs = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            int job = i;
            jobs.add(scene.job(
                    "job" + i,
                    IntStream.range(0, IMAGES)
                            .mapToObj(image -> scene.image("p/app" + job + "-" + image))
                            .toArray(String[]::new)));
        }
        Random random = new Random(1);
        List<String> repositories = IntStream.range(0, SECONDS * A_SECOND)
                .mapToObj(i -> "p/app" + random.nextInt(JOBS) + "-" + random.nextInt(IMAGES))
                .distinct()
                .toList();
        repositories.forEach(repository -> scene.push(repository, "one"));
        long before = heap();
        long first = System.nanoTime();
        // Reads all jobs, since all are new.
        assertEquals(202, send(scene, "p/none"));
        PushEvents.await(() -> WatchIndex.get()
                .find(new PushedImage("none.example", "p/none", null))
                .isEmpty());
        double indexed = (System.nanoTime() - first) / 1e9;
        long after = heap();
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);
        List<CompletableFuture<Double>> delays = new ArrayList<>();
        for (int i = 0; i < repositories.size(); i++) {
            String repository = repositories.get(i);
            CompletableFuture<Double> delay = new CompletableFuture<>();
            delays.add(delay);
            timer.schedule(
                    () -> {
                        try {
                            long start = System.nanoTime();
                            assertEquals(202, send(scene, repository));
                            CompletableFuture.runAsync(() -> {
                                try {
                                    assertTrue(scene.registry.awaitRequests(
                                            request -> request.isManifest()
                                                    && request.path().contains("/" + repository + "/"),
                                            1,
                                            Duration.ofSeconds(60)));
                                    delay.complete((System.nanoTime() - start) / 1e9);
                                } catch (InterruptedException e) {
                                    delay.completeExceptionally(e);
                                }
                            });
                        } catch (Exception e) {
                            delay.completeExceptionally(e);
                        }
                    },
                    i * 1_000L / A_SECOND,
                    TimeUnit.MILLISECONDS);
        }
        double[] seconds = delays.stream().mapToDouble(CompletableFuture::join).toArray();
        timer.shutdown();
        System.out.printf(
                Locale.ROOT,
                "%d jobs × %d images: index read in %.1f s, %d MB of heap before it, %d MB with it, %d MB after the events; at most %d MB%n",
                JOBS,
                IMAGES,
                indexed,
                before,
                after,
                heap(),
                Runtime.getRuntime().maxMemory() >> 20);
        print("from the event to the request, " + A_SECOND + " events a second", seconds);
    }

    private int send(PollScene scene, String repository) throws Exception {
        String body =
                "{\"events\": [{\"action\": \"push\", \"target\": {\"mediaType\": \"m\", \"repository\": \"%s\", \"tag\": \"stable\"},"
                                .formatted(repository)
                        + " \"request\": {\"host\": \"%s\"}}]}".formatted(scene.registry.host());
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(scene.jenkins.getURL() + EventReceiver.URL + "/own"))
                .header("Authorization", "Bearer " + PushEvents.SECRET)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    private static void print(String what, double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%s: %d, median %.3f s, 95%% within %.3f s, longest %.3f s%n",
                what,
                sorted.length,
                sorted[sorted.length / 2],
                sorted[sorted.length * 95 / 100],
                sorted[sorted.length - 1]);
    }
}
