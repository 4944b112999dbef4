package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.EnvVars;
import hudson.model.Build;
import hudson.model.Cause;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ItemGroup;
import hudson.model.Project;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.registry.Digest;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * The builds of a job's parts. The Matrix Project plugin is not a dependency: this stand-in does what matters here as that plugin does. The
 * project is the item group of its configurations, and their builds have an upstream cause for the project's build, and no other cause
 * (DefaultMatrixExecutionStrategyImpl).
 */
@WithSharedJenkins
class PartsOfABuildTest {
    private static final CheckResult UPDATE =
            CheckResult.recorded(WatchedImage.parse("gcr.io/p/app:1", null), tags((byte) 1), tags((byte) 2));

    private static TagSet tags(byte content) {
        return TagSet.of(new TagDigest(null, Digest.of(new byte[] {content}), null));
    }

    /** A build of a job that has jobs as parts. */
    public static final class WholeBuild extends Build<WholeProject, WholeBuild> {
        public WholeBuild(WholeProject project) throws IOException {
            super(project);
        }

        public WholeBuild(WholeProject project, File folder) throws IOException {
            super(project, folder);
        }
    }

    /** A job that has jobs as parts. */
    public static final class WholeProject extends Project<WholeProject, WholeBuild>
            implements TopLevelItem, ItemGroup<FreeStyleProject> {
        private final transient List<FreeStyleProject> parts = new ArrayList<>();

        @SuppressWarnings("rawtypes")
        public WholeProject(ItemGroup parent, String name) {
            super(parent, name);
        }

        FreeStyleProject part(String name) {
            FreeStyleProject part = new FreeStyleProject(this, name);
            parts.add(part);
            return part;
        }

        @Override
        public Collection<FreeStyleProject> getItems() {
            return List.copyOf(parts);
        }

        @Override
        public FreeStyleProject getItem(String name) {
            return parts.stream()
                    .filter(part -> part.getName().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public String getUrlChildPrefix() {
            return ".";
        }

        @Override
        public File getRootDirFor(FreeStyleProject child) {
            return new File(getRootDir(), "parts/" + child.getName());
        }

        @Override
        public void onDeleted(FreeStyleProject item) {
            parts.remove(item);
        }

        @Override
        protected Class<WholeBuild> getBuildClass() {
            return WholeBuild.class;
        }

        @Override
        public TopLevelItemDescriptor getDescriptor() {
            return Jenkins.get().getDescriptorByType(FreeStyleProject.DescriptorImpl.class);
        }
    }

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static EnvVars variables(Run<?, ?> run) throws Exception {
        return run.getEnvironment(TaskListener.NULL);
    }

    @Test
    void theBuildsOfTheConfigurationsHaveTheVariablesOfTheProjectsBuild() throws Exception {
        WholeProject whole = new WholeProject(jenkins.jenkins, "whole");
        jenkins.jenkins.add(whole, "whole");
        FreeStyleProject part = whole.part("part");
        WholeBuild build =
                whole.scheduleBuild2(0, new ImageUpdateCause(List.of(UPDATE))).get();
        FreeStyleBuild ofPart = part.scheduleBuild2(0, new Cause.UpstreamCause((Run<?, ?>) build))
                .get();
        EnvVars expected = variables(build);
        EnvVars actual = variables(ofPart);
        for (String name : List.of(
                "IMAGE_UPDATE_IMAGE",
                "IMAGE_UPDATE_TAG",
                "IMAGE_UPDATE_DIGEST",
                "IMAGE_UPDATE_PREVIOUS_DIGEST",
                "IMAGE_UPDATE_PINNED",
                "IMAGE_UPDATE_CHANGES")) {
            assertEquals(expected.get(name), actual.get(name), name);
        }
        assertEquals("gcr.io/p/app:1", actual.get("IMAGE_UPDATE_IMAGE"));
    }

    @Test
    void aDownstreamBuildThatIsNotAPartHasNoVariables() throws Exception {
        FreeStyleProject upstream = jenkins.createFreeStyleProject("upstream");
        FreeStyleProject downstream = jenkins.createFreeStyleProject("downstream");
        FreeStyleBuild build = upstream.scheduleBuild2(0, new ImageUpdateCause(List.of(UPDATE)))
                .get();
        FreeStyleBuild after = downstream
                .scheduleBuild2(0, new Cause.UpstreamCause((Run<?, ?>) build))
                .get();
        assertNull(variables(after).get("IMAGE_UPDATE_IMAGE"));
    }
}
