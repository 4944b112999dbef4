package io.jenkins.plugins.imageupdate.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Runs a task for each key at once, and then not again before an interval has passed. What is asked for meanwhile is run once at the end of
 * the interval, so that the last request is never lost.
 *
 * @param <K> what must not be checked too often
 */
public final class Damping<K> {
    private final Duration interval;
    private final Function<Duration, CompletableFuture<Void>> pause;

    /** Keys whose interval has not ended, with the task that waits for its end; null for none. */
    private final Map<K, Runnable> quiet = new HashMap<>();

    /** @param pause completes after a time, without a thread that waits for it */
    public Damping(Duration interval, Function<Duration, CompletableFuture<Void>> pause) {
        this.interval = interval;
        this.pause = pause;
    }

    /** Runs the task now or at the end of the key's interval; of several that wait, the last one is run. */
    public void run(K key, Runnable task) {
        synchronized (quiet) {
            if (quiet.containsKey(key)) {
                quiet.put(key, task);
                return;
            }
            quiet.put(key, null);
        }
        start(key, task);
    }

    private void start(K key, Runnable task) {
        // Begun first: whatever the task throws, the interval ends.
        pause.apply(interval).whenComplete((over, thrown) -> end(key));
        task.run();
    }

    private void end(K key) {
        Runnable waiting;
        synchronized (quiet) {
            waiting = quiet.get(key);
            if (waiting == null) {
                quiet.remove(key);
                return;
            }
            quiet.put(key, null);
        }
        start(key, waiting);
    }

    /** How many keys have an interval that has not ended. */
    public int size() {
        synchronized (quiet) {
            return quiet.size();
        }
    }
}
