package io.jenkins.plugins.imageupdate.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.harness.FolderCredentials;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateStep;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The web methods of forms tell ids of credentials and names of jobs only to users who may see them. */
@WithSharedJenkins
class FormPermissionsTest {
    private static final String STEP = name(CheckImageUpdateStep.class);
    private static final String IMAGE = name(TriggerImage.class);
    private static final String TRIGGER = name(ImageUpdateTrigger.class);
    private static final String REGISTRY = name(ConfiguredRegistry.class);

    private static JenkinsRule jenkins;

    private static String name(Class<?> type) {
        return "descriptorByName/" + type.getName() + "/";
    }

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SystemCredentialsProvider.getInstance().getCredentials().add(secret(CredentialsScope.GLOBAL, "global-key"));
        SystemCredentialsProvider.getInstance().getCredentials().add(secret(CredentialsScope.SYSTEM, "system-key"));
        Folder folder = jenkins.createProject(Folder.class, "team");
        FolderCredentials.add(folder, secret(CredentialsScope.GLOBAL, "folder-key"));
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, "app");
        FreeStyleProject hidden = jenkins.createFreeStyleProject("hidden");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("configurer", "reader")
                .grant(Item.READ, Item.CONFIGURE)
                .onItems(folder, job)
                .to("configurer")
                .grant(Item.READ, Item.BUILD)
                .onItems(folder, job)
                .to("reader"));
        assertFalse(hidden.getName().isEmpty());
    }

    private static StringCredentialsImpl secret(CredentialsScope scope, String id) {
        return new StringCredentialsImpl(scope, id, "a secret", Secret.fromString("ya29.token"));
    }

    /** @param user empty for an anonymous request */
    private WebResponse ask(String user, HttpMethod method, String url) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            if (!user.isEmpty()) {
                client.withBasicCredentials(user);
            }
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), url), method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            return client.loadWebResponse(request);
        }
    }

    private String post(String user, String url) throws Exception {
        WebResponse answer = ask(user, HttpMethod.POST, url);
        assertEquals(200, answer.getStatusCode(), answer.getContentAsString());
        return answer.getContentAsString();
    }

    @Test
    void onlyUsersWhoMayConfigureAJobSeeItsCredentials() throws Exception {
        for (String fill : List.of(
                STEP + "fillCredentialsIdItems?image=gcr.io/p/app",
                IMAGE + "fillCredentialsIdItems?reference=gcr.io/p/app")) {
            String url = "job/team/job/app/" + fill + "&credentialsId=current-key";
            for (String user : List.of("configurer", "admin")) {
                String listed = post(user, url);
                assertTrue(listed.contains("global-key"), listed);
                assertTrue(listed.contains("folder-key"), listed);
                assertTrue(listed.contains("current-key"), listed);
                assertFalse(listed.contains("system-key"), listed);
            }
            String listed = post("reader", url);
            assertTrue(listed.contains("current-key"), listed);
            assertFalse(listed.contains("global-key") || listed.contains("folder-key"), listed);
            assertEquals(403, ask("", HttpMethod.POST, url).getStatusCode());
        }
    }

    @Test
    void withoutAJobOnlyAdministratorsSeeCredentials() throws Exception {
        for (String fill : List.of(
                STEP + "fillCredentialsIdItems?image=gcr.io/p/app",
                IMAGE + "fillCredentialsIdItems?reference=gcr.io/p/app",
                REGISTRY + "fillCredentialsIdItems?prefix=gcr.io",
                REGISTRY + "fillClientCertificateIdItems?clientCertificateId=")) {
            for (String user : List.of("reader", "configurer")) {
                String listed = post(user, fill);
                assertFalse(listed.contains("-key"), listed);
            }
            assertEquals(403, ask("", HttpMethod.POST, fill).getStatusCode());
        }
        String listed = post("admin", REGISTRY + "fillCredentialsIdItems?prefix=gcr.io");
        assertTrue(listed.contains("global-key") && listed.contains("system-key"), listed);
        assertFalse(listed.contains("folder-key"), listed);
    }

    @Test
    void onlyUsersWhoMayListCredentialsLearnWhetherOneExists() throws Exception {
        String url = "job/team/job/app/" + STEP + "checkCredentialsId?image=gcr.io/p/app&value=";
        assertTrue(post("configurer", url + "no-such-key").contains("no-such-key"));
        assertFalse(post("configurer", url + "folder-key").contains("error"));
        assertFalse(post("configurer", url + "").contains("error"));
        assertFalse(post("reader", url + "no-such-key").contains("no-such-key"));
        String global = REGISTRY + "checkCredentialsId?prefix=gcr.io&value=no-such-key";
        assertTrue(post("admin", global).contains("no-such-key"));
        assertFalse(post("configurer", global).contains("no-such-key"));
    }

    @Test
    void aCredentialThatARegistryCannotTakeIsRefused() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey(
                        CredentialsScope.GLOBAL, "ssh-key", "git", null, null, "an SSH key"));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "login", "a login", "reader", "a long password"));
        String url = "job/team/job/app/" + IMAGE + "checkCredentialsId?reference=gcr.io/p/app&value=";
        assertTrue(post("configurer", url + "ssh-key").contains("must be a Secret file, a Secret text"));
        assertTrue(post("configurer", url + "login").contains("cannot be a login at gcr.io"));
        String elsewhere = url.replace("gcr.io/p/app", "registry.example.com/app");
        assertFalse(post("configurer", elsewhere + "login").contains("error"));
        assertTrue(post("configurer", elsewhere + "global-key").contains("cannot be a login at registry.example.com"));
    }

    @Test
    void onlyUsersWhoMayConfigureTheJobAndSeeADownstreamJobAreToldOfIt() throws Exception {
        for (String check : List.of(STEP, TRIGGER)) {
            String url = "job/team/job/app/" + check + "checkDownstreamJobs?value=";
            assertTrue(post("configurer", url + "/hidden").contains("does not exist, relative to this job"));
            assertTrue(post("configurer", url + "nothing").contains("does not exist, relative to this job"));
            assertFalse(post("admin", url + "/hidden").contains("error"));
            assertFalse(post("reader", url + "nothing").contains("error"));
            String complete = "job/team/job/app/" + check + "autoCompleteDownstreamJobs?value=/hid";
            assertFalse(ask("configurer", HttpMethod.GET, complete)
                    .getContentAsString()
                    .contains("hidden"));
        }
    }

    @Test
    void onlyAdministratorsAskAboutRegistries() throws Exception {
        for (String check : List.of("checkPrefix?value=gcr.io", "checkCertificateAuthorities?value=none")) {
            assertEquals(
                    403, ask("configurer", HttpMethod.POST, REGISTRY + check).getStatusCode());
            assertEquals(200, ask("admin", HttpMethod.POST, REGISTRY + check).getStatusCode());
        }
    }

    @Test
    void formMethodsAcceptOnlyPost() throws Exception {
        for (String url : List.of(
                STEP + "fillCredentialsIdItems?image=x",
                STEP + "checkCredentialsId?image=x&value=x",
                STEP + "checkImage?value=x",
                STEP + "checkDownstreamJobs?value=x",
                IMAGE + "fillCredentialsIdItems?reference=x",
                IMAGE + "checkCredentialsId?reference=x&value=x",
                TRIGGER + "checkDownstreamJobs?value=x",
                REGISTRY + "fillCredentialsIdItems?prefix=x",
                REGISTRY + "checkCredentialsId?prefix=x&value=x",
                REGISTRY + "fillClientCertificateIdItems",
                REGISTRY + "checkPrefix?value=x")) {
            assertEquals(
                    200,
                    ask("admin", HttpMethod.POST, "job/team/job/app/" + url).getStatusCode(),
                    url);
            // Stapler's way to say that there is nothing for this verb.
            assertEquals(
                    404, ask("admin", HttpMethod.GET, "job/team/job/app/" + url).getStatusCode(), url);
        }
    }
}
