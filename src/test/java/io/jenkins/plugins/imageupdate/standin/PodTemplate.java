package io.jenkins.plugins.imageupdate.standin;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** In the shape of the Kubernetes plugin's {@code PodTemplate}. */
public final class PodTemplate extends AbstractDescribableImpl<PodTemplate> {
    private final String name;
    private String inheritFrom;
    private String yaml;
    private List<PodContainer> containers = List.of();

    @DataBoundConstructor
    public PodTemplate(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
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
    @Symbol("podTemplate")
    public static final class DescriptorImpl extends Descriptor<PodTemplate> {}
}
