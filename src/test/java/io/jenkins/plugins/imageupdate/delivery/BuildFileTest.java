package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.job.CheckedImagesAction;
import io.jenkins.plugins.imageupdate.policy.SemverTags;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.testing.KeptSample;
import io.jenkins.plugins.imageupdate.testing.RecordNames;
import io.jenkins.plugins.imageupdate.testing.SampleResults;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The file of a build with causes and checked images of this plugin, as the first version of this plugin wrote it. */
@WithJenkins
class BuildFileTest {
    private static final List<CheckResult> STARTED = List.of(
            SampleResults.updated(),
            CheckResult.recorded(SampleResults.PLAIN, SampleResults.tags("one"), SampleResults.tags("two")));

    /** One result of each image, as a build keeps them. A text that is not an image is not kept. */
    private static final List<CheckResult> CHECKED =
            List.of(SampleResults.updated(), SampleResults.result(CheckStatus.FAILED, FailureKind.RATE_LIMITED));

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    /** The plugins' versions and the machine's paths are not a part of the format. */
    private String written() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("writes");
        FreeStyleBuild build = job.scheduleBuild2(
                        0,
                        new CauseAction(new ImageUpdateCause(STARTED), new ImageUpdateCause("folder/base", 7, STARTED)))
                .get();
        SemverTags tags = new SemverTags("~1.27");
        tags.setExclude(List.of("-rc"));
        CheckedImagesAction.record(build, CHECKED, "gcr-key", tags, "3d");
        return withoutVersions(Files.readString(file(build)))
                .replaceAll("<workspace>[^<]*</workspace>", "<workspace>workspace</workspace>");
    }

    private static String withoutVersions(String xml) {
        return xml.replaceAll("plugin=\"([a-z-]+)@[^\"]*\"", "plugin=\"$1@1\"");
    }

    private static Path file(Run<?, ?> run) {
        return new File(run.getRootDir(), "build.xml").toPath();
    }

    private String sample() throws Exception {
        return KeptSample.text("build-1.xml", this::written);
    }

    private FreeStyleBuild read() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("reads");
        Path folder = Files.createDirectories(job.getBuildDir().toPath().resolve("1"));
        Files.writeString(folder.resolve("build.xml"), sample());
        job.doReload();
        return jenkins.jenkins
                .getItemByFullName("reads", FreeStyleProject.class)
                .getBuildByNumber(1);
    }

    @Test
    void theCausesOfAKeptBuildAreReadWithAllThatTheyHold() throws Exception {
        List<ImageUpdateCause> causes = ImageUpdateCause.of(read().getCauses()).stream()
                .sorted(Comparator.comparingInt(ImageUpdateCause::upstreamBuild))
                .toList();
        assertEquals(2, causes.size());
        assertNull(causes.get(0).upstream());
        assertEquals("folder/base", causes.get(1).upstream());
        assertEquals(7, causes.get(1).upstreamBuild());
        causes.forEach(cause -> assertEquals(STARTED, cause.updates()));
    }

    @Test
    void theCheckedImagesOfAKeptBuildAreReadWithAllThatTheyHold() throws Exception {
        assertEquals(CHECKED, read().getAction(CheckedImagesAction.class).results());
    }

    @Test
    void aKeptBuildIsSavedAsItWasRead() throws Exception {
        FreeStyleBuild build = read();
        String before = actions(Files.readString(file(build)));
        build.save();
        assertEquals(before, actions(withoutVersions(Files.readString(file(build)))));
    }

    private static String actions(String xml) {
        return xml.substring(xml.indexOf("<actions>"), xml.indexOf("</actions>"));
    }

    @Test
    void theKeptBuildHasEachComponentOfAResult() throws Exception {
        String xml = sample();
        List<String> missing = new ArrayList<>(RecordNames.of(CheckResult.class));
        missing.removeIf(name -> name.equals("unreadable") || xml.contains("<" + name + ">"));
        assertTrue(missing.isEmpty(), () -> "not in the sample: " + missing);
    }
}
