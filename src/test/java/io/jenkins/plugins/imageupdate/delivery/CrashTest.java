package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.imageupdate.harness.JvmOptions;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import java.io.File;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A real Jenkins process that is killed, restarted and reloaded at random moments, and has the plugin removed and installed again, while tags move,
 * builds fail, jobs are renamed and builds deleted at random: no update is lost, none is built twice. {@code -Dcrash.events=50} for the long run, {@code -Dcrash.seed=…} for the same moves
 * again.
 */
class CrashTest {
    private static final int EVENTS = Integer.getInteger("crash.events", 6);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());

    // The queue is saved a second after it changes and not a minute, so that there is an old one to come back to.
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            .withTimeout(0)
            .javaOptions("-Dhudson.model.Queue.Saver.DELAY_SECONDS=1", "-Xmx512m", JvmOptions.QUICK_START);

    private final Random random = new Random(SEED);
    private final InProcessRegistry registry = InProcessRegistry.start();
    private long lastStart = TimeUnit.SECONDS.toNanos(10);
    private final Map<Event, Integer> happened = new EnumMap<>(Event.class);

    private enum Event {
        KILL,
        KILL_WHILE_STARTING,
        SAFE_RESTART,
        RELOAD,
        RENAME,
        RENUMBER,
        LIVE_INSTALLATION
    }

    /** Kills are a half of them. The first are one of each other kind. */
    private Event event(int number) {
        Event[] kinds = Event.values();
        return number < kinds.length - 1
                ? kinds[kinds.length - 1 - number]
                : random.nextInt(3) == 0 ? Event.KILL : kinds[random.nextInt(kinds.length)];
    }

    @Test
    void noUpdateIsLostOrBuiltTwice() throws Throwable {
        System.out.println("crash test: " + EVENTS + " events, seed " + SEED);
        for (int image = 0; image < 3; image++) {
            registry.pushImage("p/image" + image, "stable", "first " + image);
        }
        jenkins.startJenkins();
        String host = registry.host();
        jenkins.run(rule -> CrashJobs.create(host));
        CrashPusher pusher = new CrashPusher(registry, jenkins.getHome(), new Random(SEED + 1));
        pusher.start();
        jenkins.run(rule -> CrashJobs.keepPolling());
        for (int i = 0; i < EVENTS; i++) {
            awaitSomeMoment(40);
            Event event = event(i);
            happened.merge(event, 1, Integer::sum);
            happen(event);
        }
        pusher.end();
        evaluate(pusher);
        jenkins.stopJenkins();
        registry.close();
    }

    private void happen(Event event) throws Throwable {
        switch (event) {
            case KILL, KILL_WHILE_STARTING -> {
                jenkins.stopJenkinsForcibly();
                restart(event == Event.KILL_WHILE_STARTING);
            }
            case SAFE_RESTART -> {
                jenkins.run(rule -> rule.jenkins.doQuietDown());
                jenkins.stopJenkins();
                restart(false);
            }
            case RELOAD -> jenkins.run(rule -> rule.jenkins.reload());
            case RENAME -> {
                String job = random.nextBoolean() ? CrashJobs.PIPELINE : CrashJobs.DOWNSTREAM;
                jenkins.run(rule -> CrashJobs.rename(job));
            }
            case RENUMBER -> {
                String job = List.of(CrashJobs.FREESTYLE, CrashJobs.PIPELINE, CrashJobs.DOWNSTREAM)
                        .get(random.nextInt(3));
                jenkins.run(rule -> CrashJobs.renumber(job));
            }
            case LIVE_INSTALLATION -> {
                end();
                CrashJobs.recordBuilds(jenkins.getHome());
                installLive();
                end();
                start();
            }
        }
    }

    /** Stops or kills it. */
    private void end() throws Throwable {
        if (random.nextBoolean()) {
            jenkins.stopJenkins();
        } else {
            jenkins.stopJenkinsForcibly();
        }
    }

    /** Starts without the plugin and with its data, and installs it. The jobs have no trigger then: Jenkins reads them again when it starts. */
    private void installLive() throws Throwable {
        Path plugins = jenkins.getHome().toPath().resolve("plugins");
        Path file;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(plugins, "image-update-check.*pl")) {
            file = found.iterator().next();
        }
        Path removed = Files.move(file, plugins.resolveSibling("removed-" + file.getFileName()));
        jenkins.startJenkins();
        Files.move(removed, file);
        String path = file.toString();
        jenkins.run(rule -> rule.jenkins.pluginManager.dynamicLoad(new File(path)));
    }

    /** After some checks more, and then within the next few milliseconds. */
    private void awaitSomeMoment(int checks) throws InterruptedException {
        int asked = (int) registry.count(RecordedRequest::isManifest);
        registry.awaitRequests(RecordedRequest::isManifest, asked + 1 + random.nextInt(checks), Duration.ofSeconds(60));
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(50_000)));
    }

    /** @param killed whether to kill it before it has started, and start it again */
    private void restart(boolean killed) throws Throwable {
        if (killed) {
            killWhileStarting();
        }
        start();
    }

    private void start() throws Throwable {
        long before = System.nanoTime();
        jenkins.startJenkins();
        lastStart = System.nanoTime() - before;
        jenkins.run(rule -> CrashJobs.keepPolling());
    }

    private void killWhileStarting() throws Throwable {
        FutureTask<Void> start = new FutureTask<>(() -> {
            jenkins.startJenkins();
            return null;
        });
        Thread thread = new Thread(start, "start");
        thread.start();
        LockSupport.parkNanos((long) (lastStart * random.nextDouble()));
        jenkins.getProcess().destroyForcibly().waitFor();
        thread.join(TimeUnit.MINUTES.toMillis(5));
        assertFalse(thread.isAlive(), "the start of a killed Jenkins ends");
        jenkins.stopJenkinsForcibly();
    }

    private void evaluate(CrashPusher pusher) throws Throwable {
        HashMap<String, Integer> freestyle = jenkins.call(rule -> CrashJobs.settle(rule, CrashJobs.FREESTYLE));
        HashMap<String, Integer> pipeline = jenkins.call(rule -> CrashJobs.settle(rule, CrashJobs.PIPELINE));
        HashMap<String, Integer> downstream = jenkins.call(rule -> CrashJobs.settle(rule, CrashJobs.DOWNSTREAM));
        List<String> lost = pusher.stayed.get(CrashJobs.FREESTYLE).stream()
                .filter(digest -> !freestyle.containsKey(digest))
                .toList();
        List<String> lostPipeline = pusher.stayed.get(CrashJobs.PIPELINE).stream()
                .filter(digest -> !pipeline.containsKey(digest))
                .toList();
        List<String> lostDownstream = jenkins.call(rule -> CrashJobs.notOvertaken(CrashJobs.FREESTYLE)).stream()
                .filter(digest -> !downstream.containsKey(digest))
                .toList();
        System.out.printf(
                "crash test: %d events %s, seed %d, %d pushes, %d that stayed, %d digests built;"
                        + " lost %d, %d, downstream %d; most builds of a digest %d, %d, downstream %d%n",
                EVENTS,
                happened,
                SEED,
                pusher.pushes,
                pusher.stayed.values().stream().mapToInt(List::size).sum(),
                freestyle.size() + pipeline.size(),
                lost.size(),
                lostPipeline.size(),
                lostDownstream.size(),
                CrashJobs.highest(freestyle),
                CrashJobs.highest(pipeline),
                CrashJobs.highest(downstream));
        String story = jenkins.call(rule -> CrashJobs.story());
        assertFalse(pipeline.isEmpty() && freestyle.isEmpty(), "nothing was built at all");
        assertAll(
                () -> assertEquals(List.of(), lost, story),
                () -> assertEquals(List.of(), lostPipeline, story),
                () -> assertEquals(1, CrashJobs.highest(freestyle), story),
                () -> assertEquals(pipeline.isEmpty() ? 0 : 1, CrashJobs.highest(pipeline), story),
                () -> assertEquals(List.of(), lostDownstream, story),
                () -> assertEquals(freestyle.isEmpty() ? 0 : 1, CrashJobs.highest(downstream), story));
    }
}
