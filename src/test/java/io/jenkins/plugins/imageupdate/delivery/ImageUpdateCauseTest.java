package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.CauseAction;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.job.ResultsVariable;
import io.jenkins.plugins.imageupdate.registry.Digest;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.export.Flavor;
import org.kohsuke.stapler.export.ModelBuilder;
import org.kohsuke.stapler.export.TreePruner;

class ImageUpdateCauseTest {
    private static final Digest OLD = digest("old");
    private static final Digest NEW = digest("new");
    private static final Digest OLD_INDEX = digest("old index");
    private static final Digest NEW_INDEX = digest("new index");

    private static Digest digest(String content) {
        return Digest.of(content.getBytes(StandardCharsets.UTF_8));
    }

    private static final CheckResult UPDATE = CheckResult.recorded(
            WatchedImage.parse("gcr.io/p/app:1", "linux/arm64"),
            TagSet.of(new TagDigest(null, OLD, OLD_INDEX)),
            TagSet.of(new TagDigest(null, NEW, NEW_INDEX)));

    /** The actions of a build are one level deep in its remote API, the causes two. */
    private static JsonNode exported(int depth) throws Exception {
        CauseAction action = new CauseAction(new ImageUpdateCause(List.of(UPDATE)));
        StringWriter json = new StringWriter();
        new ModelBuilder()
                .get(CauseAction.class)
                .writeTo(action, new TreePruner.ByDepth(depth), Flavor.JSON.createDataWriter(action, json));
        return new ObjectMapper().readTree(json.toString()).at("/causes/0/updates/0");
    }

    @Test
    void aBuildsRemoteApiAndAPipelinesCausesHaveTheSameProperties() throws Exception {
        JsonNode ofPipeline = exported(1);
        assertEquals(ofPipeline, exported(2));
        assertEquals(NEW.toString(), ofPipeline.path("digest").textValue());
        assertEquals(OLD.toString(), ofPipeline.path("previousDigest").textValue());
        assertEquals(NEW_INDEX.toString(), ofPipeline.path("indexDigest").textValue());
        assertEquals(
                OLD_INDEX.toString(), ofPipeline.path("previousIndexDigest").textValue());
    }

    @Test
    void theEnvironmentHasTheSamePropertiesWithoutFreeText() throws Exception {
        ObjectNode expected = exported(1).deepCopy();
        expected.remove(List.of("change", "compareLink", "credentialsId", "failure"));
        assertEquals(
                expected,
                new ObjectMapper()
                        .readTree(ResultsVariable.of(List.of(UPDATE)).json())
                        .path(0));
    }
}
