package io.jenkins.plugins.imageupdate.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Fingerprint;
import hudson.model.ItemGroup;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.FolderCredentials;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.Scripts;
import io.jenkins.plugins.imageupdate.harness.SharedJenkins;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The credentials that a job may use, and the messages for those that it may not use. */
@WithRegistry
class CredentialsTest extends SharedJenkins {
    private RegistryFixture registry;
    private Folder folder;

    @BeforeEach
    void start(RegistryFixture fixture) throws Exception {
        registry = fixture;
        registry.push("p/app", "stable", "one");
        folder = jenkins.createProject(Folder.class, "team");
    }

    private static StringCredentialsImpl text(CredentialsScope scope, String id, String secret) {
        return new StringCredentialsImpl(scope, id, "a secret", Secret.fromString(secret));
    }

    private WorkflowRun check(ItemGroup<?> where, Result expected, String credentialsId) throws Exception {
        WorkflowJob job = Scripts.job(
                jenkins,
                where,
                "checks-with-" + credentialsId,
                "def r = checkImageUpdate(image: '" + registry.image("p/app", "stable") + "', credentialsId: '"
                        + credentialsId + "')\n"
                        + "echo \"${r.images[0].status} ${r.images[0].digest}\"");
        return jenkins.buildAndAssertStatus(expected, job);
    }

    private void assertRefused(WorkflowRun run, String id, String... words) throws Exception {
        String line = Scripts.onlyError(run);
        for (String word : words) {
            assertTrue(line.contains(word), () -> word + " is not in: " + line);
        }
        assertTrue(line.contains("'" + id + "'"), line);
        assertEquals(List.of(), registry.front.tokensIssued(), "nothing was asked with it");
    }

    @Test
    void jobsInAFolderMayUseEveryKindOfCredentialOfTheFolder() throws Exception {
        registry.front.grantAccessToken("ya29.a0AfB_access-token", "p/*");
        registry.front.grantUser("reader", "the password of a reader", "p/*");
        FolderCredentials.add(
                folder,
                registry.secretFile("key-file"),
                registry.secretText("key-text"),
                registry.login("key-login"),
                text(CredentialsScope.GLOBAL, "token", "ya29.a0AfB_access-token"),
                new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "login", "a login", "reader", "the password of a reader"));
        for (String id : List.of("key-file", "key-text", "key-login", "token", "login")) {
            WorkflowRun run = check(folder, Result.SUCCESS, id);
            jenkins.assertLogContains("NEW sha256:", run);
            jenkins.assertLogContains("(credential '" + id + "')", run);
            assertEquals(List.of("team/checks-with-" + id), usersOf(id, run), "usage is tracked");
        }
        assertEquals(
                List.of("_json_key", "oauth2accesstoken", "reader"),
                registry.front.tokensIssued().stream()
                        .map(token -> token.user())
                        .distinct()
                        .toList());
    }

    private static List<String> usersOf(String id, WorkflowRun run) throws Exception {
        Credentials credentials = CredentialsProvider.findCredentialById(
                id, com.cloudbees.plugins.credentials.common.IdCredentials.class, run);
        assertNotNull(credentials);
        Fingerprint usage = CredentialsProvider.getFingerprintOf(credentials);
        assertNotNull(usage);
        return usage.getJobs();
    }

    @Test
    void aJobOutsideTheFolderMayNotUseItsCredentials() throws Exception {
        FolderCredentials.add(folder, registry.secretFile("gcr-key"));
        assertRefused(check(jenkins.jenkins, Result.FAILURE, "gcr-key"), "gcr-key", "no credential with id");
        Folder beside = jenkins.createProject(Folder.class, "team-two");
        assertRefused(check(beside, Result.FAILURE, "gcr-key"), "gcr-key", "no credential with id");
        check(folder.createProject(Folder.class, "inner"), Result.SUCCESS, "gcr-key");
    }

    @Test
    void ofTwoCredentialsWithOneIdTheOneInTheNearestFolderIsUsed() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(text(CredentialsScope.GLOBAL, "gcr-key", "a-token-that-was-not-granted"));
        FolderCredentials.add(folder, registry.secretFile("gcr-key"));
        check(folder, Result.SUCCESS, "gcr-key");
        String line = Scripts.onlyError(check(jenkins.jenkins, Result.FAILURE, "gcr-key"));
        assertTrue(line.contains("CREDENTIAL_REJECTED"), line);
        assertFalse(line.contains("was-not-granted"), line);
    }

    @Test
    void systemCredentialsAreForConfiguredRegistriesAndNotForJobs() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(text(CredentialsScope.SYSTEM, "system-key", registry.key));
        assertRefused(check(folder, Result.FAILURE, "system-key"), "system-key", "no credential with id");

        ConfiguredRegistry configured =
                RegistriesConfiguration.get().getRegistries().get(0);
        configured.setCredentialsId("system-key");
        WorkflowJob job =
                Scripts.job(jenkins, folder, "unnamed", "checkImageUpdate '" + registry.image("p/app", "stable") + "'");
        jenkins.assertLogContains("(credential 'system-key')", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void aCredentialOfAnotherTypeIsNamedWithItsTypeAndId() throws Exception {
        FolderCredentials.add(folder, certificate("certificate"));
        assertRefused(
                check(folder, Result.FAILURE, "certificate"),
                "certificate",
                "is of type",
                "Certificate",
                "Secret file",
                "Secret text",
                "username with password");
    }

    private static CertificateCredentialsImpl certificate(String id) throws Exception {
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        empty.store(out, "a long password".toCharArray());
        return new CertificateCredentialsImpl(
                CredentialsScope.GLOBAL,
                id,
                "a certificate",
                "a long password",
                new CertificateCredentialsImpl.UploadedKeyStoreSource(
                        null, com.cloudbees.plugins.credentials.SecretBytes.fromBytes(out.toByteArray())));
    }
}
