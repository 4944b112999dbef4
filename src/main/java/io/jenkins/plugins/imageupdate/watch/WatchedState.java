package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * What a job's ledger says of one image, for pages and the remote API.
 *
 * @param id as {@link WatchedImage#id}
 * @param update what a build for this image is started for: the change that waits, else what the image was last seen as, against
 *     itself; null if it never was seen
 * @param pending whether a change waits for its build
 * @param changed when what it was last seen as was first seen, null if it never was
 * @param build the number of the build that knows it, 0 for none
 * @param failureKind why the last check had no answer, null if it had one
 * @param failure the same in words
 * @param failingSince when checks began to fail, null if they do not
 * @param updates how often it changed on each of the last days, in UTC
 */
public record WatchedState(
        String id,
        @CheckForNull ImageUpdate update,
        boolean pending,
        @CheckForNull Instant changed,
        int build,
        @CheckForNull String failureKind,
        @CheckForNull String failure,
        @CheckForNull Instant failingSince,
        Map<LocalDate, Integer> updates) {

    static WatchedState of(WatchedImage image, LedgerEntry entry) {
        RecordedDigest baseline = entry.baseline();
        RecordedDigest pending = entry.pending();
        RecordedDigest last = pending == null ? baseline : pending;
        Instant changed = pending == null ? entry.baselineSince() : entry.pendingSince();
        return new WatchedState(
                image.id(),
                last == null ? null : ImageUpdate.recorded(image, baseline, last),
                pending != null,
                last == null ? null : changed,
                pending == null ? entry.baselineBuild() : 0,
                entry.failureKind(),
                entry.failure(),
                entry.failureKind() == null ? null : entry.failingSince(),
                entry.updates());
    }
}
