package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.imageupdate.harness.JvmOptions;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A real Jenkins process that is killed at random moments while tags move at random: no update is lost, none is built twice. {@code
 * -Dcrash.kills=50} for the long run, {@code -Dcrash.seed=…} for the same moves again.
 */
class CrashTest {
    private static final int KILLS = Integer.getInteger("crash.kills", 5);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());

    // The queue is saved a second after it changes and not a minute, so that there is an old one to come back to.
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            .withTimeout(0)
            .javaOptions("-Dhudson.model.Queue.Saver.DELAY_SECONDS=1", "-Xmx512m", JvmOptions.QUICK_START);

    private final Random random = new Random(SEED);
    private final InProcessRegistry registry = InProcessRegistry.start();
    private int killedWhileStarting;

    @Test
    void noUpdateIsLostOrBuiltTwice() throws Throwable {
        System.out.println("crash test: " + KILLS + " kills, seed " + SEED);
        for (int image = 0; image < 3; image++) {
            registry.pushImage("p/image" + image, "stable", "first " + image);
        }
        jenkins.startJenkins();
        String host = registry.host();
        jenkins.run(rule -> CrashJobs.create(host));
        CrashPusher pusher = new CrashPusher(registry, jenkins.getHome(), new Random(SEED + 1));
        pusher.start();
        for (int kill = 0; kill < KILLS; kill++) {
            if (jenkins.isAlive()) {
                jenkins.run(rule -> CrashJobs.keepPolling());
                awaitSomeMoment(40);
                jenkins.stopJenkinsForcibly();
            }
            restart(kill < KILLS - 1 && random.nextInt(4) == 0);
        }
        jenkins.run(rule -> CrashJobs.keepPolling());
        pusher.end();
        evaluate(pusher);
        jenkins.stopJenkins();
        registry.close();
    }

    /** After some checks more, and then within the next few milliseconds. */
    private void awaitSomeMoment(int checks) throws InterruptedException {
        int asked = (int) registry.count(RecordedRequest::isManifest);
        registry.awaitRequests(RecordedRequest::isManifest, asked + 1 + random.nextInt(checks), Duration.ofSeconds(60));
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(50_000)));
    }

    /** @param killed whether to kill it again as soon as it begins to check what happened meanwhile */
    private void restart(boolean killed) throws Throwable {
        if (!killed) {
            jenkins.startJenkins();
            return;
        }
        killedWhileStarting++;
        FutureTask<Void> start = new FutureTask<>(() -> {
            jenkins.startJenkins();
            return null;
        });
        Thread thread = new Thread(start, "start");
        thread.start();
        awaitSomeMoment(4);
        jenkins.getProcess().destroyForcibly().waitFor();
        thread.join(TimeUnit.MINUTES.toMillis(5));
        assertFalse(thread.isAlive(), "the start of a killed Jenkins ends");
        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();
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
                "crash test: %d kills, %d of them while starting, seed %d, %d pushes, %d that stayed, %d digests built;"
                        + " lost %d, %d, downstream %d; most builds of a digest %d, %d, downstream %d%n",
                KILLS,
                killedWhileStarting,
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
