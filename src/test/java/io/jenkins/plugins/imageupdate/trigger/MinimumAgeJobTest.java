package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.check.KnownDigests;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.harness.Ages;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.SharedJenkins;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.policy.NewestTags;
import io.jenkins.plugins.imageupdate.policy.SemverTags;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** An update waits for its minimum age, and then it is built, by the digest that has rested. */
class MinimumAgeJobTest extends SharedJenkins {
    private static final Duration DAY = Duration.ofDays(1);

    private PollScene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new PollScene(jenkins);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private FreeStyleProject job(String name) throws Exception {
        return job(name, "p/" + name);
    }

    private FreeStyleProject job(String name, String repository) throws Exception {
        FreeStyleProject job = scene.job(name, scene.image(repository));
        job.getTrigger(ImageUpdateTrigger.class).setMinimumAge("3d");
        job.save();
        return job;
    }

    /** A job whose baseline has rested. */
    private FreeStyleProject rested(String name) throws Exception {
        scene.push("p/" + name, "one");
        FreeStyleProject job = job(name);
        assertEquals(CheckStatus.WAITING, tick(job).status());
        Ages.pass(DAY.multipliedBy(3));
        assertEquals(CheckStatus.NEW, tick(job).status());
        return job;
    }

    private CheckResult tick(FreeStyleProject job) throws Exception {
        PollReport report = scene.tick(job);
        assertEquals(List.of(), report.problems());
        scene.idle();
        return report.images().get(0);
    }

    private static List<String> built(FreeStyleProject job) {
        return job.getBuilds().stream()
                .map(run -> ImageUpdateCause.updatesOf((Run<?, ?>) run).get(0))
                .map(update -> String.valueOf(update.pinned()))
                .toList();
    }

    private String pinned(String name, String digest) {
        return scene.image("p/" + name) + "@" + digest;
    }

    @Test
    void aDigestIsBuiltWhenItIsOldEnoughAlthoughTheTagHasMovedOn() throws Exception {
        FreeStyleProject job = rested("app");
        String two = scene.push("p/app", "two");
        CheckResult waits = tick(job);
        assertEquals(CheckStatus.WAITING, waits.status());
        assertTrue(waits.sentence().contains(two.substring(0, 19) + " waits until "), waits::sentence);
        Ages.pass(DAY.multipliedBy(2));
        String three = scene.push("p/app", "three");
        assertEquals(CheckStatus.WAITING, tick(job).status());
        assertEquals(0, PollScene.builds(job));
        Ages.pass(DAY);
        assertEquals(CheckStatus.UPDATED, tick(job).status());
        assertEquals(List.of(pinned("app", two)), built(job));
        Ages.pass(DAY.multipliedBy(2));
        tick(job);
        assertEquals(List.of(pinned("app", three), pinned("app", two)), built(job));
        tick(job);
        assertEquals(2, PollScene.builds(job), "each is built once");
    }

    @Test
    void aDigestThatAnotherJobHasKnownForLongEnoughDoesNotWaitAgain() throws Exception {
        FreeStyleProject job = rested("shared");
        String two = scene.push("p/shared", "two");
        tick(job);
        Ages.pass(DAY);
        FreeStyleProject later = job("later", "p/shared");
        assertEquals(
                CheckStatus.WAITING, tick(later).status(), "the first check shows that the job may read the image");
        assertEquals(CheckStatus.NEW, tick(later).status());
        assertEquals(0, PollScene.builds(later));
        Ages.pass(DAY.multipliedBy(2));
        assertEquals(CheckStatus.UPDATED, tick(later).status());
        assertEquals(List.of(pinned("shared", two)), built(later));
    }

    @Test
    void whatAUserLetsCountInOneJobWaitsInAnother() throws Exception {
        scene.push("p/hurried", "one");
        FreeStyleProject job = job("hurried");
        assertEquals(CheckStatus.WAITING, tick(job).status());
        LedgerStore.change(
                job, ledger -> ledger.release(ledger.images().iterator().next()));
        assertEquals(CheckStatus.NEW, tick(job).status());
        FreeStyleProject careful = job("careful", "p/hurried");
        assertEquals(CheckStatus.WAITING, tick(careful).status());
        assertEquals(CheckStatus.WAITING, tick(careful).status());
    }

    @Test
    void aJobThatMayNotReadAnImageLearnsNothingOfItFromAnother() throws Exception {
        rested("private");
        scene.registry
                .faults()
                .always(RecordedRequest::isManifest, Fault.reply(Reply.error(401, "UNAUTHORIZED", "log in")));
        FreeStyleProject curious = job("curious", "p/private");
        assertEquals(CheckStatus.FAILED, tick(curious).status());
        WatchedImage image = WatchedImage.parse(scene.image("p/private"), null);
        assertEquals(KnownDigests.NONE, LedgerStore.read(curious, ledger -> ledger.knownDigests(image)));
    }

    @Test
    void aWaitingImageCostsOneRequestPerCheck() throws Exception {
        FreeStyleProject job = rested("app");
        scene.push("p/app", "two");
        tick(job);
        scene.registry.clear();
        tick(job);
        assertEquals(
                1,
                scene.registry.requests().size(),
                () -> scene.registry.requests().toString());
    }

    @Test
    void aDigestThatTheRegistryNoLongerHasIsPassedOverAndThatIsSaid() throws Exception {
        FreeStyleProject job = rested("app");
        String two = scene.push("p/app", "two");
        tick(job);
        Ages.pass(DAY.multipliedBy(2));
        String three = scene.push("p/app", "three");
        tick(job);
        scene.registry.deleteManifest("p/app", two);
        Ages.pass(DAY);
        CheckResult passed = tick(job);
        assertEquals(CheckStatus.WAITING, passed.status());
        assertTrue(
                passed.sentence().contains(two.substring(0, 19) + " is old enough, but the registry no longer has it"),
                passed::sentence);
        Ages.pass(DAY.multipliedBy(2));
        tick(job);
        assertEquals(List.of(pinned("app", three)), built(job));
    }

    @Test
    void aStepWaitsTooAndSaysUntilWhen() throws Exception {
        scene.push("p/app", "one");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        job.setDefinition(new CpsFlowDefinition(
                "def r = checkImageUpdate(image: '" + scene.image("p/app") + "', minimumAge: '3d').images[0]\n"
                        + "echo \"is ${r.status} ${r.digest} ${r.waiting} ${r.waitingUntil != null}\"",
                true));
        Run<?, ?> first = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("is WAITING null [sha256:", first);
        jenkins.assertLogContains("no digest counts yet", first);
        Ages.pass(DAY.multipliedBy(3));
        jenkins.assertLogContains("is NEW sha256:", jenkins.buildAndAssertSuccess(job));
        String two = scene.push("p/app", "two");
        jenkins.assertLogContains("[" + two + "] true", jenkins.buildAndAssertSuccess(job));
        Ages.pass(DAY.multipliedBy(3));
        jenkins.assertLogContains("is UPDATED " + two + " [] false", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void anAgeThatIsNotOneFailsTheStepWithWhatToWrite() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        job.setDefinition(new CpsFlowDefinition("checkImageUpdate(image: 'gcr.io/p/app', minimumAge: '3 days')", true));
        Run<?, ?> run = jenkins.buildAndAssertStatus(hudson.model.Result.FAILURE, job);
        jenkins.assertLogContains("'3 days' is not a minimum age. Write a whole number and its unit", run);
    }

    /** A build that the trigger starts for a digest that has rested must not deploy a newer one. */
    @Test
    void theStepOfAJobWhoseTriggerHasAMinimumAgeSeesWhatTheTriggerSees() throws Exception {
        scene.push("p/app", "one");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        ImageUpdateTrigger trigger = PollScene.trigger(scene.image("p/app"));
        trigger.setMinimumAge("3d");
        job.addTrigger(trigger);
        job.setDefinition(new CpsFlowDefinition(
                "echo 'is ' + checkImageUpdate(image: '" + scene.image("p/app") + "').images[0].digest", true));
        scene.tick(job);
        Ages.pass(DAY.multipliedBy(3));
        scene.tick(job);
        String two = scene.push("p/app", "two");
        scene.tick(job);
        Ages.pass(DAY.multipliedBy(2));
        scene.push("p/app", "three");
        scene.tick(job);
        Ages.pass(DAY);
        scene.tick(job);
        scene.idle();
        jenkins.assertLogContains("is " + two, job.getLastBuild());
    }

    @Test
    void theAgeOfAnImageCountsBeforeThatOfTheTriggerAndOfTheRegistry() throws Exception {
        ConfiguredRegistry registry =
                RegistriesConfiguration.get().getRegistries().get(0);
        registry.setMinimumAge("5d");
        scene.push("p/app", "one");
        FreeStyleProject job = scene.job("app", scene.image("p/app"));
        ImageUpdateTrigger trigger = job.getTrigger(ImageUpdateTrigger.class);
        Ages.pass(DAY);
        assertEquals(CheckStatus.WAITING, tick(job).status(), "of the registry");
        trigger.setMinimumAge("2d");
        Ages.pass(DAY);
        assertEquals(CheckStatus.WAITING, tick(job).status(), "of the trigger");
        trigger.getImages().get(0).setMinimumAge("1d");
        assertEquals(CheckStatus.NEW, tick(job).status(), "of the image");
        scene.push("p/app", "two");
        assertEquals(CheckStatus.WAITING, tick(job).status());
        trigger.getImages().get(0).setMinimumAge("0");
        assertEquals(CheckStatus.UPDATED, tick(job).status(), "none");
    }

    @Test
    void ofAPolicyTheNewestTagThatIsOldEnoughCounts() throws Exception {
        scene.registry.pushImage("p/app", "1.4.1", "1");
        FreeStyleProject job = job("app");
        PollScene.tags(job, new SemverTags(">=1"));
        assertEquals(CheckStatus.WAITING, tick(job).status());
        Ages.pass(DAY.multipliedBy(3));
        assertEquals("1.4.1", tick(job).tag());
        String two = scene.registry.pushImage("p/app", "1.4.2", "2");
        tick(job);
        Ages.pass(DAY.multipliedBy(2));
        scene.registry.pushImage("p/app", "1.4.3", "3");
        tick(job);
        Ages.pass(DAY);
        CheckResult result = tick(job);
        assertEquals(CheckStatus.UPDATED, result.status());
        assertEquals("1.4.2", result.tag());
        assertEquals(two, String.valueOf(result.digest()));
        assertTrue(result.sentence().contains("1.4.3 sha256:"), result::sentence);
        CheckResult next = tick(job);
        assertEquals(CheckStatus.WAITING, next.status());
        assertTrue(next.sentence().contains("1.4.2 " + two.substring(0, 19) + " counts"), next::sentence);
        Ages.pass(DAY.multipliedBy(2));
        assertEquals("1.4.3", tick(job).tag());
    }

    @Test
    void aRegistryThatTellsWhenAnImageWasPushedNeedNotBeWaitedForAtFirstSight() throws Exception {
        RegistriesConfiguration.get().getRegistries().get(0).setPushTimesBelieved(true);
        scene.registry.listAsGoogle();
        scene.registry.pushEarlier(DAY.multipliedBy(4));
        scene.push("p/app", "one");
        FreeStyleProject job = job("app");
        CheckResult first = tick(job);
        assertEquals(CheckStatus.NEW, first.status());
        assertTrue(first.pushed() != null, "the page shows it");
        // Pushed under another tag days before: what counts is since when the watched tag points at it.
        scene.registry.pushImage("p/app", "hidden", "two");
        scene.push("p/app", "two");
        assertEquals(CheckStatus.WAITING, tick(job).status());
    }

    @Test
    void theNewestTagByItsPushIsChosenWhereTheRegistryTellsIt() throws Exception {
        RegistriesConfiguration.get().getRegistries().get(0).setPushTimesBelieved(true);
        scene.registry.listAsGoogle();
        scene.registry.pushEarlier(Duration.ofHours(2));
        scene.registry.pushImage("p/app", "zebra", "1");
        scene.registry.pushEarlier(Duration.ofHours(1));
        scene.registry.pushImage("p/app", "apple", "2");
        FreeStyleProject job = scene.job("app", scene.image("p/app"));
        NewestTags tags = new NewestTags();
        tags.setBy("push");
        PollScene.tags(job, tags);
        assertEquals("apple", tick(job).tag());
        scene.registry.pushEarlier(Duration.ZERO);
        scene.registry.pushImage("p/app", "middle", "3");
        assertEquals("middle", tick(job).tag());
        scene.registry.delete("p/app", "middle");
        assertEquals(CheckStatus.REMOVED, tick(job).status(), "an older tag is not an update");
    }

    @Test
    void aRegistryThatDoesNotTellPushesIsRefusedWithTheReason() throws Exception {
        scene.registry.pushImage("p/app", "apple", "1");
        FreeStyleProject job = scene.job("app", scene.image("p/app"));
        NewestTags tags = new NewestTags();
        tags.setBy("push");
        PollScene.tags(job, tags);
        CheckResult failed = tick(job);
        assertEquals(CheckStatus.FAILED, failed.status());
        assertTrue(
                failed.sentence().contains("of which the registry does not tell when they were pushed"),
                failed::sentence);
    }

    @Test
    void whatWaitsIsOnThePageAndCanBeBuiltNow() throws Exception {
        FreeStyleProject job = rested("app");
        String two = scene.push("p/app", "two");
        tick(job);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(jenkins.jenkins.READ, hudson.model.Item.READ)
                .everywhere()
                .toEveryone()
                .grant(hudson.model.Item.BUILD)
                .everywhere()
                .to("builder"));
        String page = get("builder", "job/app/image-updates/");
        assertTrue(page.contains("Too young to count"), page);
        assertTrue(page.contains(two.substring(0, 19)), page);
        assertTrue(page.contains("action=\"buildNow\""), page);
        assertFalse(get("reader", "job/app/image-updates/").contains("action=\"buildNow\""));
        String api = get("reader", "job/app/image-updates/api/json");
        assertTrue(api.contains("\"status\":\"WAITING\""), api);
        assertTrue(api.contains(two.substring(0, 19) + " waits until "), api);

        assertEquals(403, buildNow("reader", job));
        scene.idle();
        assertEquals(0, PollScene.builds(job));
        assertEquals(200, buildNow("builder", job));
        tick(job);
        assertEquals(List.of(pinned("app", two)), built(job));
        tick(job);
        assertEquals(1, PollScene.builds(job));
    }

    private String get(String user, String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login(user)) {
            client.setJavaScriptEnabled(false);
            return client.goTo(path, null).getWebResponse().getContentAsString();
        }
    }

    private int buildNow(String user, FreeStyleProject job) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login(user)) {
            client.setThrowExceptionOnFailingStatusCode(false);
            String path = job.getUrl() + "image-updates/buildNow?image=" + scene.image("p/app");
            WebRequest request = client.addCrumb(new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST));
            Page page = client.getPage(request);
            return page.getWebResponse().getStatusCode();
        }
    }

    @Test
    void theFormKeepsTheAgesAndConfigurationThatCannotBeReadIsSaid() throws Exception {
        FreeStyleProject job = job("app");
        ImageUpdateTrigger trigger = job.getTrigger(ImageUpdateTrigger.class);
        trigger.getImages().get(0).setMinimumAge("12h");
        job.save();
        FreeStyleProject saved = jenkins.configRoundtrip(job);
        assertEquals("3d", saved.getTrigger(ImageUpdateTrigger.class).getMinimumAge());
        assertEquals(
                "12h",
                saved.getTrigger(ImageUpdateTrigger.class).getImages().get(0).getMinimumAge());
        assertTrue(scene.registry.requests().stream().noneMatch(RecordedRequest::isManifest));
    }
}
