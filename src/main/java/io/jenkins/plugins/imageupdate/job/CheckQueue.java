package io.jenkins.plugins.imageupdate.job;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The checks of one job's images at one host. Limits how many run at once, so that a job with thousands of images takes turns with
 * other jobs. All hosts that an administrator did not list count as one host.
 */
public final class CheckQueue {
    private static final Logger LOGGER = Logger.getLogger(CheckQueue.class.getName());

    /** Checks at once for a listed host: more than the host is asked at once, so that it is never idle. */
    private static final int LISTED = 32;

    /** Checks at once for all unlisted hosts: fewer than DNS queries at once, since such hosts and their name servers may never answer. */
    private static final int UNLISTED = 12;

    private static final String UNLISTED_HOSTS = "";

    private final List<ImageCheck> images;
    private final int most;
    private final Function<ImageCheck, CompletableFuture<Sighting>> check;
    private final Executor executor;
    private final CompletableFuture<Outcome> done = new CompletableFuture<>();
    private final List<Sighting> seen = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** Used by one thread at a time, the one in {@link #advance}. */
    private int next;

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    /**
     * The outcome of all checks.
     *
     * @param problems why some images could not be checked, because of a fault of this program
     */
    public record Outcome(List<Sighting> seen, List<String> problems) {
        public Outcome {
            seen = List.copyOf(seen);
            problems = List.copyOf(problems);
        }

        private Outcome with(Outcome other) {
            List<Sighting> all = new ArrayList<>(seen);
            all.addAll(other.seen);
            List<String> both = new ArrayList<>(problems);
            both.addAll(other.problems);
            return new Outcome(all, both);
        }
    }

    private CheckQueue(
            List<ImageCheck> images,
            int most,
            Function<ImageCheck, CompletableFuture<Sighting>> check,
            Executor executor) {
        this.images = images;
        this.most = most;
        this.check = check;
        this.executor = executor;
    }

    /**
     * Checks images, all hosts in parallel.
     *
     * @param check may block; a check that it cancels is left out of the outcome
     * @param executor runs {@code check}
     */
    public static CompletableFuture<Outcome> all(
            Collection<ImageCheck> images, Function<ImageCheck, CompletableFuture<Sighting>> check, Executor executor) {
        Map<String, List<ImageCheck>> hosts = new LinkedHashMap<>();
        images.forEach(image -> hosts.computeIfAbsent(
                        image.listed() ? image.image().reference().host() : UNLISTED_HOSTS, host -> new ArrayList<>())
                .add(image));
        CompletableFuture<Outcome> all = CompletableFuture.completedFuture(new Outcome(List.of(), List.of()));
        for (Map.Entry<String, List<ImageCheck>> host : hosts.entrySet()) {
            int most = host.getKey().equals(UNLISTED_HOSTS) ? UNLISTED : LISTED;
            CheckQueue checks = new CheckQueue(host.getValue(), most, check, executor);
            executor.execute(checks::advance);
            all = all.thenCombine(checks.done, Outcome::with);
        }
        return all;
    }

    /** Starts checks, by one thread at a time. A thread that comes meanwhile leaves its work to the one that is here. */
    private void advance() {
        if (asked.getAndIncrement() != 0) {
            return;
        }
        int seenAsked;
        do {
            seenAsked = asked.get();
            while (next < images.size() && underWay.get() < most) {
                underWay.incrementAndGet();
                start(images.get(next++));
            }
            if (next == images.size() && underWay.get() == 0) {
                complete();
            }
        } while (!asked.compareAndSet(seenAsked, 0));
    }

    private void start(ImageCheck image) {
        CompletableFuture<Sighting> started;
        try {
            started = check.apply(image);
        } catch (RuntimeException e) {
            started = CompletableFuture.failedFuture(e);
        }
        started.whenComplete((sighting, thrown) -> {
            synchronized (seen) {
                if (thrown == null) {
                    seen.add(sighting);
                } else if (!(RegistryException.unwrap(thrown) instanceof CancellationException)) {
                    LOGGER.log(Level.WARNING, thrown, () -> image.image() + " was not checked");
                    problems.add(
                            Messages.CheckQueue_NotChecked(image.image().id(), String.valueOf(thrown.getMessage())));
                }
            }
            underWay.decrementAndGet();
            executor.execute(this::advance);
        });
    }

    private void complete() {
        synchronized (seen) {
            done.complete(new Outcome(seen, problems));
        }
    }
}
