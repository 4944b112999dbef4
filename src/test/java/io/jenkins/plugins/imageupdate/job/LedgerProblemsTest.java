package io.jenkins.plugins.imageupdate.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.TopLevelItem;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.view.FailingChecksMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Ledgers that cannot be used: who is told, with which words, and for how long. */
@WithSharedJenkins
@WithRegistry
class LedgerProblemsTest {
    private static JenkinsRule jenkins;
    private static PollScene scene;

    @BeforeAll
    static void start(JenkinsRule rule, PollScene started) throws Exception {
        jenkins = rule;
        scene = started;
    }

    @AfterEach
    void deleteJobs() throws Exception {
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        for (TopLevelItem item : jenkins.jenkins.getItems()) {
            item.delete();
        }
    }

    /** A job whose ledger is damaged, so that it is set aside. */
    private static FreeStyleProject setAside(String name) throws Exception {
        FreeStyleProject job = scene.watching(name);
        Files.writeString(PollScene.ledger(job).toPath(), "?");
        scene.tick(job);
        assertTrue(LedgerProblems.byJob().containsKey(name));
        return job;
    }

    /** Makes the ledger's file a link to itself, which nothing can read. */
    private static void makeUnreadable(FreeStyleProject job) throws IOException {
        Path file = PollScene.ledger(job).toPath();
        Files.delete(file);
        Files.createSymbolicLink(file, file.getFileName());
    }

    private static boolean activated() {
        return jenkins.jenkins
                .getExtensionList(FailingChecksMonitor.class)
                .get(0)
                .isActivated();
    }

    @Test
    void theNoticeOfADeletedJobIsDeletedWithIt() throws Exception {
        FreeStyleProject job = setAside("deleted");
        assertTrue(activated());
        job.delete();
        assertEquals(Set.of(), LedgerProblems.byJob().keySet());
        assertFalse(activated());
    }

    @Test
    void theNoticeOfARenamedJobHasItsNewName() throws Exception {
        FreeStyleProject job = setAside("renamed");
        job.renameTo("other");
        assertEquals(Set.of("other"), LedgerProblems.byJob().keySet());
        assertEquals(1, LedgerProblems.of(job).size());
        assertTrue(activated());
    }

    @Test
    void theNoticeOfAJobInADeletedOrRenamedFolderGoesWithIt() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "folder");
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, "app");
        scene.push("p/app", "one");
        job.addTrigger(PollScene.trigger(scene.image("p/app")));
        scene.tick(job);
        Files.writeString(PollScene.ledger(job).toPath(), "?");
        scene.tick(job);
        assertEquals(Set.of("folder/app"), LedgerProblems.byJob().keySet());
        folder.renameTo("team");
        assertEquals(Set.of("team/app"), LedgerProblems.byJob().keySet());
        folder.delete();
        assertEquals(Set.of(), LedgerProblems.byJob().keySet());
    }

    @Test
    void theNoticeOfAnUnreadableLedgerEndsWhenItCanBeRead() throws Exception {
        FreeStyleProject job = scene.watching("ends");
        String content = Files.readString(PollScene.ledger(job).toPath());
        makeUnreadable(job);
        assertThrows(ExecutionException.class, () -> scene.tick(job));
        assertEquals(Set.of("ends"), LedgerProblems.byJob().keySet());
        Path file = PollScene.ledger(job).toPath();
        Files.delete(file);
        Files.writeString(file, content);
        scene.tick(job);
        assertEquals(Set.of(), LedgerProblems.byJob().keySet());
        assertFalse(activated());
    }

    @Test
    void theJobsPageSaysThatItsLedgerCannotBeReadWithoutTheControllersFolders() throws Exception {
        FreeStyleProject aside = setAside("aside");
        FreeStyleProject unreadable = scene.watching("unreadable");
        makeUnreadable(unreadable);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("reader")) {
            client.setJavaScriptEnabled(false);
            for (FreeStyleProject job : List.of(aside, unreadable)) {
                String page = client.getPage(job, "image-updates").asNormalizedText();
                assertTrue(page.contains("cannot be read"), page);
                assertFalse(page.contains("Nothing was checked yet"), page);
                String json = client.goTo(job.getUrl() + "image-updates/api/json", "application/json")
                        .getWebResponse()
                        .getContentAsString();
                assertTrue(json.contains("cannot be read"), json);
                for (String text : List.of(page, json)) {
                    assertFalse(text.contains(jenkins.jenkins.getRootDir().getPath()), text);
                }
                // The badge of the page does not break the job's own page.
                client.getPage(job);
            }
        }
    }

    @Test
    void theLogOfABuildDoesNotNameTheControllersFolders() throws Exception {
        FreeStyleProject job = scene.watching("log");
        makeUnreadable(job);
        IOException refusal = assertThrows(IOException.class, () -> LedgerStore.read(job, ledger -> ledger));
        assertFalse(refusal.getMessage().contains(jenkins.jenkins.getRootDir().getPath()), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("JENKINS_HOME"), refusal.getMessage());
        assertNull(refusal.getCause(), "a build's log would print it");
    }
}
