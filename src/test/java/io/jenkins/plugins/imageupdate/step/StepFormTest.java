package io.jenkins.plugins.imageupdate.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.Scripts;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.policy.NewestTags;
import io.jenkins.plugins.imageupdate.policy.RegexTags;
import io.jenkins.plugins.imageupdate.policy.SemverTags;
import io.jenkins.plugins.imageupdate.policy.TagSelection;
import io.jenkins.plugins.imageupdate.policy.TagSelectionDescriptor;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The Snippet Generator, and all ways to write the step in a Pipeline. */
@WithSharedJenkins
@WithRegistry
class StepFormTest {
    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static CheckImageUpdateStep full() {
        CheckImageUpdateStep step = new CheckImageUpdateStep("gcr.io/p/app:stable");
        step.setImages(List.of("gcr.io/p/base:latest", "nginx"));
        step.setCredentialsId("gcr-key");
        step.setPlatform("linux/arm64");
        step.setSince("lastCheck");
        step.setDownstreamJobs(List.of("deploy", "/team/report"));
        step.setFailOnError(false);
        step.setMinimumAge("3d");
        step.setPreview(true);
        step.setDockerfile("Dockerfile, docker/*.Dockerfile");
        step.setTarget("app");
        step.setBuildArgs(List.of("BASE=debian:12,slim"));
        step.setBuildContexts(List.of("tools=docker-image://busybox:1"));
        step.setManifests("deploy/*.yaml");
        SemverTags tags = new SemverTags(">=1.4 <2");
        tags.setVariant("alpine");
        tags.setInclude(List.of("^1"));
        tags.setExclude(List.of("-rc", "x{1,2}"));
        tags.setMax(3);
        step.setTags(tags);
        return step;
    }

    private static void assertSame(CheckImageUpdateStep expected, CheckImageUpdateStep step) {
        assertEquals(expected.getImage(), step.getImage());
        assertEquals(expected.getImages(), step.getImages());
        assertEquals(expected.getCredentialsId(), step.getCredentialsId());
        assertEquals(expected.getPlatform(), step.getPlatform());
        assertEquals(expected.getSince(), step.getSince());
        assertEquals(expected.getDownstreamJobs(), step.getDownstreamJobs());
        assertEquals(expected.isFailOnError(), step.isFailOnError());
        assertEquals(expected.getMinimumAge(), step.getMinimumAge());
        assertEquals(expected.isPreview(), step.isPreview());
        assertEquals(expected.getDockerfile(), step.getDockerfile());
        assertEquals(expected.getTarget(), step.getTarget());
        assertEquals(expected.getBuildArgs(), step.getBuildArgs());
        assertEquals(expected.getBuildContexts(), step.getBuildContexts());
        assertEquals(expected.getManifests(), step.getManifests());
        assertEquals(words(expected.getTags()), words(step.getTags()));
    }

    private static String words(TagSelection tags) {
        return tags == null ? "" : tags.toPolicy().describe();
    }

    @Test
    void everyPolicyKeepsEveryField() throws Exception {
        RegexTags regex = new RegexTags("^v(\\d+)$");
        regex.setSort("semver");
        NewestTags byPush = new NewestTags();
        byPush.setBy("push");
        for (TagSelection tags : List.of(regex, new NewestTags(), byPush, new SemverTags("1.x"))) {
            for (int max : new int[] {1, 20}) {
                tags.setMax(max);
                tags.setExclude(List.of("-rc"));
                CheckImageUpdateStep step = new CheckImageUpdateStep("gcr.io/p/app:stable");
                step.setTags(tags);
                assertSame(step, new StepConfigTester(jenkins).configRoundTrip(step));
            }
        }
    }

    @Test
    void theFormSaysWhatIsWrongWithAPolicy() {
        TagSelectionDescriptor form = (TagSelectionDescriptor) jenkins.jenkins.getDescriptorOrDie(SemverTags.class);
        assertEquals(FormValidation.Kind.OK, form.doCheckMax("20").kind);
        for (String max : List.of("0", "21", "many", "")) {
            assertEquals(FormValidation.Kind.ERROR, form.doCheckMax(max).kind, max);
        }
        assertEquals(FormValidation.Kind.OK, form.doCheckInclude("^v\\d+$\n-rc").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckInclude("^v\n(").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckExclude(null).kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckExclude("(?=x)").kind);
    }

    @Test
    void theFormKeepsEveryField() throws Exception {
        StepConfigTester tester = new StepConfigTester(jenkins);
        assertSame(full(), tester.configRoundTrip(full()));
        CheckImageUpdateStep plain = new CheckImageUpdateStep("gcr.io/p/app:stable");
        assertSame(plain, tester.configRoundTrip(plain));
        CheckImageUpdateStep several = new CheckImageUpdateStep(null);
        several.setImages(List.of("gcr.io/p/app:stable", "nginx"));
        assertSame(several, tester.configRoundTrip(several));
    }

    @Test
    void theSnippetGeneratorWritesWhatAPersonWould() throws Exception {
        SnippetizerTester tester = new SnippetizerTester(jenkins);
        // With the name, since that is what Declarative Pipelines take as well.
        tester.assertRoundTrip(
                new CheckImageUpdateStep("gcr.io/p/app:stable"), "checkImageUpdate image: 'gcr.io/p/app:stable'");
        CheckImageUpdateStep step = new CheckImageUpdateStep("gcr.io/p/app:stable");
        step.setCredentialsId("gcr-key");
        tester.assertRoundTrip(step, "checkImageUpdate credentialsId: 'gcr-key', image: 'gcr.io/p/app:stable'");
        CheckImageUpdateStep several = new CheckImageUpdateStep(null);
        several.setImages(List.of("gcr.io/p/app:stable", "nginx"));
        tester.assertRoundTrip(several, "checkImageUpdate(images: ['gcr.io/p/app:stable', 'nginx'])");
        tester.assertRoundTrip(
                full(),
                "checkImageUpdate buildArgs: ['BASE=debian:12,slim'],"
                        + " buildContexts: ['tools=docker-image://busybox:1'], credentialsId: 'gcr-key',"
                        + " dockerfile: 'Dockerfile, docker/*.Dockerfile', downstreamJobs: ['deploy', '/team/report'],"
                        + " failOnError: false, image: 'gcr.io/p/app:stable', images: ['gcr.io/p/base:latest', 'nginx'],"
                        + " manifests: 'deploy/*.yaml', minimumAge: '3d', platform: 'linux/arm64', preview: true,"
                        + " since: 'lastCheck',"
                        + " tags: semver(exclude: ['-rc', 'x{1,2}'], include: ['^1'], max: 3, range: '>=1.4 <2',"
                        + " variant: 'alpine'), target: 'app'");
    }

    @Test
    void theSnippetGeneratorsFormLeavesOutWhatIsNotFilledIn() throws Exception {
        new SnippetizerTester(jenkins)
                .assertGenerateSnippet(
                        "{'stapler-class':'" + CheckImageUpdateStep.class.getName()
                                + "', 'image':'gcr.io/p/app:stable', 'images':'', 'credentialsId':'', 'platform':'',"
                                + " 'since':'lastSuccess', 'downstreamJobs':'', 'failOnError':true}",
                        "checkImageUpdate image: 'gcr.io/p/app:stable'",
                        null);
    }

    @Test
    void everyWayOfWritingItWorks(RegistryFixture registry) throws Exception {
        registry.front.makePublic("p/public");
        registry.addCredential(registry.secretFile("gcr-key"));
        registry.push("p/app", "stable", "one");
        registry.push("p/public", "stable", "two");
        String app = registry.image("p/app", "stable");
        String open = registry.image("p/public", "stable");
        assertChecks("def r = checkImageUpdate '" + open + "'", open);
        assertChecks("def r = checkImageUpdate('" + open + "')", open);
        assertChecks("def r = checkImageUpdate image: '" + app + "', credentialsId: 'gcr-key'", app);
        assertChecks(
                "def r = checkImageUpdate images: ['" + app + "', '" + open + "'], credentialsId: 'gcr-key'",
                app,
                open);
        assertChecks(
                "def r = checkImageUpdate image: '" + open + "', images: ['" + app + "'], credentialsId: 'gcr-key'",
                open,
                app);
    }

    @Test
    void declarativePipelinesTakeNames(RegistryFixture registry) throws Exception {
        registry.front.makePublic("p/public");
        registry.push("p/public", "stable", "one");
        String image = registry.image("p/public", "stable");
        for (String step : List.of(
                "checkImageUpdate image: '" + image + "'",
                "checkImageUpdate image: '" + image + "', failOnError: true",
                "checkImageUpdate images: ['" + image + "']",
                "checkImageUpdate(images: ['" + image + "'], since: 'lastCheck')",
                "script { checkImageUpdate '" + image + "' }")) {
            WorkflowRun run = declarative(Result.SUCCESS, step);
            jenkins.assertLogContains(image + ": first seen", run);
        }
        // They take one value without a name only where there is nothing that could be named instead.
        WorkflowRun run = declarative(Result.FAILURE, "checkImageUpdate '" + image + "'");
        jenkins.assertLogContains("use named parameters instead", run);
    }

    private static WorkflowRun declarative(Result expected, String step) throws Exception {
        return jenkins.buildAndAssertStatus(
                expected,
                Scripts.job(
                        jenkins,
                        jenkins.jenkins,
                        "declarative" + jenkins.jenkins.getItems().size(),
                        "pipeline { agent none\n stages { stage('check') { steps { " + step + " } } } }"));
    }

    /** In the sandbox, outside any node. */
    private static void assertChecks(String step, String... images) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.SUCCESS,
                Scripts.job(
                        jenkins,
                        jenkins.jenkins,
                        "job" + jenkins.jenkins.getItems().size(),
                        step
                                + "\nfor (i in r.images) { echo \"seen ${i.image} ${i.status} ${i.digest} ${i.previousDigest}"
                                + " ${i.platform} ${i.indexDigest} ${i.failure} ${i.failureKind} ${i.tag} ${i.previousTag} ${i.pinned}"
                                + " ${i.newTags} ${i.movedTags} ${i.goneTags}\" }\n"
                                + "echo \"${r.changed} ${r.updates} ${r}\""));
        List<String> seen = JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.startsWith("seen "))
                .map(line -> line.split(" ")[1] + " " + line.split(" ")[2])
                .toList();
        assertEquals(List.of(images).stream().map(image -> image + " NEW").toList(), seen);
    }
}
