package io.jenkins.plugins.imageupdate.standin;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.slaves.Cloud;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** In the shape of the Kubernetes plugin's {@code KubernetesCloud}. Counts how often its templates are read. */
public final class PodCloud extends Cloud {
    public static final AtomicInteger READ = new AtomicInteger();

    private List<PodTemplate> templates = List.of();

    @DataBoundConstructor
    public PodCloud(String name) {
        super(name);
    }

    public List<PodTemplate> getTemplates() {
        READ.incrementAndGet();
        return templates;
    }

    @DataBoundSetter
    public void setTemplates(List<PodTemplate> templates) {
        this.templates = List.copyOf(templates);
    }

    @Extension
    @Symbol("kubernetes")
    public static final class DescriptorImpl extends Descriptor<Cloud> {}
}
