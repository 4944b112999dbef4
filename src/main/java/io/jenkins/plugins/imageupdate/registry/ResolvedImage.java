package io.jenkins.plugins.imageupdate.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;

/**
 * What a reference points at.
 *
 * @param digest digest of the manifest or, for a multi-platform image, of the index
 * @param platformDigest digest of the manifest for the platform that was asked for, null for none
 */
public record ResolvedImage(Digest digest, @CheckForNull Digest platformDigest) {
    public ResolvedImage {
        Objects.requireNonNull(digest);
    }
}
