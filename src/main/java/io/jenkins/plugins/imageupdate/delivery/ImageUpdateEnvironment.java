package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Cause;
import hudson.model.EnvironmentContributor;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import io.jenkins.plugins.imageupdate.job.ResultsVariable;
import java.util.List;

/** Variables of a build that was started for image updates. Their names and values are those of {@link ImageResult}. */
@Extension
public final class ImageUpdateEnvironment extends EnvironmentContributor {
    @Override
    @SuppressWarnings("rawtypes")
    public void buildEnvironmentFor(@NonNull Run run, @NonNull EnvVars variables, @NonNull TaskListener listener) {
        List<CheckResult> updates = ImageUpdateCause.updatesOf(whole((Run<?, ?>) run));
        if (updates.isEmpty()) {
            return;
        }
        ImageResult first = new ImageResult(updates.get(0));
        variables.put("IMAGE_UPDATE_IMAGE", first.getImage());
        variables.put("IMAGE_UPDATE_TAG", first.getTag());
        variables.put("IMAGE_UPDATE_DIGEST", Util.fixNull(first.getDigest()));
        variables.put("IMAGE_UPDATE_PREVIOUS_DIGEST", Util.fixNull(first.getPreviousDigest()));
        variables.put("IMAGE_UPDATE_PINNED", Util.fixNull(first.getPinned()));
        variables.put("IMAGE_UPDATE_CHANGES", ResultsVariable.of(updates).json());
    }

    /**
     * The build that a build is a part of: the builds of a matrix project's configurations have the project's build as upstream cause, and not
     * its causes. Otherwise the build itself.
     */
    private static Run<?, ?> whole(Run<?, ?> run) {
        if (run.getParent().getParent() instanceof Job<?, ?> whole) {
            for (Cause cause : run.getCauses()) {
                Run<?, ?> build = cause instanceof Cause.UpstreamCause upstream
                                && upstream.getUpstreamProject().equals(whole.getFullName())
                        ? whole.getBuildByNumber(upstream.getUpstreamBuild())
                        : null;
                if (build != null) {
                    return build;
                }
            }
        }
        return run;
    }

    /** Says in the build's log, once, how many updates the variable leaves out. */
    @Extension
    public static final class OmittedRunListener extends RunListener<Run<?, ?>> {
        @Override
        public void onStarted(Run<?, ?> run, TaskListener listener) {
            int omitted = ResultsVariable.of(ImageUpdateCause.updatesOf(run)).omitted();
            if (omitted != 0) {
                listener.getLogger().println(Messages.ImageUpdateEnvironment_Omitted(omitted));
            }
        }
    }
}
