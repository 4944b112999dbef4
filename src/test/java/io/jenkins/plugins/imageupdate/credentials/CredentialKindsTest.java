package io.jenkins.plugins.imageupdate.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.google.jenkins.plugins.credentials.oauth.GoogleRobotMetadataCredentials;
import com.google.jenkins.plugins.credentials.oauth.GoogleRobotMetadataCredentialsModule;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.AmazonEcr;
import io.jenkins.plugins.imageupdate.harness.CanarySearch;
import io.jenkins.plugins.imageupdate.harness.CapturedLog;
import io.jenkins.plugins.imageupdate.harness.FolderCredentials;
import io.jenkins.plugins.imageupdate.harness.GoogleServices;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.Scripts;
import io.jenkins.plugins.imageupdate.harness.TicketCredentials;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.testing.DocumentedTable;
import io.jenkins.plugins.imageupdate.testing.EcrTokens;
import io.jenkins.plugins.imageupdate.testing.FakeGoogle;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.IdTokens;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import java.lang.reflect.Constructor;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.authentication.tokens.api.AuthenticationTokenException;
import jenkins.model.ModifiableTopLevelItemGroup;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Each kind of credential that people have, wherever it can be named. Google's and Amazon's token servers are on this machine. */
@WithSharedJenkins
@WithRegistry
class CredentialKindsTest {
    private static final String ACCOUNT = "images@p.iam.gserviceaccount.com";
    private static final Set<CredentialKind> UNUSABLE = EnumSet.of(CredentialKind.OTHER, CredentialKind.ROBOT_METADATA);

    private static JenkinsRule jenkins;
    private static RegistryFixture registry;
    private static GoogleServices services;
    private static Folder folder;
    private static CapturedLog log;

    /** A job whose form is open. */
    private static FreeStyleProject form;

    private static int jobs;

    @BeforeAll
    static void start(JenkinsRule rule, RegistryFixture fixture) throws Exception {
        jenkins = rule;
        registry = fixture;
        log = new CapturedLog();
        registry.push("p/app", "stable", "one");
        registry.configure();
        services = new GoogleServices();
        services.configure();
        services.google.know("reader@p.iam.gserviceaccount.com");
        for (int token = 1; token <= 200; token++) {
            registry.front.grantAccessToken("ya29.issued-by-google-" + token, "p/*");
        }
        registry.front.takeAccessTokens();
        AmazonEcr.install();
        amazonGives(Duration.ofHours(12));
        TicketCredentials.install();
        Constructor<?> metadata = GoogleRobotMetadataCredentials.Descriptor.class.getDeclaredConstructor(
                GoogleRobotMetadataCredentialsModule.class);
        metadata.setAccessible(true);
        ExtensionList.lookup(Descriptor.class)
                .add((Descriptor) metadata.newInstance(new GoogleRobotMetadataCredentialsModule()));
        folder = jenkins.createProject(Folder.class, "team");
        form = watching(jenkins.jenkins, "");
        for (CredentialKind kind : CredentialKind.values()) {
            addGlobal(kind.make(registry));
        }
        services.google.knowProvider(IdTokens.PROVIDER, published("oidc/jwks", CredentialKind.ID_TOKEN.id()));
    }

    @AfterEach
    void regular() {
        services.google.faults().clear();
        registry().setServiceAccount(null);
        registry().setCredentialsId(null);
    }

    @AfterAll
    static void stop() {
        services.close();
        log.close();
    }

    private static void amazonGives(Duration life) {
        String password = EcrTokens.password(Instant.now().plus(life));
        registry.front.grantUser("AWS", password, "p/*");
        AmazonEcr.gives(password);
    }

    private static void addGlobal(StandardCredentials credential) {
        if (credential != null) {
            SystemCredentialsProvider.getInstance().getCredentials().add(credential);
        }
    }

    /** The key that Jenkins publishes for the verification of an id token. */
    private static PublicKey published(String keys, String id) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            String text = client.goTo(keys, "application/json").getWebResponse().getContentAsString();
            for (Object one : JSONObject.fromObject(text).getJSONArray("keys")) {
                JSONObject key = (JSONObject) one;
                if (key.getString("kid").equals(id)) {
                    return KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
                }
            }
            throw new AssertionError(id + " is not among " + text);
        }
    }

    private static BigInteger number(JSONObject key, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.getString(field)));
    }

    private static ConfiguredRegistry registry() {
        return RegistriesConfiguration.get().getRegistries().get(0);
    }

    private static String image() {
        return registry.image("p/app", "stable");
    }

    /** The error of a step, empty if it reads the image with this credential. */
    private static String step(ItemGroup<?> where, String credentialsId, boolean named) throws Exception {
        WorkflowJob job = Scripts.job(
                jenkins,
                where,
                "job-" + ++jobs,
                "checkImageUpdate(image: '" + image() + "'" + (named ? ", credentialsId: '" + credentialsId + "'" : "")
                        + ")");
        Run<?, ?> run = jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
        String text = JenkinsRule.getLog(run);
        boolean read = text.contains(": first seen, sha256:");
        if (read) {
            assertTrue(text.contains("(credential '" + credentialsId + "')"), text);
        }
        return read ? "" : Scripts.onlyError(run);
    }

    private static FreeStyleProject watching(ItemGroup<?> where, String credentialsId) throws Exception {
        FreeStyleProject job = (FreeStyleProject) ((ModifiableTopLevelItemGroup) where)
                .createProject(
                        jenkins.jenkins.getDescriptorByType(FreeStyleProject.DescriptorImpl.class),
                        "job-" + ++jobs,
                        true);
        TriggerImage image = new TriggerImage(image());
        image.setCredentialsId(credentialsId);
        ImageUpdateTrigger trigger = new ImageUpdateTrigger("H H 1 1 *");
        trigger.setImages(List.of(image));
        job.addTrigger(trigger);
        return job;
    }

    /** The failure of a trigger's check, empty if it reads the image. */
    private static String trigger(FreeStyleProject job) throws Exception {
        CheckResult result = PollScene.poll(job).images().get(0);
        return result.failure() == null ? "" : result.failure();
    }

    private static String trigger(String credentialsId) throws Exception {
        return trigger(watching(jenkins.jenkins, credentialsId));
    }

    /** What "Test connection" says, empty if it reads the image. */
    private static String testConnection(String credentialsId) throws Exception {
        FormValidation answer = jenkins.jenkins
                .getDescriptorByType(ConfiguredRegistry.DescriptorImpl.class)
                .doTestConnection(
                        image(),
                        registry.front.host(),
                        credentialsId,
                        "30",
                        true,
                        true,
                        false,
                        false,
                        null,
                        null,
                        null,
                        "0",
                        null,
                        null,
                        null);
        return answer.kind == FormValidation.Kind.OK ? "" : answer.getMessage();
    }

    /** Whether a job's form offers it for a registry. */
    private static boolean offered(CredentialKind kind, String host) {
        return CredentialsChoice.list(form, "", new LoginTarget(RegistryEndpoint.of(host), true)).stream()
                .anyMatch(option -> option.value.equals(kind.id()));
    }

    private static String cell(boolean yes) {
        return yes ? "yes" : "no";
    }

    @Test
    void eachKindWorksWhereverItCanBeNamedAndTheFormsOfferItForItsRegistriesOnly() throws Exception {
        StringBuilder table =
                new StringBuilder("| credential | plugin | Google's registries | Amazon ECR | Docker Hub and"
                        + " other known ones | your own registry | step | trigger | registry's entry |\n|"
                        + " --- |".repeat(9) + "\n");
        Map<CredentialKind, String> failures = new EnumMap<>(CredentialKind.class);
        for (CredentialKind kind : CredentialKind.values()) {
            String id = kind.id();
            String inStep = step(jenkins.jenkins, id, true);
            String inTrigger = trigger(id);
            registry().setCredentialsId(id);
            String onEntry = step(jenkins.jenkins, id, false);
            registry().setCredentialsId(null);
            String tested = testConnection(id);
            boolean works = !UNUSABLE.contains(kind);
            for (String outcome : List.of(inStep, inTrigger, onEntry, tested)) {
                assertEquals(works, outcome.isEmpty(), () -> kind + ": " + outcome);
            }
            if (!works) {
                failures.put(kind, inTrigger);
            }
            table.append("| ")
                    .append(kind.title)
                    .append(" | ")
                    .append(kind.plugins)
                    .append(" |");
            for (String host : List.of(
                    "gcr.io", "123456789012.dkr.ecr.eu-west-1.amazonaws.com", "docker.io", "registry.example.com")) {
                table.append(' ').append(cell(offered(kind, host))).append(" |");
            }
            for (String outcome : List.of(inStep, inTrigger, onEntry)) {
                boolean lend = kind == CredentialKind.ROBOT_METADATA && outcome.contains("does not lend");
                table.append(' ')
                        .append(lend ? "if allowed" : cell(outcome.isEmpty()))
                        .append(" |");
            }
            table.append('\n');
        }
        String other = failures.get(CredentialKind.OTHER);
        assertTrue(other.contains("is of type") && other.contains("and none does"), other);
        String metadata = failures.get(CredentialKind.ROBOT_METADATA);
        assertTrue(metadata.contains("does not lend to this job"), metadata);
        DocumentedTable.require("google-keys.md", "credentials by registry", table.toString());
    }

    @Test
    void theMachinesIdentityIsOfferedOnlyWhereItIsLent() throws Exception {
        RegistryEndpoint google = RegistryEndpoint.of("gcr.io");
        String id = CredentialKind.ROBOT_METADATA.id();
        for (boolean lent : new boolean[] {true, false}) {
            assertEquals(
                    lent,
                    CredentialsChoice.list(form, "", new LoginTarget(google, lent)).stream()
                            .anyMatch(option -> option.value.equals(id)));
        }
    }

    @Test
    void anUnchangedImageCostsOneRequestWithEachKind() throws Exception {
        for (CredentialKind kind : EnumSet.complementOf(EnumSet.copyOf(UNUSABLE))) {
            FreeStyleProject job = watching(jenkins.jenkins, kind.id());
            assertEquals("", trigger(job), kind::name);
            assertEquals("", trigger(job), kind::name);
            registry.front.clear();
            int amazon = AmazonEcr.requests();
            int google = services.google.requests().size();
            for (int check = 0; check < 3; check++) {
                assertEquals("", trigger(job), kind::name);
            }
            assertEquals(3, registry.front.requests().size(), kind + ": " + registry.front.requests());
            assertEquals(amazon, AmazonEcr.requests(), kind + " asks Amazon for each check");
            assertEquals(google, services.google.requests().size(), kind + " asks Google for each check");
        }
    }

    @Test
    void amazonIsAskedOnceInTheLifeOfATokenAndAgainAfterARefusal() throws Exception {
        assertEquals("", trigger(AmazonEcr.ID));
        int before = AmazonEcr.requests();
        assertEquals("", trigger(AmazonEcr.ID), "another job");
        assertEquals("", step(jenkins.jenkins, AmazonEcr.ID, true));
        assertEquals(before, AmazonEcr.requests(), "one token serves all jobs of a folder");

        registry.front.expireTokens();
        registry.front
                .faults()
                .next(
                        RecordedRequest::isToken,
                        Fault.reply(
                                FakeGoogle.apiRefused(401, "UNAUTHENTICATED", "the authorization token has expired")));
        assertTrue(trigger(AmazonEcr.ID).contains("CREDENTIAL_REJECTED"));
        assertEquals("", trigger(AmazonEcr.ID));
        assertEquals(before + 1, AmazonEcr.requests());
    }

    @Test
    void anExpiredTokenOfAmazonIsNamedWithItsEnd() throws Exception {
        amazonGives(Duration.ofHours(-1));
        try {
            String failure = trigger(watching(folder, AmazonEcr.ID));
            assertTrue(failure.contains("the ECR token expired at"), failure);
            assertTrue(failure.contains("'" + AmazonEcr.ID + "'"), failure);
        } finally {
            amazonGives(Duration.ofHours(12));
        }
    }

    @Test
    void anIdTokenOfAFolderIsForBuildsAndATriggerSaysSo() throws Exception {
        IdTokenStringCredentials token = new IdTokenStringCredentials(CredentialsScope.GLOBAL, "of-folder", "");
        String provider = IdTokens.PROVIDER.replace("/jenkins", "/folder");
        token.setAudience("https:" + provider);
        FolderCredentials.add(folder, token);
        services.google.knowProvider(provider, published("oidc/job/team/jwks", "of-folder"));
        assertEquals("", step(folder, "of-folder", true));

        int google = services.google.requests().size();
        String failure = trigger(watching(folder, "of-folder"));
        assertTrue(failure.contains("inside a build only") && failure.contains("checkImageUpdate"), failure);
        assertTrue(failure.contains("CONFIGURATION"), failure);
        assertEquals(google, services.google.requests().size(), "the token was not sent");
    }

    @Test
    void theEntrysServiceAccountIsImpersonatedByIdTokens() throws Exception {
        services.google.lend(ACCOUNT);
        registry().setServiceAccount(ACCOUNT);
        assertEquals("", trigger(CredentialKind.ID_TOKEN.id()));
        assertTrue(services.google.requests().stream()
                .anyMatch(request -> request.path().contains(ACCOUNT + ":generateAccessToken")));

        registry().setServiceAccount("other@p.iam.gserviceaccount.com");
        String failure = trigger(CredentialKind.ID_TOKEN.id());
        assertTrue(failure.contains("roles/iam.workloadIdentityUser"), failure);
        assertTrue(failure.contains("\"other@p.iam.gserviceaccount.com\""), failure);
    }

    @Test
    void aRefusalOfGooglesExchangeIsToldWithItsWordsAndThePool() throws Exception {
        services.google
                .faults()
                .always(
                        request -> request.path().equals("/v1/token"),
                        Fault.reply(FakeGoogle.refused(
                                "unauthorized_client",
                                "The given credential is rejected by the attribute condition.")));
        IdTokenStringCredentials token = new IdTokenStringCredentials(CredentialsScope.GLOBAL, "refused", "");
        token.setAudience(IdTokens.AUDIENCE);
        addGlobal(token);
        String failure = trigger("refused");
        assertTrue(failure.contains("pool \"ci\", provider \"jenkins\""), failure);
        assertTrue(failure.contains("rejected by the attribute condition"), failure);
        assertEquals(1, failure.lines().count(), failure);
    }

    @Test
    void anIdTokenWithoutAudienceIsRefusedWithWhatIsWanted() throws Exception {
        addGlobal(new IdTokenStringCredentials(CredentialsScope.GLOBAL, "no-audience", ""));
        String failure = trigger("no-audience");
        assertTrue(failure.contains("without an audience"), failure);
        assertTrue(failure.contains("workloadIdentityPools/POOL/providers/PROVIDER"), failure);
    }

    @Test
    void aReplacedIdTokenIsUsedAtOnce() throws Exception {
        IdTokenStringCredentials first = new IdTokenStringCredentials(CredentialsScope.GLOBAL, "replaced", "");
        first.setAudience(IdTokens.AUDIENCE.replace("/jenkins", "/replaced"));
        addGlobal(first);
        services.google.knowProvider(
                IdTokens.PROVIDER.replace("/jenkins", "/replaced"), published("oidc/jwks", "replaced"));
        FreeStyleProject job = watching(jenkins.jenkins, "replaced");
        assertEquals("", trigger(job));
        SystemCredentialsProvider.getInstance().getCredentials().remove(first);
        addGlobal(new IdTokenStringCredentials(CredentialsScope.GLOBAL, "replaced", ""));
        assertTrue(trigger(job).contains("without an audience"));
    }

    @Test
    void aConverterThatThrowsOrGivesNothingUsefulIsNamedOnOneLine() throws Exception {
        addGlobal(new TicketCredentials("ticket"));
        String words = "words that may be a secret";
        TicketCredentials.converts(() -> {
            throw new IllegalStateException(words);
        });
        String thrown = trigger("ticket");
        assertTrue(thrown.contains("credential 'ticket' failed with java.lang.IllegalStateException"), thrown);
        TicketCredentials.converts(() -> {
            throw new AuthenticationTokenException(words);
        });
        String nothing = trigger("ticket");
        assertTrue(nothing.contains("gave no login"), nothing);
        TicketCredentials.converts(() -> "not base64!");
        String useless = trigger("ticket");
        assertTrue(useless.contains("not base64 of user:password"), useless);
        assertFalse((thrown + nothing + useless).contains(words));
        TicketCredentials.converts(() -> TicketCredentials.encoded("ticket:the password of a ticket"));
    }

    @Test
    void noSecretLeavesThePlacesWhereItBelongs() throws Exception {
        for (CredentialKind kind : CredentialKind.values()) {
            step(jenkins.jenkins, kind.id(), true);
            trigger(kind.id());
        }
        CanarySearch search = CanarySearch.of(registry);
        for (String token : services.google.issued()) {
            search.secret("an access token", token);
        }
        for (String body : services.google.bodies()) {
            String idToken = FakeGoogle.field(body, "subject_token");
            if (!idToken.isEmpty()) {
                search.secret("an id token", idToken);
            }
            assertEquals(List.of(), CanarySearch.of(registry).in(body), "sent to Google");
        }
        assertEquals(List.of(), search.under(jenkins.jenkins.getRootDir().toPath()));
        assertEquals(List.of(), search.inOrEncryptedIn(log.text()));
        assertTrue(log.text().contains(image()), "the log was captured");
    }
}
