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
import io.jenkins.plugins.imageupdate.testing.KubernetesApi;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.nio.file.Path;
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
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The digests that pods really ran, with the Kubernetes plugin and a stand-in for the API of its cluster. The agent is the plugin's own, started as a
 * process of this machine in the place of a pod.
 */
@WithJenkins
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

    /** Whether a check starts a build. If so, waits until it has ended. */
    private static boolean rebuilt(WorkflowJob job) throws Exception {
        boolean queued = scene.tick(job).queued();
        scene.idle();
        RecordedImages.settled();
        return queued;
    }

    @Test
    void theJobIsRebuiltOnceIfItsPodRanAnOlderImageThanTheTagHasNow() throws Exception {
        String old = scene.push("p/once", "one");
        String now = scene.push("p/once", "two");
        WorkflowJob job = job("once");
        cached("once", old);
        Run<?, ?> first = build(job);
        assertEquals(
                old, first.getAction(BuildImagesAction.class).uses().ran().get(image("once")));
        cached("once", now);
        assertTrue(rebuilt(job));
        assertEquals(2, job.getBuilds().size());
        assertFalse(rebuilt(job));
        assertFalse(rebuilt(job));
        assertEquals(2, job.getBuilds().size());
    }
}
