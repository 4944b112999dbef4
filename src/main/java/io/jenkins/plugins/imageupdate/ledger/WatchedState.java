package io.jenkins.plugins.imageupdate.ledger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.KnownDigests;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.Uptime;
import io.jenkins.plugins.imageupdate.check.Waiting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What a job's ledger says of one image, for pages and the remote API.
 *
 * @param image its {@link WatchedImage#identity}
 * @param result the pending change, otherwise the last sighting; null if the image was never seen
 * @param pending whether a change is waiting for its build
 * @param changed when the digest that was last seen was first seen, null if the image was never seen
 * @param build number of the build that was started for this digest or saw it, 0 for none
 * @param failureKind why the last check failed, null if it succeeded
 * @param failure the same in words
 * @param failingSince when checks began to fail, null if they do not
 * @param digests the digests that its tags were seen with, if they must be of an age before they count
 * @param updates how often it changed on each of the last days, in UTC
 */
public record WatchedState(
        WatchedImage image,
        @CheckForNull CheckResult result,
        boolean pending,
        @CheckForNull Instant changed,
        int build,
        @CheckForNull String failureKind,
        @CheckForNull String failure,
        @CheckForNull Instant failingSince,
        KnownDigests digests,
        Map<LocalDate, Integer> updates) {

    /** Returns what is too young to count now. */
    public List<Waiting> waiting(Duration minimumAge, Instant now) {
        return digests.waiting(minimumAge, Uptime.now().seconds(), now);
    }

    static WatchedState of(LedgerEntry entry, KnownDigests digests) {
        LedgerEntry.Baseline baseline = entry.baseline();
        LedgerEntry.Pending pending = entry.pending();
        LedgerEntry.Failing failing = entry.failing();
        TagSet last = pending == null ? entry.baselineTags() : pending.tags();
        Instant since = baseline == null ? null : baseline.since();
        return new WatchedState(
                entry.image(),
                last == null ? null : CheckResult.recorded(entry.image(), entry.baselineTags(), last),
                pending != null,
                pending == null ? since : pending.since(),
                pending == null ? entry.baselineBuild() : 0,
                failing == null ? null : failing.kind(),
                failing == null ? null : failing.message(),
                failing == null ? null : failing.since(),
                digests,
                entry.updates().counts());
    }
}
