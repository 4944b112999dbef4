package io.jenkins.plugins.imageupdate.ledger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.TagSet;
import java.util.Objects;

/**
 * The last start of a downstream job for an image.
 *
 * @param tags the digests that it was started for
 * @param previous the digests before these; null if nothing was recorded
 * @param build number of the upstream build
 * @param waiting whether no build of the downstream job is known to have started yet
 */
public record DownstreamStart(TagSet tags, @CheckForNull TagSet previous, int build, boolean waiting) {
    public DownstreamStart {
        Objects.requireNonNull(tags, "the digests of a downstream start are missing");
    }

    DownstreamStart answered() {
        return new DownstreamStart(tags, previous, build, false);
    }
}
