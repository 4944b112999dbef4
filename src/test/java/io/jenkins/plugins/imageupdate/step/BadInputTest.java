package io.jenkins.plugins.imageupdate.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.Scripts;
import io.jenkins.plugins.imageupdate.harness.SharedJenkins;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import java.nio.file.Files;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A wrong parameter of the step is reported in one line, and the records stay as they are. */
@WithRegistry
class BadInputTest extends SharedJenkins {
    private RegistryFixture registry;
    private WorkflowJob job;
    private String app;

    @BeforeEach
    void start(RegistryFixture fixture) throws Exception {
        registry = fixture;
        registry.push("p/app", "stable", "one");
        secret("gcr-key", registry.key);
        app = registry.image("p/app", "stable");
        job = Scripts.job(
                jenkins, jenkins.jenkins, "app", "checkImageUpdate image: '" + app + "', credentialsId: 'gcr-key'");
        jenkins.buildAndAssertSuccess(job);
    }

    private static void secret(String id, String text) {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "a secret", Secret.fromString(text)));
    }

    private String ledger() throws Exception {
        return Files.readString(job.getRootDir().toPath().resolve("image-updates.xml"));
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    /** @param words that the line has, of which the last one is the way out */
    private void assertRefused(String script, String... words) throws Exception {
        String before = ledger();
        assertFalse(before.isEmpty());
        registry.front.clear();
        String line = Scripts.onlyError(run(Result.FAILURE, script));
        for (String word : words) {
            assertTrue(line.contains(word), () -> '"' + word + "\" is not in: " + line);
        }
        assertEquals(before, ledger());
        assertEquals(0, registry.front.count(request -> true), "no registry is asked");
    }

    @Test
    void aReferenceThatDoesNotParse() throws Exception {
        assertRefused(
                "checkImageUpdate 'gcr.io/P/App:stable'",
                "gcr.io/P/App:stable: CONFIGURATION",
                "lower-case letters only",
                "gcr.io/project/app:stable");
        assertRefused("checkImageUpdate 'https://gcr.io/p/app'", "leave out everything up to \"://\"");
        assertRefused(
                "checkImageUpdate image: '" + app + "', platform: 'linux'", app + ": CONFIGURATION", "linux/arm64");
    }

    @Test
    void aStepWithoutAnImageFails() throws Exception {
        assertRefused(
                "checkImageUpdate()",
                "names no image",
                "checkImageUpdate('gcr.io/project/app:stable')",
                "directly in the steps of a Declarative Pipeline checkImageUpdate image: 'gcr.io/project/app:stable'");
        assertRefused("checkImageUpdate ''", "names no image");
        assertRefused("checkImageUpdate images: ['', ' ']", "names no image");
    }

    @Test
    void aWrongNumberOfTags() throws Exception {
        for (String max : List.of("0", "21", "-1")) {
            assertRefused(
                    "checkImageUpdate image: '" + app + "', credentialsId: 'gcr-key', tags: semver(range: '*', max: "
                            + max + ")",
                    app + ": CONFIGURATION",
                    "max is the number of tags that count, 1 to 20, not " + max);
        }
    }

    @Test
    void aWrongSince() throws Exception {
        assertRefused(
                "checkImageUpdate image: '" + app + "', credentialsId: 'gcr-key', since: 'yesterday'",
                "\"yesterday\" is not a valid value of since",
                "lastSuccess or lastCheck");
    }

    @Test
    void anUnknownCredential() throws Exception {
        assertRefused(
                "checkImageUpdate image: '" + app + "', credentialsId: 'no-such-key'",
                app + ": CONFIGURATION",
                "no credential with id 'no-such-key' can be used here",
                "Manage Jenkins, Credentials");
    }

    private void assertKeyRefused(String id, String secret, String why) throws Exception {
        secret(id, secret);
        assertRefused(
                "checkImageUpdate image: '" + app + "', credentialsId: '" + id + "'",
                app + ": CONFIGURATION",
                "credential '" + id + "'",
                why);
    }

    @Test
    void anInvalidKeyIsReported() throws Exception {
        assertKeyRefused(
                "broken", registry.key.substring(0, registry.key.length() / 2), "the key is JSON that breaks off");
        assertKeyRefused(
                "user", registry.key.replace("\"service_account\"", "\"authorized_user\""), "\"authorized_user\"");
        assertKeyRefused("public", registry.key.replaceAll("\"private_key\" : \"[^\"]*\",", ""), "private_key");
        assertKeyRefused("spaces", "two words", "access token");
    }

    @Test
    void aDownstreamJobThatIsNotThere() throws Exception {
        registry.push("p/app", "stable", "two");
        String before = ledger();
        WorkflowRun run = run(
                Result.FAILURE,
                "checkImageUpdate image: '" + app + "', credentialsId: 'gcr-key', downstreamJobs: ['no-such-job']");
        assertTrue(Scripts.onlyError(run).contains("The job \"no-such-job\" does not exist"), Scripts.onlyError(run));
        assertEquals(before, ledger());
    }

    @Test
    void oneFailureDoesNotHideTheOtherResults() throws Exception {
        WorkflowRun run = run(
                Result.FAILURE,
                "checkImageUpdate images: ['" + app + "', 'NO', '" + app
                        + "', 'gcr.io:nan/x'], credentialsId: 'gcr-key'");
        jenkins.assertLogContains(app + ": unchanged", run);
        String line = Scripts.onlyError(run);
        assertTrue(line.startsWith("ERROR: 2 of 3 images could not be checked. NO: CONFIGURATION"), line);
        assertTrue(line.contains("gcr.io:nan/x: CONFIGURATION"), line);
    }

    @Test
    void withoutFailOnErrorAFailureIsAResult() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                "def r = checkImageUpdate images: ['NO', '" + app + "'], credentialsId: 'gcr-key', failOnError: false\n"
                        + "echo \"changed ${r.changed}, updates ${r.updates.size()}\"\n"
                        + "for (i in r.images) { echo \"[${i.image}] ${i.status} ${i.digest} ${i.failureKind} ${i.failure}\" }");
        jenkins.assertLogContains("changed false, updates 0", run);
        jenkins.assertLogContains("[NO] FAILED null CONFIGURATION NO: CONFIGURATION: ", run);
        jenkins.assertLogContains("[" + app + "] UNCHANGED sha256:", run);
        String before = ledger();
        WorkflowRun unknown = run(
                Result.SUCCESS,
                "def r = checkImageUpdate image: '" + app + "', credentialsId: 'no-such-key', failOnError: false\n"
                        + "echo \"${r.images[0].status} because ${r.images[0].failure}\"");
        jenkins.assertLogContains("FAILED because " + app + ": CONFIGURATION: ", unknown);
        jenkins.assertLogContains("no credential with id 'no-such-key'", unknown);
        assertEquals(
                List.of(),
                JenkinsRule.getLog(unknown)
                        .lines()
                        .filter(l -> l.startsWith("\t"))
                        .toList());
        assertEquals(before.replaceAll("\\s", ""), ledger().replaceAll("\\s", ""));
    }
}
