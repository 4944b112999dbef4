package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.ledger.WatchedState;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The permissions of each page and form method. */
@WithJenkins
class PermissionMatrixTest {
    private static final List<String> USERS =
            List.of("anonymous", "stranger", "reader", "builder", "configurer", "auditor", "administrator");

    private static final Set<String> ALL_READERS =
            Set.of("reader", "builder", "configurer", "auditor", "administrator");
    private static final Set<String> BUILDERS = Set.of("builder", "administrator");
    private static final Set<String> CONFIGURERS = Set.of("configurer", "administrator");
    private static final Set<String> AUDITORS = Set.of("auditor", "administrator");
    private static final Set<String> ADMINISTRATOR = Set.of("administrator");

    private static final String REGISTRY = "descriptorByName/io.jenkins.plugins.imageupdate.config.ConfiguredRegistry/";
    private static final String JENKINS_IMAGES =
            "descriptorByName/io.jenkins.plugins.imageupdate.controller.JenkinsImagesConfiguration/";
    private static final String IMAGE = "descriptorByName/io.jenkins.plugins.imageupdate.trigger.TriggerImage/";

    private static final String PREVIEW =
            "descriptorByName/io.jenkins.plugins.imageupdate.policy.NewestTags/preview?max=1&reference=";

    private JenkinsRule jenkins;

    /** One request, and who is answered. */
    private record Row(HttpMethod method, String path, Set<String> allowed) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static List<Row> rows() {
        return List.of(
                new Row(HttpMethod.GET, "job/app/image-updates/", ALL_READERS),
                new Row(HttpMethod.GET, "job/app/image-updates/api/json", ALL_READERS),
                new Row(HttpMethod.GET, "job/app/1/", ALL_READERS),
                new Row(HttpMethod.GET, "job/app/1/image-updates/", ALL_READERS),
                new Row(HttpMethod.GET, "job/app/1/image-updates/api/json", ALL_READERS),
                new Row(HttpMethod.POST, "job/app/image-updates/checkNow", BUILDERS),
                new Row(HttpMethod.POST, "job/app/image-updates/buildAsIfUpdated", BUILDERS),
                new Row(HttpMethod.GET, "job/app/image-updates/checkNow", Set.of()),
                new Row(HttpMethod.GET, "job/app/image-updates/buildAsIfUpdated", Set.of()),
                new Row(HttpMethod.GET, "job/app/image-updates/buildNow", Set.of()),
                new Row(HttpMethod.GET, "manage/image-updates/", AUDITORS),
                new Row(HttpMethod.GET, "manage/image-updates/api/json", AUDITORS),
                new Row(HttpMethod.GET, "image-updates/", AUDITORS),
                new Row(HttpMethod.POST, "manage/image-updates/checkJenkinsImages", ADMINISTRATOR),
                new Row(HttpMethod.GET, "manage/image-updates/checkJenkinsImages", Set.of()),
                new Row(HttpMethod.POST, "manage/image-updates/markCurrent", ADMINISTRATOR),
                new Row(HttpMethod.GET, "manage/image-updates/markCurrent", Set.of()),
                new Row(HttpMethod.POST, JENKINS_IMAGES + "checkSpec?value=@daily", ADMINISTRATOR),
                new Row(
                        HttpMethod.POST,
                        REGISTRY + "testConnection?prefix=gcr.io&testImage=&timeoutSeconds=1",
                        ADMINISTRATOR),
                new Row(
                        HttpMethod.GET,
                        REGISTRY + "testConnection?prefix=gcr.io&testImage=&timeoutSeconds=1",
                        Set.of()),
                new Row(HttpMethod.POST, REGISTRY + "checkPrefix?value=gcr.io", ADMINISTRATOR),
                new Row(HttpMethod.POST, REGISTRY + "checkCertificateAuthorities?value=x", ADMINISTRATOR),
                new Row(HttpMethod.POST, REGISTRY + "checkHeadersSecretId?value=x", ADMINISTRATOR),
                new Row(HttpMethod.POST, "job/app/" + PREVIEW, CONFIGURERS),
                new Row(HttpMethod.GET, "job/app/" + PREVIEW, Set.of()),
                new Row(HttpMethod.GET, "job/app/" + IMAGE + "checkReference?value=nginx", Set.of()));
    }

    @BeforeEach
    void users(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        job.addTrigger(Watching.trigger(List.of("gcr.io/team/app:stable")));
        LedgerStore.change(job, ledger -> {
            Watching.see(ledger, "gcr.io/team/app:stable", "one");
            return null;
        });
        List<WatchedState> states = LedgerStore.read(job, ledger -> ledger.states());
        job.scheduleBuild2(
                        0,
                        new CauseAction(
                                new Cause.UserIdCause(),
                                new ImageUpdateCause(List.of(states.get(0).result()))))
                .get();
        job.save();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "builder", "configurer", "auditor")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
        jenkins.jenkins.setNumExecutors(0);
    }

    @TestFactory
    List<DynamicTest> everyPageAndMethodChecksItsPermission() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String user : USERS) {
            JenkinsRule.WebClient client = jenkins.createWebClient();
            client.setThrowExceptionOnFailingStatusCode(false);
            client.getOptions().setJavaScriptEnabled(false);
            client.getOptions().setRedirectEnabled(false);
            client.setRefreshHandler((page, url, seconds) -> {});
            if (!user.equals("anonymous")) {
                client.withBasicCredentials(user);
            }
            for (Row row : rows()) {
                tests.add(dynamicTest(user + ": " + row, () -> check(client, row, user)));
            }
        }
        return tests;
    }

    private void check(JenkinsRule.WebClient client, Row row, String user) throws Exception {
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), row.path()), row.method());
        if (row.method() == HttpMethod.POST) {
            client.addCrumb(request);
        }
        int status = client.getPage(request).getWebResponse().getStatusCode();
        boolean answered = status == 200 || status == 302;
        assertEquals(row.allowed().contains(user), answered, () -> "status " + status);
    }
}
