package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Job;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.job.BuildImagesAction;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.ledger.Since;
import io.jenkins.plugins.imageupdate.ledger.StepRun;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** Creates jobs that watch images of a registry. */
final class Watching {
    static final String CREDENTIAL = "gcr-key";

    private Watching() {}

    /** A registry on plain http that takes Google's keys, and a key for it. */
    static void configure(String host, String key) throws Exception {
        ConfiguredRegistry registry = new ConfiguredRegistry(host);
        registry.setPlainHttp(true);
        registry.setGoogleKeysAllowed(true);
        RegistriesConfiguration.get().setRegistries(List.of(registry));
        SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
        credentials
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, CREDENTIAL, "reader of our images", Secret.fromString(key)));
        credentials.save();
    }

    /** Images that are there, that may not be read, and without such a tag. */
    static List<String> everyKind(String host) {
        return List.of(host + "/p/app:stable", host + "/q/secret:1", host + "/p/app:gone");
    }

    static WorkflowJob pipeline(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static ImageUpdateTrigger trigger(List<String> images) {
        List<TriggerImage> watched = new ArrayList<>();
        for (String image : images) {
            TriggerImage one = new TriggerImage(image);
            one.setCredentialsId(CREDENTIAL);
            watched.add(one);
        }
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("H H 1 1 *");
        trigger.setImages(watched);
        return trigger;
    }

    /** Waits until nothing runs. */
    static void assertBuilds(JenkinsRule jenkins, String job, int builds) throws Exception {
        jenkins.waitUntilNoActivity();
        assertEquals(
                builds,
                jenkins.jenkins.getItemByFullName(job, Job.class).getBuilds().size());
    }

    /** Records what the last build of a job ran in, as steps and agents tell it: one digest is known, and one is not. */
    static void recordRan(Job<?, ?> job, Digest digest) throws IOException {
        BuildImagesAction.record(job.getLastBuild(), build -> {
            build.images().put("docker.io/library/maven:3.9", "podTemplate pod container maven");
            build.addDigest("docker.io/library/maven:3.9", digest);
            build.images().put("docker.io/library/busybox:1.37", "podTemplate pod container tools");
            build.notTold().put("docker.io/library/busybox:1.37", "the id is only known to the node");
            build.notWatched().put("maven:${VERSION}", "it has a variable, whose value is not known here");
        });
    }

    /** Records that the trigger saw an image. */
    static void see(JobLedger ledger, String image, String content) {
        ledger.observe(sight(image, content, Instant.now()), false, 1);
    }

    /** Records that builds saw an image as another one each time. */
    static void seeChanging(JobLedger ledger, String image, List<Instant> times) {
        for (int i = 0; i < times.size(); i++) {
            ledger.check(sight(image, "content " + i, times.get(i)), Since.LAST_CHECK, new StepRun(1, null));
        }
    }

    private static Sighting sight(String image, String content, Instant at) {
        Digest digest = Digest.of(content.getBytes(StandardCharsets.UTF_8));
        return Sighting.of(
                WatchedImage.parse(image, null), TagSet.of(new TagDigest(null, digest, null)), false, CREDENTIAL, at);
    }

    static PollReport check(String job) throws Exception {
        return ImageUpdatePoller.get()
                .poll(Jenkins.get().getItemByFullName(job, Job.class))
                .get(60, TimeUnit.SECONDS);
    }
}
