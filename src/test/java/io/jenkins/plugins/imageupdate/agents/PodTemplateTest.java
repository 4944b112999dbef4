package io.jenkins.plugins.imageupdate.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.BuildImagesAction;
import io.jenkins.plugins.imageupdate.standin.BlockStep;
import io.jenkins.plugins.imageupdate.testing.KeptSample;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.csanchez.jenkins.plugins.kubernetes.ContainerTemplate;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.csanchez.jenkins.plugins.kubernetes.PodTemplate;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.DataBoundConstructor;

/** The images of pods that Pipelines run in by the Kubernetes plugin. No pod is started: the step runs its block without a node. */
@WithRegistry
class PodTemplateTest extends SharedScene {
    private static final BuildImagesAction.Uses NOTHING =
            new BuildImagesAction.Uses(Map.of(), Map.of(), Map.of(), Map.of());

    private final KubernetesCloud cloud = new KubernetesCloud("cluster");

    @BeforeEach
    void withOneCloud() {
        jenkins.jenkins.clouds.add(cloud);
    }

    @AfterEach
    void withoutClouds() {
        jenkins.jenkins.clouds.clear();
    }

    private static WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        ImageUpdateTrigger trigger = PollScene.trigger();
        trigger.setWatchBuildImages(true);
        job.addTrigger(trigger);
        return job;
    }

    /** What a build records, also one that the step refuses. */
    private static BuildImagesAction.Uses build(String name, String script) throws Exception {
        Run<?, ?> run = job(name, script).scheduleBuild2(0).get();
        RecordedImages.settled();
        BuildImagesAction action = run.getAction(BuildImagesAction.class);
        return action == null ? NOTHING : action.uses();
    }

    private static String pod(String... lines) {
        return "podTemplate(yaml: '''\n" + String.join("\n", lines) + "\n''') { echo 'in the pod' }";
    }

    @Test
    void theJobIsRebuiltOnceWhenTheImageOfAContainerMoves() throws Exception {
        scene.push("p/maven", "one");
        WorkflowJob job = job(
                "containers",
                "podTemplate(containers: [containerTemplate(name: 'maven', image: '" + scene.image("p/maven")
                        + "')]) { echo 'in the pod' }");
        jenkins.buildAndAssertSuccess(job);
        RecordedImages.settled();
        assertEquals(
                Map.of(scene.image("p/maven"), "podTemplate pod container maven"),
                RecordedImages.of(job.getLastBuild()));
        assertFalse(scene.tick(job).queued());
        scene.push("p/maven", "two");
        assertTrue(scene.tick(job).queued());
        scene.idle();
        RecordedImages.settled();
        assertFalse(scene.tick(job).queued());
        assertEquals(2, job.getBuilds().size());
    }

    @Test
    void thePodsYamlIsReadWithAndWithoutAKind() throws Exception {
        assertEquals(
                Set.of("docker.io/library/golang:1.24", "docker.io/library/busybox:latest"),
                build(
                                "kind",
                                pod(
                                        "apiVersion: v1",
                                        "kind: Pod",
                                        "spec:",
                                        "  initContainers: [{name: prepare, image: busybox}]",
                                        "  containers: [{name: go, image: 'golang:1.24'}]"))
                        .images()
                        .keySet());
        assertEquals(
                Set.of("docker.io/library/node:22"),
                build("fragment", pod("spec:", "  containers:", "  - {name: node, image: 'node:22'}"))
                        .images()
                        .keySet());
    }

    @Test
    void anInheritedTemplateOfACloudCountsExceptWhatTheStepReplaces() throws Exception {
        PodTemplate base = new PodTemplate();
        base.setName("base");
        base.setContainers(List.of(
                new ContainerTemplate("jnlp", "jenkins/inbound-agent:latest"),
                new ContainerTemplate("maven", "maven:3.8")));
        PodTemplate middle = new PodTemplate();
        middle.setName("middle");
        middle.setInheritFrom("base");
        middle.setContainers(List.of(new ContainerTemplate("git", "alpine/git:latest")));
        cloud.setTemplates(List.of(base, middle));
        BuildImagesAction.Uses uses = build(
                "inherits",
                "podTemplate(inheritFrom: 'middle nowhere', containers: [containerTemplate(name: 'maven', image: 'maven:3.9')])"
                        + " { echo 'in the pod' }");
        assertEquals(
                Set.of(
                        "docker.io/jenkins/inbound-agent:latest",
                        "docker.io/alpine/git:latest",
                        "docker.io/library/maven:3.9"),
                uses.images().keySet());
        assertTrue(uses.notWatched().get("podTemplate").contains("template nowhere, which no cloud has"));
    }

    @Test
    void whatIsNotUnderstoodIsSaid() throws Exception {
        assertSaid("variable", pod("spec:", "  containers: [{name: a, image: 'maven:${VERSION}'}]"), "has a variable");
        assertSaid("template", pod("spec:", "  containers: [{name: a, image: 'maven:{{ version }}'}]"), "template");
        assertSaid("broken", pod("spec: [", "  containers"), "no YAML that can be read");
        assertSaid("notText", pod("spec:", "  containers: [{name: a, image: [maven]}]"), "image is not text");
        assertSaid("deep", pod("spec: " + "[".repeat(300) + "]".repeat(300)), "no YAML that can be read");
        assertSaid(
                "field",
                "podTemplate(containers: [containerTemplate(name: 'a', image: 'Maven:3')]) { echo 'in the pod' }",
                "lower-case letters only");
    }

    private static void assertSaid(String name, String script, String words) throws Exception {
        BuildImagesAction.Uses uses = build(name, script);
        assertEquals(Map.of(), uses.images());
        String reason = uses.notWatched().get("podTemplate");
        assertTrue(reason != null && reason.contains(words), () -> name + ": " + uses);
    }

    @Test
    void theTriggersOwnImagesAreWatchedTooAndAnImageThatIsNotUsedAnyLongerIsNot() throws Exception {
        scene.push("p/named", "one");
        scene.push("p/used", "one");
        String pod = "podTemplate(containers: [containerTemplate(name: 'a', image: '" + scene.image("p/used") + "')])";
        WorkflowJob job = job("changes", pod + " { error 'fails in the pod' }");
        ImageUpdateTrigger trigger = PollScene.trigger(scene.image("p/named"));
        trigger.setWatchBuildImages(true);
        job.addTrigger(trigger);
        jenkins.buildAndAssertStatus(Result.FAILURE, job);
        RecordedImages.settled();
        assertEquals(Set.of(scene.image("p/named"), scene.image("p/used")), checked(job));
        job.setDefinition(new CpsFlowDefinition("error 'fails before the pod'", true));
        jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertEquals(Set.of(scene.image("p/named"), scene.image("p/used")), checked(job));
        job.setDefinition(new CpsFlowDefinition("echo 'without a pod'", true));
        jenkins.buildAndAssertSuccess(job);
        assertEquals(Set.of(scene.image("p/named")), checked(job));
    }

    private static Set<String> checked(WorkflowJob job) throws Exception {
        return scene.tick(job).images().stream()
                .map(one -> one.image().reference().toString())
                .collect(Collectors.toSet());
    }

    @Test
    void anEmptyPodSaysNothing() throws Exception {
        assertEquals(NOTHING, build("empty", "podTemplate(label: 'none') { echo 'none' }"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"maven:3.9", ThrowingStep.ERROR})
    void aStepThatThrowsWhenItIsReadNeitherFailsTheBuildNorIsItsMessageShown(String image) throws Exception {
        BuildImagesAction.Uses uses =
                build("throwing " + image.replace(':', ' '), "throwing(image: '" + image + "') { echo 'built' }");
        assertEquals(Map.of(), uses.images());
        String reason = uses.notWatched().get("throwing");
        assertTrue(reason.contains("failed with"), reason);
        assertFalse(reason.contains("a secret"), reason);
    }

    @Test
    void theRecordOfABuildIsReadAsTheFirstVersionWroteIt() throws Exception {
        BuildImagesAction.Uses uses = new BuildImagesAction.Uses(
                Map.of("docker.io/library/maven:3.9", "podTemplate pod container maven"),
                Map.of("podTemplate", "it has a variable"),
                Map.of(
                        "docker.io/library/maven:3.9",
                        "sha512:" + "a".repeat(128) + " sha512:" + "b".repeat(128) + " sha256:" + "c".repeat(64)),
                Map.of("pod maven-1", "it was gone"));
        Run<?, ?> run = jenkins.buildAndAssertSuccess(job("record", "echo 'none'"));
        BuildImagesAction.record(run, build -> {
            build.images().putAll(uses.images());
            build.notWatched().putAll(uses.notWatched());
            build.ran().putAll(uses.ran());
            build.notTold().putAll(uses.notTold());
        });
        String sample = KeptSample.text(
                "build-images-1.xml", () -> Run.XSTREAM2.toXML(run.getAction(BuildImagesAction.class)) + "\n");
        assertEquals(uses, ((BuildImagesAction) Run.XSTREAM2.fromXML(sample)).uses());
    }

    /** A step of another plugin with a fault. */
    public static final class ThrowingStep extends BlockStep {
        static final String ERROR = "error";

        private final boolean error;

        @DataBoundConstructor
        public ThrowingStep(String image) {
            error = image.equals(ERROR);
        }

        public String getImage() {
            if (error) {
                throw new AssertionError("a secret");
            }
            throw new IllegalStateException("a secret");
        }

        @TestExtension
        public static final class DescriptorImpl extends BlockStepDescriptor {
            public DescriptorImpl() {
                super("throwing");
            }
        }
    }
}
