package io.jenkins.plugins.imageupdate.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
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
                ImageUpdatePoller.get().poll(job).get(60, TimeUnit.SECONDS);
            }
            jenkins.waitUntilNoActivity();

            List<CodeBlock> blocks = CodeBlock.all("json");
            JsonNode one = answer(jenkins, "job/app/image-updates/api/json");
            assertEquals(fields(JSON.readTree(blocks.get(0).text())), fields(one));
            JsonNode table = answer(jenkins, "manage/image-updates/api/json").get("table");
            Set<String> documented = fields(JSON.readTree(blocks.get(1).text()).get("table"));
            // The images are those of the first one, and every day has a name of its own.
            fields(one.get("images")).forEach(field -> documented.add(".images" + field));
            documented.add(".images");
            documented.remove(".updatesPerDay.2026-01-02");
            documented.add(
                    ".updatesPerDay." + table.get("updatesPerDay").fieldNames().next());
            assertEquals(documented, fields(table));
            assertEquals(1, table.get("updatesPerDay").elements().next().intValue());
            JsonNode quota = table.get("quotas").get(0);
            assertEquals(registry.host(), quota.get("registry").textValue());
            assertEquals(100, quota.get("limit").intValue());
            assertEquals(76, quota.get("remaining").intValue());
        }
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
