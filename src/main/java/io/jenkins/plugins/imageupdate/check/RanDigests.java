package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;
import java.util.List;

/**
 * The digests that a build really ran of one image, as its agents told.
 *
 * @param build number of the build
 * @param digests several if its agents had different ones; of an index, or of one platform's manifest
 * @param settled the digest of the tag that has started a build already, so that it starts no other one; null for none
 */
public record RanDigests(
        int build, List<Digest> digests, @CheckForNull Digest settled) {
    public RanDigests {
        digests = List.copyOf(digests);
    }

    public RanDigests(int build, List<Digest> digests) {
        this(build, digests, null);
    }

    public RanDigests withSettled(@CheckForNull Digest digest) {
        return new RanDigests(build, digests, digest);
    }
}
