package io.jenkins.plugins.imageupdate.delivery;

import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Moves tags at random. Some move again at once, so that updates overtake each other. Most stay until a build for them has started, also
 * after several crashes.
 */
final class CrashPusher {
    private static final Duration LOST = Duration.ofMinutes(5);

    private final InProcessRegistry registry;
    private final File home;
    private final Random random;
    private final FutureTask<Void> task = new FutureTask<>(this::run, null);
    private volatile boolean ending;

    /** By job, the digests that stayed. */
    final Map<String, List<String>> stayed = new HashMap<>();

    int pushes;

    CrashPusher(InProcessRegistry registry, File home, Random random) {
        this.registry = registry;
        this.home = home;
        this.random = random;
        stayed.put(CrashJobs.FREESTYLE, new ArrayList<>());
        stayed.put(CrashJobs.PIPELINE, new ArrayList<>());
    }

    void start() {
        Thread thread = new Thread(task, "pusher");
        thread.setDaemon(true);
        thread.start();
    }

    /** Leaves every tag where it is. */
    void end() throws InterruptedException, ExecutionException, TimeoutException {
        ending = true;
        task.get(LOST.toSeconds() + 60, TimeUnit.SECONDS);
    }

    private String push(int image) {
        return registry.pushImage("p/image" + image, "stable", "content " + ++pushes);
    }

    private void run() {
        while (!ending) {
            int image = random.nextInt(3);
            String job = image == 2 ? CrashJobs.PIPELINE : CrashJobs.FREESTYLE;
            String digest = push(image);
            if (random.nextInt(4) == 0) {
                awaitChecks(1 + random.nextInt(3));
                continue;
            }
            long deadline = System.nanoTime() + LOST.toNanos();
            while (!ending && !started(job, digest) && System.nanoTime() < deadline) {
                awaitChecks(1);
            }
            stayed.get(job).add(digest);
        }
    }

    private void awaitChecks(int more) {
        try {
            int asked = (int) registry.count(RecordedRequest::isManifest);
            registry.awaitRequests(RecordedRequest::isManifest, asked + more, Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending = true;
        }
    }

    /** Whether a build has been started for it that is on disk, or was deleted. */
    private boolean started(String job, String digest) {
        return onDisk(job, digest) || onDisk(job + CrashJobs.RENAMED, digest) || deleted(job, digest);
    }

    private boolean deleted(String job, String digest) {
        try (Stream<String> lines = Files.lines(CrashJobs.deleted(home))) {
            return lines.anyMatch(line -> line.startsWith(job + " ") && line.endsWith(" " + digest));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private boolean onDisk(String folder, String digest) {
        try (Stream<Path> builds = Files.list(new File(home, "jobs/" + folder + "/builds").toPath())) {
            return builds.map(build -> build.resolve("build.xml"))
                    .filter(Files::isRegularFile)
                    .anyMatch(file -> {
                        try {
                            return Files.readString(file).contains("<digest>" + digest + "</digest>");
                        } catch (IOException e) {
                            return false;
                        }
                    });
        } catch (IOException e) {
            return false;
        }
    }
}
