package io.jenkins.plugins.imageupdate.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.EnvVars;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.ManagementLink;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.CanarySearch;
import io.jenkins.plugins.imageupdate.harness.CapturedLog;
import io.jenkins.plugins.imageupdate.harness.FolderCredentials;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.Scripts;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Secrets are only in Jenkins' own store, and in no other file, no log and no page, also after failures. */
@WithJenkins
@WithRegistry
class SecretsStayTest {
    private static final String TOKEN =
            "ya29canary" + UUID.randomUUID().toString().replace("-", "");
    private static final String PASSWORD =
            "passwordcanary" + UUID.randomUUID().toString().replace("-", "");
    private static final List<String> IDS = List.of("key-file", "key-text", "key-login", "token", "login");

    private JenkinsRule jenkins;
    private RegistryFixture registry;
    private Folder folder;
    private CapturedLog log;

    @BeforeEach
    void start(JenkinsRule rule, RegistryFixture fixture) throws Exception {
        jenkins = rule;
        log = new CapturedLog();
        registry = fixture;
        registry.front.grantAccessToken(TOKEN, "p/*");
        registry.front.grantUser("reader", PASSWORD, "p/*");
        folder = jenkins.createProject(Folder.class, "team");
        FolderCredentials.add(
                folder,
                registry.secretFile("key-file"),
                registry.secretText("key-text"),
                registry.login("key-login"),
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "a token", Secret.fromString(TOKEN)),
                new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "login", "a login", "reader", PASSWORD));
        registry.addCredential(registry.secretText("registry-key"));
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private CanarySearch search() {
        return CanarySearch.of(registry).secret("access token", TOKEN).secret("password", PASSWORD);
    }

    /** Checks by step and by trigger with every credential, once well and once with every fault that speaks of credentials. */
    private List<WorkflowJob> use() throws Exception {
        List<WorkflowJob> jobs = new ArrayList<>();
        registry.push("p/app", "stable", "one");
        for (String id : IDS) {
            WorkflowJob job = job(id);
            jobs.add(job);
            jenkins.buildAndAssertSuccess(job);
            poll(job);
        }
        registry.push("p/app", "stable", "two");
        for (WorkflowJob job : jobs) {
            poll(job);
        }
        jenkins.waitUntilNoActivity();
        registry.front.faults().always(RecordedRequest::isManifest, Fault.edgeBlocked());
        for (WorkflowJob job : jobs) {
            jenkins.buildAndAssertStatus(Result.FAILURE, job);
        }
        registry.front.faults().clear();
        registry.front.expireTokens();
        registry.front.forgetKey(registry.key);
        for (WorkflowJob job : jobs) {
            boolean key = job.getName().startsWith("key");
            jenkins.buildAndAssertStatus(key ? Result.FAILURE : Result.SUCCESS, job);
        }
        return jobs;
    }

    private WorkflowJob job(String id) throws Exception {
        String image = registry.image("p/app", "stable");
        WorkflowJob job = Scripts.job(
                jenkins,
                folder,
                id,
                "def r = checkImageUpdate(image: '" + image + "', credentialsId: '" + id + "', since: 'lastCheck')\n"
                        + "echo \"${r} ${r.images[0].digest} ${env.IMAGE_UPDATE_CHANGES}\"");
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("@yearly");
        TriggerImage watched = new TriggerImage(image);
        watched.setCredentialsId(id);
        trigger.setImages(List.of(watched));
        job.addTrigger(trigger);
        return job;
    }

    private static void poll(Job<?, ?> job) throws Exception {
        PollScene.poll(job);
    }

    @Test
    void secretsAreNotInFilesLogsOrPages() throws Exception {
        List<WorkflowJob> jobs = use();
        RegistriesConfiguration.get().getRegistries().get(0).setCredentialsId("registry-key");
        jenkins.configRoundtrip(jobs.get(0));
        jenkins.configRoundtrip();
        for (WorkflowJob job : jobs) {
            assertBuildsTellNothing(job);
        }
        assertPagesTellNothing(pages(jobs));
        CanarySearch search = search();
        Path home = jenkins.jenkins.getRootDir().toPath();
        assertEquals(List.of(), search.under(home, "credentials.xml", "jobs/team/config.xml"));
        assertEquals(List.of(), search.inOrEncryptedIn(log.text()));
        assertTrue(log.text().contains(registry.image("p/app", "stable")), "the log was captured");
    }

    /** Without this the test above could look in the wrong places, or for something that was never there. */
    @Test
    void theSearchFindsTheSecretsInJenkinsOwnStore() throws Exception {
        Path home = jenkins.jenkins.getRootDir().toPath();
        List<String> found = search().under(home);
        assertTrue(found.contains("jobs/team/config.xml: key id, encrypted"), found::toString);
        assertTrue(found.contains("jobs/team/config.xml: private key, encrypted"), found::toString);
        assertTrue(found.contains("jobs/team/config.xml: access token, encrypted"), found::toString);
        assertTrue(found.contains("jobs/team/config.xml: password, encrypted"), found::toString);
        assertTrue(found.contains("credentials.xml: private key, encrypted"), found::toString);
        assertTrue(found.stream().allMatch(one -> one.endsWith(", encrypted")), found::toString);
    }

    private void assertBuildsTellNothing(Job<?, ?> job) throws Exception {
        assertFalse(registry.front.tokensIssued().isEmpty());
        CanarySearch search = search();
        for (Run<?, ?> run : job.getBuilds()) {
            EnvVars environment = run.getEnvironment(TaskListener.NULL);
            assertEquals(List.of(), search.inOrEncryptedIn(JenkinsRule.getLog(run)), run::toString);
            assertEquals(List.of(), search.inOrEncryptedIn(environment.toString()), run::toString);
        }
        assertEquals(4, job.getBuilds().size(), "checked, triggered, blocked, and with the key forgotten");
    }

    private static List<String> pages(List<WorkflowJob> jobs) {
        List<String> pages = new ArrayList<>(List.of(
                "",
                "manage/",
                "manage/configure",
                "manage/credentials/",
                "log/all",
                "job/team/",
                "job/team/configure",
                "api/json?depth=3",
                "descriptorByName/io.jenkins.plugins.imageupdate.step.CheckImageUpdateStep/help"));
        pages.addAll(own("", Jenkins.get().getActions()));
        pages.addAll(own("manage/", ManagementLink.all()));
        for (WorkflowJob job : jobs) {
            String url = job.getUrl();
            pages.addAll(own(url, job.getAllActions()));
            pages.addAll(List.of(
                    url,
                    url + "configure",
                    url + "config.xml",
                    url + "api/json?depth=3",
                    url + "api/xml?depth=3",
                    url + "pipeline-syntax/",
                    url + "directive-generator/"));
            for (Run<?, ?> run : job.getBuilds()) {
                pages.addAll(own(run.getUrl(), run.getAllActions()));
                pages.addAll(List.of(
                        run.getUrl(),
                        run.getUrl() + "console",
                        run.getUrl() + "consoleText",
                        run.getUrl() + "replay/",
                        run.getUrl() + "flowGraphTable/",
                        run.getUrl() + "api/json?depth=3",
                        run.getUrl() + "api/xml?depth=3"));
            }
        }
        return pages;
    }

    /** This plugin's pages at a place, whichever there are. */
    private static List<String> own(String at, List<? extends Action> actions) {
        return actions.stream()
                .filter(action -> action.getClass().getName().startsWith("io.jenkins.plugins.imageupdate"))
                .map(Action::getUrlName)
                .filter(Objects::nonNull)
                .map(name -> at + name + "/")
                .toList();
    }

    /** The bare answer: as pages in a browser these are too many for one test's memory. */
    private void assertPagesTellNothing(List<String> pages) throws Exception {
        CanarySearch search = search();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            for (String page : pages) {
                WebResponse answer = client.loadWebResponse(new WebRequest(new URL(jenkins.getURL(), page)));
                // The receiver of push events takes POST requests only.
                assertEquals(page.startsWith("image-update-events") ? 405 : 200, answer.getStatusCode(), page);
                assertEquals(List.of(), search.inOrEncryptedIn(answer.getContentAsString()), page);
            }
        }
    }
}
