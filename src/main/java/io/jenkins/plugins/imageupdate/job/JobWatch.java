package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.RanDigests;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a job watches: the images that its trigger names, those that its builds check by the step, and those that its builds ran in. A
 * trigger that names no image watches those that the builds checked: the last build that checked images, and the last successful build, since a
 * build that fails between two steps has checked a part of the images only. If the trigger says so, it also watches the images that these builds
 * ran in. Images have their {@link WatchedImage#identity} as key, and the order in which they are named.
 */
public final class JobWatch {
    /** How many builds are searched for one that checked images. */
    private static final int MOST_BUILDS = 100;

    private final Job<?, ?> job;
    private final ImageTrigger trigger;
    private final Map<WatchedImage, ImageCheck> named = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private List<Run<?, ?>> checkingBuilds;
    private Duration age;

    /** Whether the trigger's own settings cannot be used, so that it checks nothing. */
    private boolean unreadable;

    private JobWatch(Job<?, ?> job) {
        this.job = job;
        this.trigger = ImageTrigger.of(job);
        List<? extends ImageTrigger.NamedImage> images = trigger == null ? List.of() : trigger.getImages();
        try {
            age = trigger == null ? null : trigger.age();
        } catch (IllegalArgumentException e) {
            // A digest that did not rest must not be built for a mistyped age.
            problems.add(e.getMessage());
            images = List.of();
            unreadable = true;
        }
        for (ImageTrigger.NamedImage image : images) {
            try {
                ImageCheck check = image.toCheck().orAge(age);
                named.putIfAbsent(check.image().identity(), check);
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            } catch (RuntimeException | Error e) {
                // The tag policy of another plugin.
                problems.add(RegistryException.thrown("the configuration of an image", e)
                        .detail());
            }
        }
    }

    public static JobWatch of(Job<?, ?> job) {
        return new JobWatch(job);
    }

    /** Why some of the trigger's images cannot be checked. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    public boolean hasTrigger() {
        return trigger != null;
    }

    /** Whether the trigger names images, valid or not. */
    public boolean namesImages() {
        return trigger != null && !trigger.getImages().isEmpty();
    }

    /** The images that the trigger names. */
    public Map<WatchedImage, ImageCheck> named() {
        return Collections.unmodifiableMap(named);
    }

    /** The images that the trigger checks. Empty without a trigger. */
    public Map<WatchedImage, ImageCheck> byTrigger() {
        Map<WatchedImage, ImageCheck> checks =
                new LinkedHashMap<>(trigger == null || unreadable || namesImages() ? named : checkedByBuilds());
        ofBuilds().forEach(checks::putIfAbsent);
        return checks;
    }

    /** The images that builds ran in. Empty if the trigger does not watch them. */
    public Map<WatchedImage, ImageCheck> ofBuilds() {
        Map<WatchedImage, ImageCheck> checks = new LinkedHashMap<>();
        recordingBuilds()
                .forEach(run ->
                        ranIn(run).checks().forEach((image, check) -> checks.putIfAbsent(image, check.orAge(age))));
        return checks;
    }

    /** What builds really ran of these images, as far as their agents told: for each image, the newest build that ran in it. */
    public Map<WatchedImage, RanDigests> ran() {
        Map<WatchedImage, RanDigests> ran = new LinkedHashMap<>();
        for (Run<?, ?> run : recordingBuilds()) {
            BuildImagesAction action = ranIn(run);
            action.checks()
                    .keySet()
                    .forEach(image ->
                            ran.putIfAbsent(image, new RanDigests(run.getNumber(), action.digests(image.reference()))));
        }
        ran.values().removeIf(one -> one.digests().isEmpty());
        return ran;
    }

    private static BuildImagesAction ranIn(Run<?, ?> run) {
        return Objects.requireNonNull(run.getAction(BuildImagesAction.class));
    }

    /** The images that builds ran in and that are not watched, each with the reason. Empty if the trigger does not watch such images. */
    public Map<String, String> notWatched() {
        Map<String, String> reasons = new LinkedHashMap<>();
        recordingBuilds().forEach(run -> ranIn(run).uses().notWatched().forEach(reasons::putIfAbsent));
        return reasons;
    }

    /** Of the newest completed build that ran in images, unless a later one succeeded without; and of the last successful build. */
    private List<Run<?, ?>> recordingBuilds() {
        if (trigger == null || unreadable || !trigger.isWatchBuildImages()) {
            return List.of();
        }
        Stream<Run<?, ?>> newest = Builds.newestFirst(job)
                .filter(run -> !run.isBuilding())
                .limit(MOST_BUILDS)
                .filter(run -> run.getAction(BuildImagesAction.class) != null || Builds.succeeded(run))
                .limit(1);
        return Stream.concat(newest, Stream.ofNullable(job.getLastSuccessfulBuild()))
                .distinct()
                .filter(run -> run.getAction(BuildImagesAction.class) != null)
                .toList();
    }

    /**
     * A check by the step, which lets a digest rest as long as the trigger does: otherwise the build that the trigger starts for a digest that
     * has rested would deploy a newer one.
     */
    public ImageCheck byStep(ImageCheck check) {
        ImageCheck byTrigger = named.get(check.image().identity());
        if (byTrigger != null) {
            return check.atLeast(byTrigger.age());
        }
        return namesImages() ? check : check.orAge(age);
    }

    /** All images that the trigger or the job's builds check. */
    public Set<WatchedImage> all() {
        Set<WatchedImage> all = new HashSet<>(named.keySet());
        all.addAll(checkedByBuilds().keySet());
        all.addAll(ofBuilds().keySet());
        return all;
    }

    /** The newest completed build that checked images by the step, and the last successful build if it checked images too. Newest first. */
    public List<Run<?, ?>> checkingBuilds() {
        if (checkingBuilds == null) {
            Optional<Run<?, ?>> newest = Builds.newestFirst(job)
                    .filter(run -> !run.isBuilding())
                    .limit(MOST_BUILDS)
                    .filter(JobWatch::checks)
                    .findFirst();
            checkingBuilds = Stream.concat(newest.stream(), Stream.ofNullable(job.getLastSuccessfulBuild()))
                    .filter(JobWatch::checks)
                    .distinct()
                    .toList();
        }
        return checkingBuilds;
    }

    private static boolean checks(Run<?, ?> run) {
        return run.getAction(CheckedImagesAction.class) != null;
    }

    private Map<WatchedImage, ImageCheck> checkedByBuilds() {
        Map<WatchedImage, ImageCheck> checks = new LinkedHashMap<>();
        checkingBuilds()
                .forEach(run -> checkedBy(run).forEach((image, check) -> checks.putIfAbsent(image, check.orAge(age))));
        return checks;
    }

    /** The images that a build checked by the step. Empty for null. */
    public static Map<WatchedImage, ImageCheck> checkedBy(@CheckForNull Run<?, ?> run) {
        CheckedImagesAction checked = run == null ? null : run.getAction(CheckedImagesAction.class);
        Map<WatchedImage, ImageCheck> checks = new LinkedHashMap<>();
        if (checked != null) {
            for (CheckedImagesAction.Checked one : checked.images()) {
                ImageCheck check = one.toCheck();
                checks.putIfAbsent(check.image().identity(), check);
            }
        }
        return checks;
    }
}
