package io.jenkins.plugins.imageupdate.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hudson.util.XStream2;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import io.jenkins.plugins.imageupdate.policy.NewestTags;
import io.jenkins.plugins.imageupdate.policy.RegexTags;
import io.jenkins.plugins.imageupdate.policy.SemverTags;
import io.jenkins.plugins.imageupdate.policy.TagSelection;
import io.jenkins.plugins.imageupdate.testing.KeptSample;
import io.jenkins.plugins.imageupdate.testing.SampleResults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a Pipeline's state holds of the step: Java serialization that was written by the first version of this plugin. */
class PipelineStateTest {
    @Test
    void aKeptResultIsReadWithAllThatItHolds() throws Exception {
        CheckImageUpdateResult expected = new CheckImageUpdateResult(SampleResults.all());
        CheckImageUpdateResult read =
                assertInstanceOf(CheckImageUpdateResult.class, kept("step-result-1.ser", expected));
        List<CheckResult> results =
                read.getImages().stream().map(ImageResult::result).toList();
        assertEquals(SampleResults.all(), results);
        assertEquals(expected.getUpdates(), read.getUpdates());
    }

    @Test
    void aKeptStepThatWaitsForARegistryIsReadWithAllItsParameters() throws Exception {
        SemverTags semver = new SemverTags("~1.27");
        semver.setVariant("alpine");
        NewestTags newest = new NewestTags();
        RegexTags regex = new RegexTags("^v\\d+$");
        regex.setSort("lexical");
        List<CheckImageUpdateExecution> expected = new ArrayList<>();
        for (TagSelection tags : List.of(semver, newest, regex)) {
            tags.setInclude(List.of("^1"));
            tags.setExclude(List.of("-rc", "beta"));
            tags.setMax(2);
            expected.add(new CheckImageUpdateExecution(step(tags), null));
        }
        XStream2 xstream = new XStream2();
        assertEquals(xstream.toXML(expected), xstream.toXML(kept("step-executions-1.ser", new ArrayList<>(expected))));
    }

    private static CheckImageUpdateStep step(TagSelection tags) {
        CheckImageUpdateStep step = new CheckImageUpdateStep("gcr.io/p/app:stable");
        step.setImages(List.of("nginx:1.27-alpine", "redis:7"));
        step.setCredentialsId("gcr-key");
        step.setPlatform("linux/arm64");
        step.setTags(tags);
        step.setSince(CheckImageUpdateStep.LAST_CHECK);
        step.setDockerfile("Dockerfile");
        step.setManifests("compose.yaml, k8s/*.yaml");
        step.setTarget("runtime");
        step.setBuildArgs(List.of("BASE=nginx"));
        step.setBuildContexts(List.of("base=docker-image://nginx:1.27"));
        step.setDownstreamJobs(List.of("folder/deploy"));
        step.setFailOnError(false);
        return step;
    }

    private static Object kept(String name, Object present) throws Exception {
        Path sample = KeptSample.file(name, () -> serialized(present));
        try (ObjectInputStream stream = new ObjectInputStream(Files.newInputStream(sample))) {
            return stream.readObject();
        }
    }

    private static byte[] serialized(Object present) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(present);
        }
        return bytes.toByteArray();
    }
}
