package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.EnvironmentContributor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import java.util.List;

/** Variables of a build that was started for image updates. Their names and values are those of {@link ImageResult}. */
@Extension
public final class ImageUpdateEnvironment extends EnvironmentContributor {
    @Override
    @SuppressWarnings("rawtypes")
    public void buildEnvironmentFor(@NonNull Run run, @NonNull EnvVars variables, @NonNull TaskListener listener) {
        List<CheckResult> updates = ImageUpdateCause.updatesOf((Run<?, ?>) run);
        if (updates.isEmpty()) {
            return;
        }
        ImageResult first = new ImageResult(updates.get(0));
        variables.put("IMAGE_UPDATE_IMAGE", first.getImage());
        variables.put("IMAGE_UPDATE_TAG", first.getTag());
        variables.put("IMAGE_UPDATE_DIGEST", Util.fixNull(first.getDigest()));
        variables.put("IMAGE_UPDATE_PREVIOUS_DIGEST", Util.fixNull(first.getPreviousDigest()));
        variables.put("IMAGE_UPDATE_PINNED", Util.fixNull(first.getPinned()));
        variables.put("IMAGE_UPDATE_CHANGES", ImageResult.toJson(updates));
    }
}
