package io.jenkins.plugins.imageupdate.standin;

import hudson.Extension;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** In the shape of the Kubernetes plugin's step {@code podTemplate}. Runs its block. */
public final class PodTemplateStep extends BlockStep {
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

    @Extension
    public static final class DescriptorImpl extends BlockStepDescriptor {
        public DescriptorImpl() {
            super("podTemplate");
        }
    }
}
