package io.jenkins.plugins.imageupdate.ledger;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Restores a ledger from builds and from the queue after its file was lost. */
public final class LedgerRecovery {
    private final Map<WatchedImage, LedgerEntry> images;
    private final boolean lost;

    LedgerRecovery(Map<WatchedImage, LedgerEntry> images, boolean lost) {
        this.images = images;
        this.lost = lost;
    }

    private LedgerEntry entry(WatchedImage image) {
        return images.computeIfAbsent(image.identity(), LedgerEntry::new);
    }

    /** A build waits in the queue for these updates. Those that the ledger does not know become pending. */
    public void ofQueue(Collection<CheckResult> updates, int nextBuild, Instant at) {
        for (CheckResult update : updates) {
            WatchedImage image = update.image();
            TagSet now = update.now();
            if (image == null || now == null) {
                continue;
            }
            LedgerEntry known = images.get(image.identity());
            boolean unknown = known == null || known.baseline() == null && known.pending() == null;
            if (!unknown && !lost) {
                continue;
            }
            LedgerEntry entry = entry(image);
            TagSet before = update.before();
            if (unknown && before != null) {
                entry.setBaseline(before, 0, at, false);
            }
            if (!now.sameAs(entry.baselineTags())) {
                entry.setPending(now, nextBuild, at);
            }
        }
    }

    /**
     * A build was started for this update, or saw it by the step. Call it for newer builds first.
     *
     * @param succeeded whether the build succeeded
     */
    public void ofBuild(CheckResult update, int build, boolean byStep, boolean succeeded, Instant at) {
        WatchedImage image = update.image();
        TagSet now = update.now();
        if (image == null || now == null) {
            return;
        }
        LedgerEntry entry = entry(image);
        if (entry.baseline() == null) {
            entry.setBaseline(now, build, at, true);
        }
        if (byStep && entry.step().lastCheck() == null) {
            entry.setStep(entry.step().withLastCheck(now, new StepRun(build, null)));
        }
        if (byStep && succeeded && entry.step().lastSuccess() == null) {
            entry.setStep(entry.step().withLastSuccess(now, build));
        }
    }
}
