package io.jenkins.plugins.imageupdate.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Run;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.job.BuildImagesAction;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.KubernetesApi;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesSlave;
import org.csanchez.jenkins.plugins.kubernetes.PodTemplate;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * The digests that pods really ran, with the Kubernetes plugin and a stand-in for the API of its cluster. The agent is the plugin's own, started as a
 * process of this machine in the place of a pod.
 */
@WithRegistry
class PodDigestsTest extends SharedScene {
    private static final String NAMESPACE = "builds";
    private static final String POD = "pod-1";

    private static KubernetesApi api;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        api = KubernetesApi.start(NAMESPACE, POD, folder.toString());
        KubernetesCloud cloud = new KubernetesCloud("cluster");
        cloud.setServerUrl(api.origin());
        cloud.setNamespace(NAMESPACE);
        jenkins.jenkins.clouds.add(cloud);
        PodTemplate template = new PodTemplate();
        template.setName("template");
        KubernetesSlave agent = new KubernetesSlave.Builder()
                .name(POD)
                .cloud(cloud)
                .podTemplate(template)
                .label("pod")
                .computerLauncher(jenkins.createComputerLauncher(null))
                .retentionStrategy(RetentionStrategy.NOOP)
                .build();
        agent.setNamespace(NAMESPACE);
        jenkins.jenkins.addNode(agent);
        jenkins.waitOnline(agent);
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.jenkins.removeNode(jenkins.jenkins.getNode(POD));
        api.close();
    }

    @BeforeEach
    void clear() {
        api.empty();
        api.faults().clear();
        api.clear();
    }

    private static WorkflowJob job(String name) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "podTemplate(label: 'pod', containers: [containerTemplate(name: 'tools', image: '" + image(name)
                        + "')]) { node('pod') { echo 'in the pod' } }",
                true));
        ImageUpdateTrigger trigger = PollScene.trigger();
        trigger.setWatchBuildImages(true);
        job.addTrigger(trigger);
        return job;
    }

    private static String image(String name) {
        return scene.image("p/" + name);
    }

    /** What the node has of the image: its imageID in the form of containerd. */
    private static void cached(String name, String digest) {
        api.empty().container("tools", image(name), scene.registry.host() + "/p/" + name + "@" + digest);
    }

    private static Run<?, ?> build(WorkflowJob job) throws Exception {
        Run<?, ?> run = jenkins.buildAndAssertSuccess(job);
        RecordedImages.settled();
        return run;
    }

    /** Checks the job, and waits until the build has ended that the check starts. */
    private static void assertRebuilt(boolean expected, WorkflowJob job) throws Exception {
        PollReport report = scene.tick(job);
        assertEquals(expected, report.queued(), () -> report + " after " + uses(job.getLastBuild()));
        scene.idle();
        RecordedImages.settled();
    }

    private static void assertRebuilt(WorkflowJob job) throws Exception {
        assertRebuilt(true, job);
    }

    private static void assertNotRebuilt(WorkflowJob job) throws Exception {
        assertRebuilt(false, job);
    }

    @Test
    void theJobIsRebuiltOnceIfItsPodRanAnOlderImageThanTheTagHasNow() throws Exception {
        String old = scene.push("p/once", "one");
        String now = scene.push("p/once", "two");
        WorkflowJob job = job("once");
        cached("once", old);
        Run<?, ?> first = build(job);
        assertEquals(List.of(old), uses(first).digests(image("once")));
        cached("once", now);
        assertRebuilt(job);
        assertEquals(2, job.getBuilds().size());
        assertNotRebuilt(job);
        assertNotRebuilt(job);
        assertEquals(2, job.getBuilds().size());
    }

    private static BuildImagesAction.Uses uses(Run<?, ?> run) {
        return run.getAction(BuildImagesAction.class).uses();
    }

    /** The page of a build, as text. */
    private static String page(Run<?, ?> run) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            return client.getPage(run, "image-updates").asNormalizedText();
        }
    }

    @Test
    void anAgentThatKeepsTheOldImageDoesNotStartBuildAfterBuild() throws Exception {
        String old = scene.push("p/kept", "one");
        scene.push("p/kept", "two");
        WorkflowJob job = job("kept");
        cached("kept", old);
        build(job);
        assertRebuilt(job);
        assertNotRebuilt(job);
        build(job);
        assertNotRebuilt(job);
        scene.push("p/kept", "three");
        assertRebuilt(job);
        assertNotRebuilt(job);
        assertEquals(4, job.getBuilds().size());
        assertEquals(List.of(old), uses(job.getLastBuild()).digests(image("kept")));
    }

    @Test
    void thePlatformsManifestIsTheSameImageAndTakesOneMoreRequestOnce() throws Exception {
        String arm = scene.registry.pushImage("p/platform", null, "arm");
        scene.registry.pushIndex("p/platform", "stable", Map.of("linux/arm64", arm));
        WorkflowJob job = job("platform");
        cached("platform", arm);
        build(job);
        scene.registry.clear();
        assertNotRebuilt(job);
        assertEquals(2, scene.registry.count(RecordedRequest::isManifest));
        scene.registry.clear();
        assertNotRebuilt(job);
        assertEquals(1, scene.registry.count(RecordedRequest::isManifest));
        scene.registry.pushIndexWithAttestations("p/platform", "stable", Map.of("linux/arm64", arm), "other");
        assertNotRebuilt(job);
        String next = scene.registry.pushImage("p/platform", null, "next");
        scene.registry.pushIndex("p/platform", "stable", Map.of("linux/arm64", next));
        assertRebuilt(job);
    }

    @Test
    void aBuildThatRanTheNewImageBeforeItWasCheckedIsNotRepeated() throws Exception {
        cached("sooner", scene.push("p/sooner", "one"));
        WorkflowJob job = job("sooner");
        build(job);
        assertNotRebuilt(job);
        cached("sooner", scene.push("p/sooner", "two"));
        build(job);
        assertNotRebuilt(job);
    }

    @Test
    void theClusterIsAskedOncePerBlockAndOnlyForJobsThatWatchTheirImages() throws Exception {
        cached("asked", scene.push("p/asked", "one"));
        WorkflowJob job = job("asked");
        build(job);
        assertEquals(1, api.count(api::isPod));
        job.addTrigger(PollScene.trigger());
        assertEquals(Map.of(), uses(build(job)).ran());
        assertEquals(1, api.count(api::isPod));
    }

    @Test
    void initContainersAndImagesThatTheStepDoesNotNameAreNotMixedUp() throws Exception {
        String digest = scene.push("p/more", "one");
        WorkflowJob job = job("more");
        cached("more", digest);
        String other = "docker.io/library/busybox@sha256:" + "b".repeat(64);
        api.initContainer("prepare", "busybox", other).container("unstarted", "golang:1.24", null);
        Run<?, ?> run = build(job);
        assertEquals(List.of(digest), uses(run).digests(image("more")));
        assertEquals(List.of("sha256:" + "b".repeat(64)), uses(run).digests("docker.io/library/busybox:latest"));
        assertEquals(Map.of(), uses(run).notTold());
        assertNotRebuilt(job);
        assertTrue(page(run).contains(digest), page(run));
        assertFalse(page(run).contains("busybox"), page(run));
    }

    @Test
    void whatANodeDoesNotTellIsSaidAndTheTagIsComparedAsBefore() throws Exception {
        scene.push("p/local", "one");
        WorkflowJob job = job("local");
        api.empty().container("tools", image("local"), "sha256:" + "a".repeat(64));
        Run<?, ?> run = build(job);
        assertEquals(List.of(), uses(run).digests(image("local")));
        assertTrue(
                uses(run).notTold().get(image("local")).contains("its own id"),
                () -> uses(run).toString());
        assertTrue(page(run).contains("its own id of the image only"), page(run));
        assertNotRebuilt(job);
        scene.push("p/local", "two");
        assertRebuilt(job);
    }

    @Test
    void aPodThatIsGoneOrAClusterThatRefusesNeitherFailsTheBuildNorIsItsMessageShown() throws Exception {
        scene.push("p/refused", "one");
        WorkflowJob job = job("refused");
        api.delete();
        assertEquals(
                "The pod was gone before its images were read",
                uses(build(job)).notTold().get("pod " + POD));
        api.empty();
        api.faults().next(api::isPod, Fault.reply(Reply.of(403, "text/plain", "a secret")));
        String reason = uses(build(job)).notTold().get("pod " + POD);
        assertTrue(reason.contains("the Kubernetes API failed with"), reason);
        assertFalse(reason.contains("a secret"), reason);
        api.faults().next(api::isPod, Fault.reply(Reply.of(200, "application/json", "[1, 2")));
        assertTrue(uses(build(job)).notTold().get("pod " + POD).contains("failed with"));
        assertNotRebuilt(job);
    }

    @Test
    void aBuildDoesNotWaitForASlowCluster() throws Exception {
        String old = scene.push("p/slow", "one");
        scene.push("p/slow", "two");
        WorkflowJob job = job("slow");
        cached("slow", old);
        CountDownLatch answer = new CountDownLatch(1);
        api.faults().next(api::isPod, (request, regular) -> {
            answer.await();
            return regular.get();
        });
        Run<?, ?> run = jenkins.buildAndAssertSuccess(job);
        assertEquals(Map.of(), uses(run).ran());
        answer.countDown();
        RecordedImages.settled();
        assertEquals(List.of(old), uses(run).digests(image("slow")));
        assertRebuilt(job);
    }
}
