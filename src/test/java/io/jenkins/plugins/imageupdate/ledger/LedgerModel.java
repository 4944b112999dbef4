package io.jenkins.plugins.imageupdate.ledger;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.Sightings;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A model of one job and its images. It records the digests that the registry showed, and the builds that were started for them. */
final class LedgerModel {
    static final int IMAGES = 2;

    final ModelJenkins jenkins = new ModelJenkins();
    private final PendingBuilds pending = new PendingBuilds(jenkins.ledger, jenkins);
    private final List<WatchedImage> images = new ArrayList<>();
    private final String[] contents = {"0-0", "1-0"};
    private final Deque<ModelStep> between;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int pushes;

    private List<Sighting> asked;
    private List<Sighting> askedByStep;
    private int stepBuild;
    private List<CheckResult> stepResults;
    private boolean resuming;

    /** How often a digest became pending: each is a change that was shown. */
    int shown;

    final Set<String> cancelled = new HashSet<>();
    final Set<String> seenByStep = new HashSet<>();

    /** @param between what happens between the looks of the thread that queues builds */
    LedgerModel(List<ModelStep> between) {
        this.between = new ArrayDeque<>(between);
        for (int i = 0; i < IMAGES; i++) {
            images.add(WatchedImage.parse("gcr.io/p/image" + i + ":stable", null));
        }
        jenkins.meanwhile = this::meanwhile;
    }

    private void meanwhile() {
        ModelStep step = between.poll();
        if (step != null && step.small) {
            act(step);
        }
    }

    void act(ModelStep step) {
        now = now.plusSeconds(10);
        switch (step) {
            case PUSH -> contents[++pushes % IMAGES] = pushes % IMAGES + "-" + pushes;
            // A tag may go back to what it was.
            case PUSH_AGAIN -> contents[++pushes % IMAGES] = pushes % IMAGES + "-" + pushes / IMAGES % 2;
            case ASK -> asked = asked == null ? see() : asked;
            case ASK_IN_VAIN -> asked = asked == null ? fail() : asked;
            case RECORD -> record();
            case QUEUE -> queue();
            case ADVANCE -> {
                if (jenkins.held) {
                    resume();
                }
                jenkins.advance(now);
            }
            case CANCEL -> jenkins.cancel().forEach(update -> cancelled.add(String.valueOf(update.digest())));
            case JOIN -> jenkins.put(List.of(), false);
            case STEP_ASK -> askedByStep = askedByStep == null ? seeByStep() : askedByStep;
            case STEP_RECORD -> recordByStep();
            case STEP_SUCCEED -> endStep(true);
            case STEP_FAIL -> endStep(false);
            case RENUMBER -> {
                if (stepResults == null && askedByStep == null) {
                    renumber();
                }
            }
            case DISABLE -> jenkins.disable();
            case ENABLE -> jenkins.disabled = false;
            case SAVE_QUEUE -> jenkins.saveQueue();
            case DISK_FULL -> jenkins.ledger.full = true;
            case DISK_FREE -> jenkins.ledger.full = false;
            case CRASH -> crash();
            case RESTART -> {
                jenkins.saveQueue();
                crash();
            }
            case HOUR -> now = now.plus(Duration.ofHours(1));
            case HOUR_BACK -> now = now.minus(Duration.ofHours(1));
        }
    }

    private List<Sighting> see() {
        List<Sighting> seen = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            TagSet tags = TagSet.of(new TagDigest(null, Sightings.digest(contents[i]), null));
            seen.add(Sighting.of(images.get(i), tags, false, null, now));
        }
        return seen;
    }

    private List<Sighting> fail() {
        RegistryException reason = new RegistryException(FailureKind.UNAVAILABLE, "HTTP 503");
        return images.stream()
                .map(image -> Sighting.failed(image, reason.toFailure(image.id(), null), null, now))
                .toList();
    }

    private void record() {
        List<Sighting> seen = asked;
        asked = null;
        if (seen == null) {
            return;
        }
        List<String> before = pendingDigests();
        try {
            jenkins.ledger.change(known -> {
                known.renumber(jenkins.nextBuild);
                seen.forEach(one -> known.observe(one, false, jenkins.nextBuild));
                known.watching(Set.copyOf(images), now);
                return null;
            });
        } catch (IOException e) {
            // Seen again at the next check.
        }
        count(before);
    }

    private List<String> pendingDigests() {
        return new ArrayList<>(jenkins.ledger.read().pending().stream()
                .map(update -> String.valueOf(update.digest()))
                .toList());
    }

    private void queue() {
        if (jenkins.disabled) {
            return;
        }
        try {
            pending.queue(image -> true, now);
        } catch (IOException e) {
            // Queued at the next check.
        }
    }

    private List<Sighting> seeByStep() {
        stepBuild = jenkins.build();
        return see();
    }

    private void recordByStep() {
        List<Sighting> seen = askedByStep;
        askedByStep = null;
        if (seen == null) {
            return;
        }
        List<String> before = pendingDigests();
        try {
            stepResults = jenkins.ledger.change(known -> {
                known.renumber(jenkins.nextBuild);
                return seen.stream()
                        .map(one -> known.check(one, Since.LAST_CHECK, new StepRun(stepBuild, null)))
                        .toList();
            });
            jenkins.running = stepResults;
        } catch (IOException e) {
            // The build fails.
        }
        count(before);
    }

    /** The user's build ends. What it has seen is settled if it succeeds, and not if it fails. */
    private void endStep(boolean successfully) {
        List<CheckResult> results = stepResults;
        stepResults = null;
        jenkins.running = List.of();
        if (results == null || !successfully) {
            return;
        }
        try {
            jenkins.ledger.change(known -> {
                known.renumber(jenkins.nextBuild);
                known.succeeded(results, stepBuild);
                return null;
            });
            results.forEach(result -> seenByStep.add(String.valueOf(result.digest())));
            pending.withdrawSettled();
        } catch (IOException e) {
            // The trigger builds for it.
        }
    }

    /** A user deletes all builds, and sets the number of the next one back. */
    private void renumber() {
        if (!jenkins.leaving.isEmpty() || jenkins.ledger.full) {
            return;
        }
        try {
            pending.recordStarts(now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Meanwhile another build may be on its way.
        if (jenkins.leaving.isEmpty()) {
            jenkins.renumber();
        }
    }

    private void count(List<String> before) {
        List<String> after = pendingDigests();
        after.removeAll(before);
        shown += after.size();
    }

    private void crash() {
        jenkins.crash();
        asked = null;
        askedByStep = null;
        stepResults = null;
        resume();
    }

    private void resume() {
        if (resuming) {
            return;
        }
        resuming = true;
        try {
            pending.resume(jenkins.nextBuild, now);
            jenkins.held = false;
        } catch (IOException e) {
            // Tried again before anything of the queue starts.
        }
        resuming = false;
        queue();
    }

    /** Whatever is wrong is mended, and every thread comes to its end. */
    void quieten() {
        between.clear();
        jenkins.ledger.full = false;
        jenkins.disabled = false;
        act(ModelStep.HOUR);
        act(ModelStep.HOUR);
        act(ModelStep.STEP_RECORD);
        act(ModelStep.STEP_FAIL);
        act(ModelStep.RECORD);
        for (int i = 0; i < 4; i++) {
            act(ModelStep.ASK);
            act(ModelStep.RECORD);
            act(ModelStep.QUEUE);
            while (!jenkins.queue.isEmpty() || !jenkins.leaving.isEmpty()) {
                act(ModelStep.ADVANCE);
            }
        }
    }

    /** The digests that images have now. */
    List<String> current() {
        return see().stream().map(LedgerModel::digest).toList();
    }

    private static String digest(Sighting seen) {
        return seen.tags().newest().digest().toString();
    }

    /** Builds on disk that were started for a digest, including joined builds. */
    long startedFor(String digest) {
        return builds(updates -> updates.stream().anyMatch(update -> digest.equals(String.valueOf(update.digest()))));
    }

    long builds() {
        return builds(updates -> !updates.isEmpty());
    }

    private long builds(Predicate<List<CheckResult>> which) {
        return Stream.concat(jenkins.buildsOnDisk.values().stream(), jenkins.deleted.stream())
                .filter(which)
                .count();
    }
}
