package io.jenkins.plugins.imageupdate.security;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Computer;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.imageupdate.check.KnownDigests;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.push.PushEvents;
import io.jenkins.plugins.imageupdate.testing.Canaries;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.net.URL;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/**
 * A Jenkins with two folders, credentials in every possible place, all kinds of users, and the attacker's registry: the attacker gets
 * everything that is sent to it.
 */
final class JenkinsScene implements AutoCloseable {
    static final String SECRET = Canaries.plant("a password", "jenkins-canary-52d9");

    final JenkinsRule jenkins;
    final InProcessRegistry evil = InProcessRegistry.start();
    final Folder team;
    final Folder other;
    /** In the one folder, by whose author the attacks are made. */
    final FreeStyleProject job;
    /** Somebody else's, which the author may read. */
    final FreeStyleProject deploy;

    JenkinsScene(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        team = jenkins.createProject(Folder.class, "team");
        other = jenkins.createProject(Folder.class, "other");
        job = other.createProject(FreeStyleProject.class, "app");
        deploy = jenkins.createFreeStyleProject("deploy");
        add(jenkins.jenkins, Domain.global(), CredentialsScope.SYSTEM, "system-robot");
        Domain gcr = new Domain("gcr", "", List.of(new HostnameSpecification("gcr.io", null)));
        add(jenkins.jenkins, gcr, CredentialsScope.GLOBAL, "gcr-robot");
        add(team, Domain.global(), CredentialsScope.GLOBAL, "team-robot");
        add(other, Domain.global(), CredentialsScope.GLOBAL, "other-robot");
        PushEvents.sources(EventAttacks.sources(id -> PushEvents.secret(id, PushEvents.SECRET)));
        configure(false);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .onFolders(other)
                .to("reader", "author")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "author")
                .grant(Item.READ)
                .onItems(deploy)
                .to("author")
                .grant(Item.DISCOVER)
                .onFolders(team)
                .to("reader")
                .grant(Computer.BUILD)
                .everywhere()
                .to("author")
                .grant(Item.CONFIGURE, Item.EXTENDED_READ, Item.BUILD)
                .onFolders(other)
                .to("author")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
    }

    private static void add(ModelObject place, Domain domain, CredentialsScope scope, String id) throws Exception {
        for (CredentialsStore store : CredentialsProvider.lookupStores(place)) {
            if (store.getContext() != place) {
                continue;
            }
            if (!domain.equals(Domain.global())) {
                store.addDomain(domain);
            }
            store.addCredentials(domain, new UsernamePasswordCredentialsImpl(scope, id, "", "robot", SECRET));
            return;
        }
        throw new IllegalStateException("no place for credentials");
    }

    /** Two parts of the attacker's registry are listed: one for all, one where a folder is lent the controller's identity. */
    void configure(boolean listedOnly) {
        ConfiguredRegistry open = new ConfiguredRegistry(evil.host() + "/open");
        open.setPlainHttp(true);
        ConfiguredRegistry lent = new ConfiguredRegistry(evil.host() + "/lent");
        lent.setPlainHttp(true);
        lent.setGoogleKeysAllowed(true);
        lent.setControllerIdentity(true);
        lent.setControllerIdentityFolders(List.of("team"));
        RegistriesConfiguration.get().setRegistries(List.of(open, lent));
        RegistriesConfiguration.get().setListedOnly(listedOnly);
    }

    /** From now on the registry wants a login. */
    void wantLogin() {
        evil.faults()
                .always(
                        request -> request.authorization().isEmpty(),
                        Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic realm=\"r\"")));
    }

    Sighting check(FreeStyleProject by, String image, String credentialsId) throws Exception {
        return new ImageCheck(WatchedImage.parse(image, null), credentialsId, null, null)
                .by(by, new ImageCheck.Known(null, List.of(), KnownDigests.NONE), null)
                .get(60, TimeUnit.SECONDS);
    }

    /** As the trigger of the author's job does. */
    String checked(String image, String credentialsId) throws Exception {
        Sighting seen = check(job, image, credentialsId);
        return seen.failure() == null
                ? "signed in with " + seen.credentialsId()
                : seen.failure().message();
    }

    /** What the attacker's registry got to see. */
    void assertNothingGiven() {
        evil.requests().forEach(request -> {
            if (request.authorization().isPresent()) {
                throw new AssertionError("the registry got a login");
            }
        });
    }

    String post(String user, String path) throws Exception {
        return request(user, HttpMethod.POST, path, null);
    }

    /** The status, and in one line what is answered. */
    String request(String user, HttpMethod method, String path, String body) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.setThrowExceptionOnFailingStatusCode(false);
            client.getOptions().setJavaScriptEnabled(false);
            client.withBasicCredentials(user);
            WebRequest request = new WebRequest(
                    method == HttpMethod.POST ? client.createCrumbedUrl(path) : new URL(jenkins.getURL(), path),
                    method);
            if (body != null) {
                request.setAdditionalHeader("Content-Type", "application/xml");
                request.setRequestBody(body);
            }
            WebResponse response = client.getPage(request).getWebResponse();
            return response.getStatusCode() + " "
                    + (response.getStatusCode() == 200 ? response.getContentAsString() : "");
        }
    }

    @Override
    public void close() {
        evil.close();
    }
}
