package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** For what a downstream job was last started, as it is kept on disk. Not a record: Jenkins cannot read those back from XML. */
final class DownstreamStart {
    private final RecordedDigest digest;
    private final RecordedDigest previous;
    private final int build;
    private boolean waiting;

    /** @param build the upstream build's number */
    DownstreamStart(RecordedDigest digest, @CheckForNull RecordedDigest previous, int build) {
        this.digest = digest;
        this.previous = previous;
        this.build = build;
        this.waiting = true;
    }

    void verify() {
        digest.verify();
        if (previous != null) {
            previous.verify();
        }
    }

    RecordedDigest digest() {
        return digest;
    }

    @CheckForNull
    RecordedDigest previous() {
        return previous;
    }

    int build() {
        return build;
    }

    /** Whether no build of the downstream job is known to have started for it yet. */
    boolean waiting() {
        return waiting;
    }

    void answered() {
        waiting = false;
    }
}
