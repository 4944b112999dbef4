package io.jenkins.plugins.imageupdate.standin;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** In the shape of the Kubernetes plugin's {@code ContainerTemplate}. */
public final class PodContainer extends AbstractDescribableImpl<PodContainer> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String image;

    @DataBoundConstructor
    public PodContainer(String name, String image) {
        this.name = name;
        this.image = image;
    }

    public String getName() {
        return name;
    }

    public String getImage() {
        return image;
    }

    @Extension
    @Symbol("containerTemplate")
    public static final class DescriptorImpl extends Descriptor<PodContainer> {}
}
