package io.jenkins.plugins.imageupdate.source.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Platform;
import java.util.Map;

/**
 * What {@code docker build} is told beside the Dockerfile.
 *
 * @param buildArgs as of {@code --build-arg}
 * @param contexts as of {@code --build-context}, by name: where such a name stands, that is meant, which is an image only behind
 *     {@code docker-image://}
 * @param target as of {@code --target}: only the stages that it needs are built; null for all that there are
 * @param platform as of {@code --platform}, the target's; null where it is not known
 */
public record BuildSettings(
        Map<String, String> buildArgs,
        Map<String, String> contexts,
        @CheckForNull String target,
        @CheckForNull Platform platform) {
    public BuildSettings {
        buildArgs = Map.copyOf(buildArgs);
        contexts = Map.copyOf(contexts);
    }

    public static BuildSettings of(Map<String, String> buildArgs) {
        return new BuildSettings(buildArgs, Map.of(), null, null);
    }
}
