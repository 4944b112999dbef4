package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.EnvironmentContributor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import io.jenkins.plugins.imageupdate.watch.UpdateJson;
import java.util.List;

/** Tells a build what it was started for. Digests are those that decide: a platform's own where one is watched. */
@Extension
public final class ImageUpdateEnvironment extends EnvironmentContributor {
    @Override
    @SuppressWarnings("rawtypes")
    public void buildEnvironmentFor(@NonNull Run run, @NonNull EnvVars variables, @NonNull TaskListener listener) {
        List<ImageUpdate> updates = ImageUpdateCause.updatesOf((Run<?, ?>) run);
        if (updates.isEmpty()) {
            return;
        }
        ImageUpdate first = updates.get(0);
        variables.put("IMAGE_UPDATE_IMAGE", first.image());
        variables.put("IMAGE_UPDATE_TAG", first.tag());
        variables.put("IMAGE_UPDATE_DIGEST", Util.fixNull(first.effectiveDigest()));
        variables.put("IMAGE_UPDATE_PREVIOUS_DIGEST", Util.fixNull(first.effectivePreviousDigest()));
        variables.put("IMAGE_UPDATE_PINNED", Util.fixNull(first.pinned()));
        variables.put("IMAGE_UPDATE_CHANGES", UpdateJson.write(updates));
    }
}
