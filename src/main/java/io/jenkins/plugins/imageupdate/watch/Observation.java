package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;
import java.time.Instant;

/**
 * What one check saw: what the image points at, or why that could not be had; never both, never neither.
 *
 * @param credentialsId the credential that was chosen, null for none
 */
public record Observation(
        WatchedImage image,
        @CheckForNull String credentialsId,
        @CheckForNull ResolvedImage resolved,
        @CheckForNull Failure failure,
        Instant at) {

    public Observation {
        if ((resolved == null) == (failure == null)) {
            throw new IllegalArgumentException("an observation is a digest or a failure");
        }
    }

    /** Whether the registry itself says that there is no such tag. */
    boolean tagGone() {
        return failure != null && failure.kind() == FailureKind.TAG_NOT_FOUND;
    }
}
