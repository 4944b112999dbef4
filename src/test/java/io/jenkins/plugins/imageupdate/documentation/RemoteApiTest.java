package io.jenkins.plugins.imageupdate.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The remote API answers as docs/as-code.md shows it: the same fields, no more and no less. */
@WithJenkins
class RemoteApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theFieldsAreThoseOfTheDocumentation(JenkinsRule jenkins) throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            ConfiguredRegistry configured = new ConfiguredRegistry(registry.host());
            configured.setPlainHttp(true);
            RegistriesConfiguration.get().setRegistries(List.of(configured));
            registry.faults()
                    .always(
                            RecordedRequest::isManifest,
                            (request, regular) -> regular.get()
                                    .with("ratelimit-limit", "100;w=21600")
                                    .with("ratelimit-remaining", "76;w=21600"));
            FreeStyleProject job = jenkins.createFreeStyleProject("app");
            ImageUpdateTrigger trigger = new ImageUpdateTrigger("H H 1 1 *");
            trigger.setImages(List.of(new TriggerImage(registry.host() + "/team/app:stable")));
            job.addTrigger(trigger);
            for (String content : List.of("one", "two")) {
                registry.pushImage("team/app", "stable", content);
                PollScene.poll(job);
            }
            jenkins.waitUntilNoActivity();

            JsonNode documented = JSON.readTree(CodeBlock.all("json").get(0).text());
            JsonNode one = answer(jenkins, "job/app/image-updates/api/json");
            JsonNode table = answer(jenkins, "manage/image-updates/api/json").get("table");
            Set<String> expected = fields(documented);
            // Every day has a name of its own.
            expected.remove(".table.updatesPerDay.2026-01-02");
            expected.add(".table.updatesPerDay."
                    + table.get("updatesPerDay").fieldNames().next());
            assertEquals(expected, fields(one));
            assertEquals(fields(one.get("table")), fields(table));
            assertEquals(1, table.get("updatesPerDay").elements().next().intValue());
            JsonNode quota = table.get("quotas").get(0);
            assertEquals(registry.host(), quota.get("registry").textValue());
            assertEquals(100, quota.get("limit").intValue());
            assertEquals(76, quota.get("remaining").intValue());
        }
    }

    @Test
    void theDocumentedLogLineIsTheOneThatACheckWrites() throws Exception {
        JsonNode documented = JSON.readTree(CodeBlock.all("json").get(0).text());
        JsonNode row = documented.at("/table/images/0");
        WatchedImage image = WatchedImage.parse(row.get("image").textValue(), null);
        TagSet tags =
                TagSet.of(new TagDigest(null, Digest.parse(row.get("digest").textValue()), null));
        Sighting seen = Sighting.of(image, tags, false, row.get("credentialsId").textValue(), Instant.EPOCH);
        assertEquals(
                documented.get("report").get(0).textValue(),
                CheckResult.compare(seen, tags).sentence());
    }

    private static JsonNode answer(JenkinsRule jenkins, String path) throws Exception {
        return JSON.readTree(jenkins.getJSON(path).getContentAsString());
    }

    /** With the names of what they are in; Stapler adds the class. */
    private static Set<String> fields(JsonNode node) {
        Set<String> found = new TreeSet<>();
        Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!field.getKey().equals("_class")) {
                found.add("." + field.getKey());
                fields(field.getValue()).forEach(below -> found.add("." + field.getKey() + below));
            }
        }
        node.elements().forEachRemaining(element -> {
            if (node.isArray()) {
                found.addAll(fields(element));
            }
        });
        return found;
    }
}
