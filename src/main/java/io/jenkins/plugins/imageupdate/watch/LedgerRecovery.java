package io.jenkins.plugins.imageupdate.watch;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** What a ledger takes over from builds and from the queue when its file was lost. */
public final class LedgerRecovery {
    private final Map<String, LedgerEntry> images;
    private final boolean lost;
    private final Runnable changed;

    LedgerRecovery(Map<String, LedgerEntry> images, boolean lost, Runnable changed) {
        this.images = images;
        this.lost = lost;
        this.changed = changed;
    }

    private LedgerEntry entry(String id) {
        return images.computeIfAbsent(id, unknown -> new LedgerEntry());
    }

    /** A build waits in the queue for these updates. Those which the ledger does not know are pending. */
    public void ofQueue(Collection<ImageUpdate> updates, int nextBuild, Instant at) {
        for (ImageUpdate update : updates) {
            LedgerEntry entry = images.get(update.id());
            boolean unknown = entry == null || entry.baseline() == null && entry.pending() == null;
            if (update.digest() == null || !unknown && !lost) {
                continue;
            }
            RecordedDigest now = RecordedDigest.of(update);
            RecordedDigest before = RecordedDigest.before(update);
            if (unknown && before != null) {
                entry(update.id()).setBaseline(before, 0, at);
                changed.run();
            }
            if (!now.sameImage(entry(update.id()).baseline())
                    && entry(update.id()).pend(now, nextBuild, at)) {
                changed.run();
            }
        }
    }

    /**
     * A build was started for this, or saw it by the step. To be called for newer builds first.
     *
     * @param succeeded whether the build did
     */
    public void ofBuild(ImageUpdate update, int build, boolean byStep, boolean succeeded, Instant at) {
        if (update.digest() == null) {
            return;
        }
        LedgerEntry entry = entry(update.id());
        RecordedDigest digest = RecordedDigest.of(update);
        if (entry.baseline() == null) {
            entry.setBaseline(digest, build, at);
        }
        if (byStep && entry.step().lastCheck() == null) {
            entry.step().setLastCheck(digest, new StepRun(build, null));
        }
        if (byStep && succeeded && entry.step().lastSuccess() == null) {
            entry.step().setLastSuccess(digest, build);
        }
        changed.run();
    }
}
