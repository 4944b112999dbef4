package io.jenkins.plugins.imageupdate.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step for jobs that are not Pipelines, with the same parameters and the same form. */
public final class CheckImageUpdateBuilder extends Builder {
    private final CheckImageUpdateStep check;

    @DataBoundConstructor
    public CheckImageUpdateBuilder(CheckImageUpdateStep check) {
        this.check = check;
    }

    public CheckImageUpdateStep getCheck() {
        return check;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        CompletableFuture<CheckImageUpdateResult> result =
                new StepCheck(check, build, build.getWorkspace(), listener, Jenkins.getAuthentication2(), null).start();
        try {
            result.get();
            return true;
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        }
    }

    @Extension
    @Symbol("checkImageUpdates")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CheckImageUpdateStep_DisplayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> type) {
            return true;
        }
    }
}
