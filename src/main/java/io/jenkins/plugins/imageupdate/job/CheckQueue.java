package io.jenkins.plugins.imageupdate.job;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.ControllerHttp;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

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
    private final CompletableFuture<List<Sighting>> done = new CompletableFuture<>();
    private final List<Sighting> seen = new ArrayList<>();

    /** Used by one thread at a time, the one in {@link #advance}. */
    private int next;

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

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
     * @param check may block. If it throws, or its future fails, the image has a failure in its place. A check that it cancels is left out
     * @param executor runs {@code check}
     * @return one sighting for each image. Fails only if the executor has ended
     */
    public static CompletableFuture<List<Sighting>> all(
            Collection<ImageCheck> images, Function<ImageCheck, CompletableFuture<Sighting>> check, Executor executor) {
        Map<String, List<ImageCheck>> hosts = new LinkedHashMap<>();
        Comparator<WatchedImage> order = ControllerHttp.get().checker().longestWaitingFirst();
        images.stream()
                .sorted(Comparator.comparing(ImageCheck::image, order))
                .forEach(image -> hosts.computeIfAbsent(
                                image.listed() ? image.image().reference().host() : UNLISTED_HOSTS,
                                host -> new ArrayList<>())
                        .add(image));
        CompletableFuture<List<Sighting>> all = CompletableFuture.completedFuture(List.of());
        for (Map.Entry<String, List<ImageCheck>> host : hosts.entrySet()) {
            int most = host.getKey().equals(UNLISTED_HOSTS) ? UNLISTED : LISTED;
            CheckQueue checks = new CheckQueue(host.getValue(), most, check, executor);
            checks.advanceSoon();
            all = all.thenCombine(
                    checks.done,
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        }
        return all;
    }

    private void advanceSoon() {
        try {
            executor.execute(this::advance);
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(e);
        }
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
        } catch (RuntimeException | Error e) {
            // Of a credential or another plugin, of whatever class: the other images are checked all the same.
            started = CompletableFuture.failedFuture(e);
        }
        started.whenComplete((sighting, thrown) -> {
            if (thrown == null) {
                add(sighting);
            } else if (!(RegistryException.unwrap(thrown) instanceof CancellationException)) {
                add(failed(image, thrown));
            }
            underWay.decrementAndGet();
            advanceSoon();
        });
    }

    private void add(Sighting sighting) {
        synchronized (seen) {
            seen.add(sighting);
        }
    }

    /** Logs where it was thrown. Its message is left out, since it may contain a secret. */
    private static Sighting failed(ImageCheck image, Throwable thrown) {
        RegistryException failure = RegistryException.thrown("the check", thrown);
        Throwable place = new Throwable(failure.detail());
        place.setStackTrace(RegistryException.unwrap(thrown).getStackTrace());
        LOGGER.log(Level.WARNING, place, () -> image.image() + " was not checked");
        return Sighting.failed(
                image.image(),
                failure.toFailure(image.image().reference().toString(), image.credentialsId()),
                image.credentialsId(),
                Instant.now());
    }

    private void complete() {
        synchronized (seen) {
            done.complete(List.copyOf(seen));
        }
    }
}
