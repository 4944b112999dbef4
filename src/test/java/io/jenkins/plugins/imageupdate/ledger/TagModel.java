package io.jenkins.plugins.imageupdate.ledger;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.TagSightings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** One job that watches the newest tags of a repository, whatever happens to these and to Jenkins. */
final class TagModel {
    enum Step {
        PUSH,
        BACKPORT,
        MOVE_NEWEST,
        MOVE_SECOND,
        MOVE_THIRD,
        DELETE_NEWEST,
        DELETE_SECOND,
        DELETE_THIRD,
        CUT,
        WHOLE,
        ASK,
        RECORD,
        QUEUE,
        ADVANCE,
        SAVE_QUEUE,
        CRASH
    }

    final ModelJenkins jenkins = new ModelJenkins();
    final TagSightings app = new TagSightings();
    private final PendingBuilds pending = new PendingBuilds(jenkins.ledger, jenkins);
    private final Set<String> first = new HashSet<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int major = 8;
    private int minor;
    private Sighting asked;

    /** How often something became pending: each is a change that was shown. */
    int shown;

    TagModel() {
        IntStream.rangeClosed(1, major).forEach(number -> app.push(number + ".0"));
        app.tags.keySet().forEach(tag -> first.add(tag + " " + app.digest(tag)));
        List.of(Step.ASK, Step.RECORD).forEach(this::act);
    }

    void act(Step step) {
        now = now.plusSeconds(60);
        switch (step) {
            case PUSH -> app.push(++major + ".0");
            case BACKPORT -> app.push(Math.max(1, major - 1) + "." + ++minor);
            case MOVE_NEWEST -> ranked(0).forEach(app::push);
            case MOVE_SECOND -> ranked(1).forEach(app::push);
            case MOVE_THIRD -> ranked(2).forEach(app::push);
            case DELETE_NEWEST -> ranked(0).forEach(app.tags::remove);
            case DELETE_SECOND -> ranked(1).forEach(app.tags::remove);
            case DELETE_THIRD -> ranked(2).forEach(app.tags::remove);
            case CUT -> app.cut = true;
            case WHOLE -> app.cut = false;
            case ASK -> asked = app.see(jenkins.ledger.read().knownTags(app.image), now);
            case RECORD -> record();
            case QUEUE -> queue();
            case ADVANCE -> jenkins.advance(now);
            case SAVE_QUEUE -> jenkins.saveQueue();
            case CRASH -> crash();
        }
    }

    private List<String> ranked(int rank) {
        return app.newestFirst().stream().skip(rank).limit(1).toList();
    }

    private void record() {
        Sighting seen = asked;
        asked = null;
        if (seen == null) {
            return;
        }
        List<String> before = pendingTags();
        try {
            jenkins.ledger.change(known -> known.observe(seen, false, jenkins.nextBuild));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        List<String> after = pendingTags();
        after.removeAll(before);
        shown += after.size();
    }

    private List<String> pendingTags() {
        return new ArrayList<>(jenkins.ledger.read().pending().stream()
                .map(update -> String.valueOf(update.now()))
                .toList());
    }

    private void queue() {
        try {
            pending.queue(image -> true, now);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void crash() {
        jenkins.crash();
        asked = null;
        try {
            pending.resume(jenkins.nextBuild, now);
            jenkins.held = false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        queue();
    }

    /** Until everything that was pushed is seen, and built. */
    void quieten() {
        act(Step.WHOLE);
        for (int i = 0; i < 4; i++) {
            List.of(Step.ASK, Step.RECORD, Step.QUEUE).forEach(this::act);
            while (!jenkins.queue.isEmpty() || !jenkins.leaving.isEmpty()) {
                act(Step.ADVANCE);
            }
        }
    }

    /** What counts and was neither there from the beginning nor new or moved in any build. */
    List<String> lost() {
        Set<String> built = new HashSet<>(first);
        builds().forEach(updates -> built.addAll(newOrMoved(updates)));
        return app.newestFirst().stream()
                .limit(TagSightings.MAX)
                .map(tag -> tag + " " + app.digest(tag))
                .filter(tag -> !built.contains(tag))
                .toList();
    }

    /** For what a build was started, as tags with their digests. */
    static Set<String> newOrMoved(List<CheckResult> updates) {
        Set<String> tags = new HashSet<>();
        for (CheckResult update : updates) {
            List<String> names = new ArrayList<>(update.newTags());
            names.addAll(update.movedTags());
            update.now().tags().stream()
                    .filter(one -> names.isEmpty() || names.contains(one.tag()))
                    .forEach(one -> tags.add(one.tag() + " " + one.digest()));
        }
        return tags;
    }

    /** Of builds on disk that were started for updates, the updates; the first build first. */
    List<List<CheckResult>> builds() {
        return jenkins.buildsOnDisk.values().stream()
                .filter(updates -> !updates.isEmpty())
                .toList();
    }
}
