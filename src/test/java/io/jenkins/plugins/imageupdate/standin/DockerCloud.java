package io.jenkins.plugins.imageupdate.standin;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.slaves.Cloud;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** In the shape of the Docker plugin's {@code DockerCloud}: the image is in a part of the template. Counts how often its templates are read. */
public final class DockerCloud extends Cloud {
    public static final AtomicInteger READ = new AtomicInteger();

    private final List<DockerTemplate> templates;

    @DataBoundConstructor
    public DockerCloud(String name, List<DockerTemplate> templates) {
        super(name);
        this.templates = templates == null ? List.of() : List.copyOf(templates);
    }

    public List<DockerTemplate> getTemplates() {
        READ.incrementAndGet();
        return templates;
    }

    @Extension
    @Symbol("docker")
    public static final class DescriptorImpl extends Descriptor<Cloud> {}

    /** In the shape of {@code DockerTemplate}. */
    public static final class DockerTemplate extends AbstractDescribableImpl<DockerTemplate> {
        private final DockerTemplateBase dockerTemplateBase;
        private final String labelString;

        @DataBoundConstructor
        public DockerTemplate(DockerTemplateBase dockerTemplateBase, String labelString) {
            this.dockerTemplateBase = dockerTemplateBase;
            this.labelString = labelString;
        }

        public DockerTemplateBase getDockerTemplateBase() {
            return dockerTemplateBase;
        }

        public String getLabelString() {
            return labelString;
        }

        @Extension
        public static final class DescriptorImpl extends Descriptor<DockerTemplate> {}
    }

    /** In the shape of {@code DockerTemplateBase}. */
    public static final class DockerTemplateBase extends AbstractDescribableImpl<DockerTemplateBase> {
        private final String image;

        @DataBoundConstructor
        public DockerTemplateBase(String image) {
            this.image = image;
        }

        public String getImage() {
            return image;
        }

        @Extension
        public static final class DescriptorImpl extends Descriptor<DockerTemplateBase> {}
    }
}
