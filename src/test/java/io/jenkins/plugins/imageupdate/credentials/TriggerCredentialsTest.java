package io.jenkins.plugins.imageupdate.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.fingerprints.ItemCredentialsFingerprintFacet;
import hudson.model.Fingerprint;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.FolderCredentials;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.PollReport;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.FingerprintFacet;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The credentials that a job's trigger uses, and the tracking of their usage. */
@WithJenkins
@WithRegistry
class TriggerCredentialsTest {
    private JenkinsRule jenkins;
    private RegistryFixture registry;
    private Folder folder;
    private FreeStyleProject job;

    @BeforeEach
    void start(JenkinsRule rule, RegistryFixture fixture) throws Exception {
        jenkins = rule;
        registry = fixture;
        registry.push("p/app", "stable", "one");
        folder = jenkins.createProject(Folder.class, "team");
        job = folder.createProject(FreeStyleProject.class, "watching");
    }

    private static StringCredentialsImpl text(CredentialsScope scope, String id, String secret) {
        return new StringCredentialsImpl(scope, id, "a secret", Secret.fromString(secret));
    }

    private void watch(String credentialsId) throws Exception {
        TriggerImage image = new TriggerImage(registry.image("p/app", "stable"));
        image.setCredentialsId(credentialsId);
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("@yearly");
        trigger.setImages(List.of(image));
        job.addTrigger(trigger);
    }

    private PollReport poll() throws Exception {
        return registry.tick(job);
    }

    private void pollWell() throws Exception {
        assertNull(poll().images().get(0).failure());
    }

    /** When each job used it last. */
    private static Map<String, Long> usesOf(Credentials credentials) throws Exception {
        Fingerprint usage = CredentialsProvider.getFingerprintOf(credentials);
        Map<String, Long> uses = new HashMap<>();
        for (FingerprintFacet facet : usage == null ? List.<FingerprintFacet>of() : usage.getFacets()) {
            uses.put(((ItemCredentialsFingerprintFacet) facet).getItemFullName(), facet.getTimestamp());
        }
        return uses;
    }

    @Test
    void usageByATriggerIsTrackedOnceADayAndAgainForAReplacedSecret() throws Exception {
        Credentials key = registry.secretText("gcr-key");
        FolderCredentials.add(folder, key);
        watch("gcr-key");
        pollWell();
        Map<String, Long> first = usesOf(key);
        assertEquals(Set.of("team/watching"), first.keySet());
        pollWell();
        assertEquals(first, usesOf(key), "an unchanged check writes nothing");

        registry.front.grantAccessToken("ya29.a0AfB_access-token", "p/*");
        Credentials other = text(CredentialsScope.GLOBAL, "gcr-key", "ya29.a0AfB_access-token");
        CredentialsStore store =
                CredentialsProvider.lookupStores(folder).iterator().next();
        store.updateCredentials(Domain.global(), key, other);
        assertEquals(Map.of(), usesOf(other));
        pollWell();
        assertEquals(Set.of("team/watching"), usesOf(other).keySet());
    }

    @Test
    void aRegistrysCredentialIsTrackedForTheJobsThatItServes() throws Exception {
        Credentials key = text(CredentialsScope.SYSTEM, "system-key", registry.key);
        SystemCredentialsProvider.getInstance().getCredentials().add(key);
        RegistriesConfiguration.get().getRegistries().get(0).setCredentialsId("system-key");
        watch(null);
        pollWell();
        assertEquals(Set.of("team/watching"), usesOf(key).keySet());
    }

    /** The credentials that a build may use: those of the user that it runs as, and those of the job if this user may use them. */
    @Test
    void aTriggerUsesCredentialsThatTheJobsBuildsMayUse() throws Exception {
        FolderCredentials.add(folder, registry.secretText("gcr-key"));
        watch("gcr-key");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("robot")
                .grant(Item.READ)
                .everywhere()
                .to("reader"));
        MockQueueItemAuthenticator authenticator = new MockQueueItemAuthenticator();
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(authenticator);
        authenticator.authenticate("team/watching", User.getById("robot", true).impersonate2());
        pollWell();
        authenticator.authenticate("team/watching", User.getById("reader", true).impersonate2());
        assertEquals("CONFIGURATION", poll().images().get(0).failureKind());
    }
}
