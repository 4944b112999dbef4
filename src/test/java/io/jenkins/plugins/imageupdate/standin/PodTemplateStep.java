package io.jenkins.plugins.imageupdate.standin;

import hudson.Extension;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** In the shape of the Kubernetes plugin's step {@code podTemplate}. Runs its block. */
public final class PodTemplateStep extends Step {
    private String cloud;
    private String inheritFrom;
    private String yaml;
    private List<PodContainer> containers = List.of();

    @DataBoundConstructor
    public PodTemplateStep() {}

    public String getCloud() {
        return cloud;
    }

    @DataBoundSetter
    public void setCloud(String cloud) {
        this.cloud = cloud;
    }

    public String getInheritFrom() {
        return inheritFrom;
    }

    @DataBoundSetter
    public void setInheritFrom(String inheritFrom) {
        this.inheritFrom = inheritFrom;
    }

    public String getYaml() {
        return yaml;
    }

    @DataBoundSetter
    public void setYaml(String yaml) {
        this.yaml = yaml;
    }

    public List<PodContainer> getContainers() {
        return containers;
    }

    @DataBoundSetter
    public void setContainers(List<PodContainer> containers) {
        this.containers = List.copyOf(containers);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new BlockExecution(context);
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of();
        }

        @Override
        public String getFunctionName() {
            return "podTemplate";
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }
    }
}
