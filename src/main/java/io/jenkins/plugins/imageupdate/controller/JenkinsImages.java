package io.jenkins.plugins.imageupdate.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.job.CheckQueue;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.ledger.WatchedState;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * The images that Jenkins itself runs on: of the templates of all clouds, and of the controller. They are found and checked in the background, on a
 * schedule; pages show what is in memory.
 */
@Extension
public final class JenkinsImages {
    private static final Logger LOGGER = Logger.getLogger(JenkinsImages.class.getName());
    private static final Places NONE = new Places(List.of(), List.of());

    private final ControllerLedger agents =
            new ControllerLedger(new File(Jenkins.get().getRootDir(), "image-updates-of-agents.xml"));
    private final ControllerLedger controller =
            new ControllerLedger(new File(Jenkins.get().getRootDir(), "image-updates-of-controller.xml"));
    private final AtomicReference<CompletableFuture<List<CheckResult>>> underWay = new AtomicReference<>();
    private volatile OwnImage own = OwnImage.ofProcess();
    private volatile Places places = NONE;
    private volatile LastCheck last = new LastCheck(Map.of(), Instant.EPOCH);

    private record LastCheck(Map<WatchedImage, CheckResult> results, Instant at) {}

    public static JenkinsImages get() {
        return ExtensionList.lookupSingleton(JenkinsImages.class);
    }

    /** For tests: as if this were the environment of the process. */
    void setOwn(OwnImage image) {
        own = image;
    }

    /** Every image at every place, with what is known of it. */
    public List<ImagePlace> images() {
        return places.images();
    }

    /** Which images are not watched, and why. One sentence each. */
    public List<String> notWatched() {
        return places.notWatched();
    }

    /** Whether a check is running. */
    public boolean checking() {
        return underWay.get() != null;
    }

    /**
     * After a start of Jenkins, the pages have the images again. Only the controller's own image is checked then: that it has moved since the start
     * can be known only if it is looked at now.
     */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void started() {
        if (JenkinsImagesConfiguration.get().getSpec() != null) {
            JenkinsImages images = get();
            Background.get().offer(() -> images.ask(ImagePlace::isOfController).whenComplete(JenkinsImages::ended));
        }
    }

    /** Finds the images again soon, after a change of the configuration. Asks no registry. */
    void refresh() {
        Background.get().offer(this::find);
    }

    void find() {
        show(JenkinsImagesConfiguration.get().getSpec() == null ? NONE : Places.read(own));
    }

    /** Checks all images soon. Joins a check that is running already. Returns at once. */
    public CompletableFuture<List<CheckResult>> check() {
        CompletableFuture<List<CheckResult>> mine = new CompletableFuture<>();
        CompletableFuture<List<CheckResult>> before = underWay.compareAndExchange(null, mine);
        if (before != null) {
            return before.copy();
        }
        boolean started = Background.get()
                .offer(() -> ask(place -> true).whenComplete((results, thrown) -> finish(mine, results, thrown)));
        if (!started) {
            finish(mine, null, new RejectedExecutionException("Jenkins is shutting down"));
        }
        return mine.copy();
    }

    private void finish(
            CompletableFuture<List<CheckResult>> mine,
            @CheckForNull List<CheckResult> results,
            @CheckForNull Throwable thrown) {
        underWay.compareAndSet(mine, null);
        ended(results, thrown);
        if (thrown == null) {
            mine.complete(results);
        } else {
            mine.completeExceptionally(thrown);
        }
    }

    private static void ended(@CheckForNull List<CheckResult> results, @CheckForNull Throwable thrown) {
        if (thrown != null) {
            LOGGER.log(Level.WARNING, "the images that Jenkins runs on were not checked", thrown);
        }
    }

    /** Reads the clouds and credentials. Does not wait for a registry. */
    private CompletableFuture<List<CheckResult>> ask(Predicate<ImagePlace> which) {
        try {
            Places found = Places.read(own);
            Set<ImageCheck> checks = found.images().stream()
                    .filter(which)
                    .map(place -> new ImageCheck(place.image(), null, null, Duration.ZERO))
                    .collect(Collectors.toSet());
            Map<WatchedImage, ResolvedImage> known = known();
            return CheckQueue.all(checks, check -> check.byController(known.get(check.image())), Background.get())
                    .thenApplyAsync(seen -> record(found, seen), Background.get());
        } catch (IOException | RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Of both ledgers. Without what was known of the controller's image before its container started. */
    private Map<WatchedImage, ResolvedImage> known() throws IOException {
        boolean before = controller.read(ledger -> ledger.states().stream()
                .map(WatchedState::changed)
                .anyMatch(changed -> changed != null && changed.isBefore(own.started())));
        if (before) {
            controller.clear();
        }
        Map<WatchedImage, ResolvedImage> known = new HashMap<>();
        for (ControllerLedger file : List.of(controller, agents)) {
            file.read(ledger -> {
                ledger.images().forEach(image -> known.put(image, ledger.known(image)));
                return null;
            });
        }
        return known;
    }

    private List<CheckResult> record(Places found, List<Sighting> seen) {
        List<CheckResult> results = new ArrayList<>();
        List<String> problems = new ArrayList<>(found.notWatched());
        for (boolean ofController : List.of(true, false)) {
            Set<WatchedImage> images = found.images().stream()
                    .filter(place -> place.isOfController() == ofController)
                    .map(ImagePlace::image)
                    .collect(Collectors.toSet());
            try {
                (ofController ? controller : agents).change(ledger -> {
                    seen.stream()
                            .filter(one -> images.contains(one.image()))
                            .forEach(one -> results.add(ledger.observe(one, false, 1)));
                    ledger.watching(images, Instant.now());
                    return ledger;
                });
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "the images that Jenkins runs on cannot be recorded", e);
                problems.add(Messages.JenkinsImages_NotRecorded());
            }
        }
        remember(results);
        show(new Places(found.images(), problems));
        return results;
    }

    private synchronized void remember(List<CheckResult> results) {
        Map<WatchedImage, CheckResult> byImage = new HashMap<>(last.results());
        results.forEach(result -> byImage.put(result.image(), result));
        last = new LastCheck(byImage, Instant.now());
    }

    /** Says that agents run the images that are there now, so that they are outdated again only when they move again. */
    public void markCurrent(Predicate<WatchedImage> which) throws IOException {
        agents.change(ledger -> {
            ledger.dismissed(
                    ledger.pending().stream()
                            .filter(update -> update.image() != null && which.test(update.image()))
                            .toList(),
                    Instant.now());
            return ledger;
        });
        show(places);
    }

    private synchronized void show(Places found) {
        try {
            Map<WatchedImage, WatchedState> ofAgents = agents.states();
            Map<WatchedImage, WatchedState> ofController = controller.states();
            places = new Places(
                    found.images().stream()
                            .map(place -> place.with(
                                    (place.isOfController() ? ofController : ofAgents).get(place.image()),
                                    last.results().get(place.image()),
                                    last.at()))
                            .toList(),
                    List.copyOf(found.notWatched()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the images that Jenkins runs on cannot be read", e);
        }
    }
}
