package io.jenkins.plugins.imageupdate.watch.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Platform;
import java.util.Map;
import java.util.Set;

/**
 * What {@code docker build} is told beside the Dockerfile.
 *
 * @param buildArgs as of {@code --build-arg}
 * @param contexts names of {@code --build-context}; where such a name stands, no image is meant
 * @param platform as of {@code --platform}, the target's; null where it is not known
 */
public record BuildSettings(
        Map<String, String> buildArgs,
        Set<String> contexts,
        @CheckForNull Platform platform) {
    public BuildSettings {
        buildArgs = Map.copyOf(buildArgs);
        contexts = Set.copyOf(contexts);
    }

    public static BuildSettings of(Map<String, String> buildArgs) {
        return new BuildSettings(buildArgs, Set.of(), null);
    }
}
