package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Failure;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What one job knows of one image. Fields may be missing in a file written by hand or by another version. */
final class LedgerEntry {
    /** What the last build that was started for this image was started for, else what was seen first. */
    private RecordedDigest baseline;

    private long baselineSince;
    private int baselineBuild;

    /** Seen, not yet built. */
    private RecordedDigest pending;

    private long pendingSince;

    /** The number that the next build had when the update was found: an earlier one was not started for it. */
    private int pendingNextBuild;

    private String failureKind;
    private String failure;
    private long failingSince;

    /** What a build of this job last saw by the step. */
    private RecordedDigest lastCheck;

    /** What the last successful build saw by the step. */
    private RecordedDigest lastSuccess;

    private int lastSuccessBuild;

    /** By full name of a downstream job, the digest it was last started for. */
    private Map<String, String> downstream;

    @CheckForNull
    RecordedDigest baseline() {
        return baseline;
    }

    /** @return whether this says anything new */
    boolean setBaseline(RecordedDigest digest, int build, Instant at) {
        if (digest.equals(baseline) && build == baselineBuild) {
            return false;
        }
        if (baseline == null || !digest.equals(baseline)) {
            baselineSince = at.toEpochMilli();
        }
        baseline = digest;
        baselineBuild = build;
        return true;
    }

    /** 0 where no build was started for the baseline. */
    int baselineBuild() {
        return baselineBuild;
    }

    Instant baselineSince() {
        return Instant.ofEpochMilli(baselineSince);
    }

    @CheckForNull
    RecordedDigest pending() {
        return pending;
    }

    void setPending(RecordedDigest digest, int nextBuild, Instant at) {
        pending = digest;
        pendingNextBuild = nextBuild;
        pendingSince = at.toEpochMilli();
    }

    void clearPending() {
        pending = null;
        pendingNextBuild = 0;
        pendingSince = 0;
    }

    int pendingNextBuild() {
        return pendingNextBuild;
    }

    Instant pendingSince() {
        return Instant.ofEpochMilli(pendingSince);
    }

    /** @return whether this says anything new */
    boolean setFailure(@CheckForNull Failure cause, Instant at) {
        String kind = cause == null ? null : cause.kind().name();
        if (kind != null && failureKind == null) {
            failingSince = at.toEpochMilli();
        }
        boolean news = !Objects.equals(kind, failureKind);
        failureKind = kind;
        // Kept up to date, but no reason to write: it may name a time or a request that differ at every check.
        failure = cause == null ? null : cause.message();
        return news;
    }

    @CheckForNull
    String failureKind() {
        return failureKind;
    }

    @CheckForNull
    String failure() {
        return failure;
    }

    Instant failingSince() {
        return Instant.ofEpochMilli(failingSince);
    }

    @CheckForNull
    RecordedDigest lastCheck() {
        return lastCheck;
    }

    /** @return whether this says anything new */
    boolean setLastCheck(RecordedDigest digest) {
        boolean changed = !digest.equals(lastCheck);
        lastCheck = digest;
        return changed;
    }

    @CheckForNull
    RecordedDigest lastSuccess() {
        return lastSuccess;
    }

    /** Builds may end in another order than they began: the later one counts. @return whether this says anything new */
    boolean setLastSuccess(RecordedDigest digest, int build) {
        if (build < lastSuccessBuild || build == lastSuccessBuild && digest.equals(lastSuccess)) {
            return false;
        }
        lastSuccess = digest;
        lastSuccessBuild = build;
        return true;
    }

    boolean startedDownstream(String job, String digest) {
        return downstream != null && digest.equals(downstream.get(job));
    }

    void startDownstream(String job, String digest) {
        if (downstream == null) {
            downstream = new TreeMap<>();
        }
        downstream.put(job, digest);
    }
}
