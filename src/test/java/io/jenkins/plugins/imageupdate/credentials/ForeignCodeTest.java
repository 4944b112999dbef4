package io.jenkins.plugins.imageupdate.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateListener;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.Vault;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import io.jenkins.plugins.imageupdate.policy.TagSelection;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Code of other plugins that throws, also what is not an exception, or does not return. */
@WithSharedJenkins
@WithRegistry
class ForeignCodeTest {
    private static final String WORDS = "words that may be a secret";

    private static PollScene scene;

    @BeforeAll
    static void start(JenkinsRule rule, PollScene started) {
        scene = started;
        Vault.install();
    }

    @AfterEach
    void mend() throws Exception {
        Vault.answers(() -> "a secret of the vault");
        Vault.lists(() -> {});
        scene.jenkins.jenkins.setNumExecutors(2);
        scene.idle();
    }

    /** What getters were seen to throw. */
    enum Thrown {
        UNAVAILABLE(new CredentialsUnavailableException("password", WORDS)),
        RUNTIME(new IllegalStateException(WORDS)),
        BAD_ARGUMENT(new IllegalArgumentException(WORDS)),
        NOTHING(new NullPointerException(WORDS)),
        MISSING_CLASS(new NoClassDefFoundError("com/example/VaultSdk")),
        MISSING_METHOD(new AbstractMethodError("com.example.VaultSdk.read()")),
        TOO_DEEP(new StackOverflowError(WORDS)),
        BROKEN(new AssertionError(WORDS));

        final Throwable thrown;

        Thrown(Throwable thrown) {
            this.thrown = thrown;
        }

        String name(String kind) {
            return (name() + kind).toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Watches one image with the credential and one without. */
    private static FreeStyleProject watching(String name, String credentialsId) throws Exception {
        scene.push("p/with-" + name, "one");
        scene.push("p/without-" + name, "one");
        FreeStyleProject job = scene.jenkins.createFreeStyleProject(name);
        TriggerImage with = new TriggerImage(scene.image("p/with-" + name));
        with.setCredentialsId(credentialsId);
        ImageUpdateTrigger trigger = PollScene.trigger();
        trigger.setImages(List.of(with, new TriggerImage(scene.image("p/without-" + name))));
        job.addTrigger(trigger);
        job.save();
        return job;
    }

    private static CheckResult result(PollReport report, String image) {
        return report.images().stream()
                .filter(one -> one.name().contains("/" + image))
                .findFirst()
                .orElseThrow();
    }

    private static void assertFails(CheckResult result, String credentialsId, Class<?> thrown) {
        assertEquals("CONFIGURATION", result.failureKind(), result::sentence);
        assertTrue(result.failure().contains(thrown.getName()), result::failure);
        assertTrue(result.failure().contains("'" + credentialsId + "'"), result::failure);
        assertFalse(result.failure().contains(WORDS), result::failure);
    }

    /** The form of a registry's entry reads the headers while it is filled in. */
    @ParameterizedTest
    @EnumSource(
            value = Thrown.class,
            names = {"UNAVAILABLE", "RUNTIME", "BAD_ARGUMENT", "MISSING_CLASS"})
    void whatAGetterOfExtraHeadersThrowsIsSaidByTheFormWithoutItsWords(Thrown thrown) {
        Vault.answers(() -> Vault.<RuntimeException>fail(thrown.thrown));
        FormValidation said = scene.jenkins
                .jenkins
                .getDescriptorByType(ConfiguredRegistry.DescriptorImpl.class)
                .doCheckHeadersSecretId(Vault.TEXT);
        assertEquals(FormValidation.Kind.ERROR, said.kind);
        assertTrue(said.getMessage().contains(thrown.thrown.getClass().getName()), said::getMessage);
        assertFalse(said.getMessage().contains(WORDS), said::getMessage);
    }

    @ParameterizedTest
    @EnumSource(Thrown.class)
    void whateverAGetterThrowsIsTheFailureOfThatImageAndTheJobIsCheckedAgain(Thrown thrown) throws Exception {
        for (String kind : List.of(Vault.TEXT, Vault.LOGIN, Vault.FILE)) {
            String name = thrown.name(kind);
            FreeStyleProject job = watching(name, kind);
            Vault.answers(() -> Vault.<RuntimeException>fail(thrown.thrown));
            for (int i = 0; i < 2; i++) {
                PollReport report = scene.tick(job);
                assertFails(result(report, "with-" + name), kind, thrown.thrown.getClass());
                assertNull(result(report, "without-" + name).failure());
                assertFalse(ImageUpdatePoller.get().polling(job));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Thrown.class)
    void theStepGoesOnWithThatFailureIfItIsToldTo(Thrown thrown) throws Exception {
        String name = thrown.name("step");
        scene.push("p/" + name, "one");
        Vault.answers(() -> Vault.<RuntimeException>fail(thrown.thrown));
        WorkflowJob job = scene.jenkins.createProject(WorkflowJob.class, name);
        String step =
                "checkImageUpdate(image: '" + scene.image("p/" + name) + "', credentialsId: '" + Vault.LOGIN + "'";
        job.setDefinition(new CpsFlowDefinition(
                "def r = " + step + ", failOnError: false)\necho \"kind ${r.images[0].failureKind}\"", true));
        WorkflowRun run = scene.jenkins.buildAndAssertSuccess(job);
        scene.jenkins.assertLogContains("kind CONFIGURATION", run);
        scene.jenkins.assertLogContains(thrown.thrown.getClass().getName(), run);
        scene.jenkins.assertLogNotContains(WORDS, run);

        job.setDefinition(new CpsFlowDefinition(step + ")", true));
        WorkflowRun failed = scene.jenkins.buildAndAssertStatus(Result.FAILURE, job);
        scene.jenkins.assertLogContains("CONFIGURATION", failed);
        scene.jenkins.assertLogNotContains("\tat ", failed);
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNTIME", "MISSING_CLASS"})
    void aProviderThatThrowsIsTheFailureOfImagesWithACredential(Thrown thrown) throws Exception {
        String name = thrown.name("provider");
        FreeStyleProject job = watching(name, "another");
        Vault.lists(() -> Vault.<RuntimeException>fail(thrown.thrown));
        PollReport report = scene.tick(job);
        assertEquals("CONFIGURATION", result(report, "with-" + name).failureKind());
        assertNull(result(report, "without-" + name).failure());
    }

    @Test
    void aGetterThatDoesNotReturnBlocksNeitherTheCronThreadNorOtherJobs() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch vault = new CountDownLatch(1);
        FreeStyleProject slow = watching("slow", Vault.TEXT);
        FreeStyleProject other = scene.watching("other");
        Vault.answers(() -> {
            asked.countDown();
            try {
                vault.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "a secret of the vault";
        });
        try {
            ImageUpdateTrigger trigger = slow.getTrigger(ImageUpdateTrigger.class);
            trigger.start(slow, true);
            // As the cron thread does. It would never return.
            trigger.run();
            assertTrue(asked.await(120, TimeUnit.SECONDS));
            assertNull(scene.tick(other).images().get(0).failure());
            assertTrue(ImageUpdatePoller.get().polling(slow));
        } finally {
            vault.countDown();
        }
        assertEquals(2, scene.tick(slow).images().size());
    }

    /** A plugin's tag policy, made for another version of this plugin. */
    public static final class BrokenTags extends TagSelection {
        private static final long serialVersionUID = 1L;

        @Override
        public TagPolicy toPolicy() {
            throw new AbstractMethodError("com.example.BrokenTags.toPolicy()");
        }
    }

    @Test
    void aTagPolicyThatThrowsIsSaidAndTheOtherImageIsChecked() throws Exception {
        FreeStyleProject job = watching("policy", null);
        TriggerImage broken = new TriggerImage(scene.image("p/with-policy"));
        broken.setTags(new BrokenTags());
        job.getTrigger(ImageUpdateTrigger.class)
                .setImages(List.of(broken, new TriggerImage(scene.image("p/without-policy"))));
        PollReport report = scene.tick(job);
        assertTrue(report.problems().get(0).contains("AbstractMethodError"), report.problems()::toString);
        assertNull(result(report, "without-policy").failure());
    }

    /** Hears, and then throws what a plugin throws whose classes are missing. */
    private static final class Deaf implements ImageUpdateListener {
        final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void onUpdates(Job<?, ?> job, List<ImageResult> updates) {
            updates.forEach(update -> heard.add(job.getFullName() + " " + update.getDigest()));
            throw new NoClassDefFoundError("com/example/Sdk");
        }
    }

    @Test
    void aListenerIsToldOfAnUpdateOnceAndItsErrorsStopNothing() throws Exception {
        Deaf listener = new Deaf();
        ExtensionList.lookup(ImageUpdateListener.class).add(listener);
        FreeStyleProject job = scene.watching("heard");
        scene.jenkins.jenkins.setNumExecutors(0);
        String two = scene.push("p/heard", "two");
        assertTrue(scene.tick(job).queued());
        assertEquals(CheckStatus.UPDATED, scene.tick(job).images().get(0).status(), "it waits still");
        scene.tick(job);
        String three = scene.push("p/heard", "three");
        scene.tick(job);
        scene.tick(job);
        assertEquals(List.of("heard " + two, "heard " + three), listener.heard);
        scene.jenkins.jenkins.setNumExecutors(2);
        scene.idle();
        assertEquals(1, PollScene.builds(job));
        assertFalse(scene.tick(job).queued());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPluginThatThrowsWhenABuildIsQueuedDelaysTheBuildOnly(boolean error) throws Exception {
        FreeStyleProject job = scene.watching("decided-" + error);
        Queue.QueueDecisionHandler handler = new Queue.QueueDecisionHandler() {
            @Override
            public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
                if (task == job) {
                    Vault.<RuntimeException>fail(
                            error ? new NoClassDefFoundError("com/example/Sdk") : new IllegalStateException(WORDS));
                }
                return true;
            }
        };
        ExtensionList.lookup(Queue.QueueDecisionHandler.class).add(handler);
        scene.push("p/decided-" + error, "two");
        PollReport report = scene.tick(job);
        assertFalse(report.queued());
        assertEquals(CheckStatus.UPDATED, report.images().get(0).status());
        ExtensionList.lookup(Queue.QueueDecisionHandler.class).remove(handler);
        assertTrue(scene.tick(job).queued());
        scene.idle();
        assertEquals(1, PollScene.builds(job));
    }
}
