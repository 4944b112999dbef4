package io.jenkins.plugins.imageupdate.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.Scripts;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import java.beans.Introspector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.export.Exported;

/** One update in the four places where users read it: the step's result, the build's causes, its environment, and its remote API. */
@WithJenkins
@WithRegistry
class OneExportedBeanTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FREE_TEXT = List.of("change", "compareLink", "credentialsId", "failure");

    @Test
    void anUpdateHasTheSamePropertiesAndValuesInAllFourPlaces(JenkinsRule jenkins, PollScene scene) throws Exception {
        push(scene, "1.4.2");
        WorkflowJob job = Scripts.job(jenkins, jenkins.jenkins, "app", script(scene.image("p/app")));
        job.addTrigger(PollScene.trigger());
        jenkins.buildAndAssertSuccess(job);
        String digest = push(scene, "1.4.3");
        assertTrue(scene.tick(job).queued());
        scene.idle();
        WorkflowRun run = job.getBuildByNumber(2);
        jenkins.assertBuildStatusSuccess(run);

        JsonNode step = logged(run, "step");
        assertEquals(digest, step.path("digest").textValue());
        assertTrue(step.path("change").textValue().contains("1.4.2 → 1.4.3"), step::toString);
        assertEquals(step, withoutClass(logged(run, "causes").at("/0/updates/0")));

        JsonNode page = JSON.readTree(jenkins.getJSON(run.getUrl() + "api/json?depth=1")
                .getJSONObject()
                .toString());
        assertEquals(step, withoutClass(page.findValue("causes").at("/0/updates/0")));
        assertEquals(step, withoutClass(page.findValue("startedFor").path(0)));
        assertEquals(step, withoutClass(page.findValue("checked").path(0)));

        assertEquals(
                ((ObjectNode) step.deepCopy()).remove(FREE_TEXT),
                logged(run, "environment").path(0));
    }

    private static String push(PollScene scene, String version) {
        return scene.registry.pushLabelled("p/app", "stable", Map.of("org.opencontainers.image.version", version));
    }

    /** Prints each place as JSON in one line. */
    private static String script(String image) {
        String properties =
                exported().stream().map(name -> name + ": r." + name).collect(Collectors.joining(", ", "[", "]"));
        return "def r = checkImageUpdate('" + image + "').images[0]\n"
                + "echo 'step=' + groovy.json.JsonOutput.toJson(" + properties + ")\n"
                + "def causes = currentBuild.getBuildCauses('" + ImageUpdateCause.class.getName() + "')\n"
                + "echo 'causes=' + causes.toString()\n"
                + "echo \"environment=${env.IMAGE_UPDATE_CHANGES}\"\n";
    }

    /** The exported properties of the bean, found by its annotations. */
    private static TreeSet<String> exported() {
        return Arrays.stream(ImageResult.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Exported.class))
                .map(method -> Introspector.decapitalize(method.getName().substring("get".length())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode logged(WorkflowRun run, String place) throws Exception {
        String line = JenkinsRule.getLog(run)
                .lines()
                .filter(one -> one.startsWith(place + "="))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the log does not have " + place));
        return JSON.readTree(line.substring(place.length() + 1));
    }

    private static JsonNode withoutClass(JsonNode bean) {
        return ((ObjectNode) bean.deepCopy()).without("_class");
    }
}
