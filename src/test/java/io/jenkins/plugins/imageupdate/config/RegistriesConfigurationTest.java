package io.jenkins.plugins.imageupdate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.harness.WithSharedJenkins;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The registries of the global configuration: the entry that applies to an image, and the form. */
@WithSharedJenkins
class RegistriesConfigurationTest {
    private static JenkinsRule jenkins;
    private static RegistriesConfiguration configuration;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        configuration = RegistriesConfiguration.get();
    }

    @AfterEach
    void reset() {
        configuration.setRegistries(List.of());
        configuration.setListedOnly(false);
    }

    private void configure(String... prefixes) {
        configuration.setRegistries(
                List.of(prefixes).stream().map(ConfiguredRegistry::new).toList());
    }

    private void assertFound(String prefix, String image) {
        ConfiguredRegistry found = configuration.find(ImageReference.parse(image));
        assertEquals(prefix, found == null ? null : found.getPrefix(), image);
    }

    @Test
    void theLongestEntryOfWholeSegmentsCounts() {
        configure("gcr.io", "gcr.io/team", "gcr.io/team/app", "gcr.io:5000", "eu.gcr.io/team");
        assertFound("gcr.io", "gcr.io/other/app");
        assertFound("gcr.io", "gcr.io/team-two/app");
        assertFound("gcr.io", "gcr.io/teams");
        assertFound("gcr.io/team", "gcr.io/team/web:stable");
        assertFound("gcr.io/team", "gcr.io/team");
        assertFound("gcr.io/team", "GCR.IO/team/web");
        assertFound("gcr.io/team", "gcr.io/team/app-two");
        assertFound("gcr.io/team/app", "gcr.io/team/app:1.2@sha256:" + "a".repeat(64));
        assertFound("gcr.io/team/app", "gcr.io/team/app/base");
        assertFound("gcr.io:5000", "gcr.io:5000/team/app");
        assertFound("eu.gcr.io/team", "eu.gcr.io/team/app");
    }

    @Test
    void anEntryDoesNotCoverLookAlikeHosts() {
        configure("gcr.io", "registry.example.com:5000");
        for (String image : List.of(
                "gcr.io.evil.example/team/app",
                "notgcr.io/team/app",
                "eu.gcr.io/team/app",
                "gcr.io:443/team/app",
                "evil.example/gcr.io/team/app",
                "gcr.i/o/app",
                "registry.example.com/app",
                "registry.example.com:500/app",
                "registry.example.com:50000/app",
                "nginx")) {
            assertFound(null, image);
        }
        assertFound("registry.example.com:5000", "registry.example.com:5000/app");
    }

    @Test
    void allNamesOfDockerHubAreOneRegistry() {
        for (String written : List.of("docker.io", "index.docker.io", "Docker.IO", " docker.io/ ")) {
            configure(written);
            for (String image : List.of("nginx", "docker.io/nginx", "team/app", "index.docker.io/team/app")) {
                assertFound("docker.io", image);
            }
        }
        configure("docker.io/library", "docker.io/team");
        assertFound("docker.io/library", "nginx:1.27");
        assertFound("docker.io/team", "team/app");
        assertFound(null, "other/app");
    }

    @Test
    void anInvalidRegistryIsRefused() {
        for (String wrong : List.of(
                "",
                "/",
                "team",
                "team/app",
                "library/nginx",
                "https://gcr.io",
                "gcr.io/Team",
                "gcr.io/app:stable",
                "gcr.io//app",
                "gcr.io:port",
                "gcr.io:99999",
                "gcr .io")) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> new ConfiguredRegistry(wrong), wrong);
            assertTrue(refusal.getMessage().contains(wrong.replaceAll("/$", "")), refusal.getMessage());
        }
    }

    private static ConfiguredRegistry full() {
        ConfiguredRegistry registry = new ConfiguredRegistry("registry.example.com:5000/team");
        registry.setCredentialsId("registry-key");
        registry.setParallel(3);
        registry.setTimeoutSeconds(45);
        registry.setPlainHttp(true);
        registry.setGoogleKeysAllowed(true);
        registry.setSignLocally(true);
        registry.setRequestsPerMinute(30);
        registry.setMirror("mirror.example.com:5001");
        registry.setMinimumAge("12h");
        registry.setPushTimesBelieved(true);
        registry.setHeadersSecretId("access-headers");
        registry.setAllowedAddresses(List.of("198.18.0.0/15", "fd00::/8"));
        registry.setControllerIdentity(true);
        registry.setControllerIdentityFolders(List.of("team", "other/folder"));
        return registry;
    }

    private static StringCredentialsImpl text(String id, String secret) {
        return new StringCredentialsImpl(CredentialsScope.SYSTEM, id, "", Secret.fromString(secret));
    }

    @Test
    void aWrongValueIsNamedWhileItIsTyped() {
        ConfiguredRegistry.DescriptorImpl form =
                jenkins.jenkins.getDescriptorByType(ConfiguredRegistry.DescriptorImpl.class);
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .addAll(List.of(text("headers", "A: 1\n\nB: 2"), text("token", "A: 1\nsecret-value")));
        for (FormValidation fine : List.of(
                form.doCheckRequestsPerMinute("30"),
                form.doCheckMirror(""),
                form.doCheckMirror("mirror.gcr.io"),
                form.doCheckMirror("localhost:5000"),
                form.doCheckAllowedAddresses("198.18.0.0/15, fd00::/8"),
                form.doCheckHeadersSecretId(""),
                form.doCheckHeadersSecretId("headers"))) {
            assertEquals(FormValidation.Kind.OK, fine.kind, fine::getMessage);
        }
        assertError("Not a number", form.doCheckRequestsPerMinute("often"));
        assertError("Not a number", form.doCheckRequestsPerMinute("0.5"));
        assertError("600,000", form.doCheckRequestsPerMinute("999999"));
        assertError("\"https://mirror.gcr.io\" is not a valid registry", form.doCheckMirror("https://mirror.gcr.io"));
        assertError("\"mirror\" does not begin with the host of a registry", form.doCheckMirror("mirror"));
        assertError("'3days' is not a minimum age", form.doCheckMinimumAge("3days"));
        assertError("\"10.0.0.0/33\" is not a range of addresses", form.doCheckAllowedAddresses("10.0.0.0/33"));
        assertError("no Secret text credential has the id 'none'", form.doCheckHeadersSecretId("none"));
        FormValidation notHeaders = form.doCheckHeadersSecretId("token");
        assertError("the extra headers of credential 'token': line 2 is not a header", notHeaders);
        assertFalse(notHeaders.getMessage().contains("secret-value"), notHeaders::getMessage);
    }

    private static void assertError(String words, FormValidation answer) {
        assertEquals(FormValidation.Kind.ERROR, answer.kind);
        String message = answer.getMessage().replace("&quot;", "\"").replace("&#039;", "'");
        assertTrue(message.contains(words), message);
    }

    @Test
    void theFormKeepsEveryField() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .addAll(List.of(
                        text("registry-key", "ya29.token"), text("access-headers", "CF-Access-Client-Id: abc")));
        List<ConfiguredRegistry> before = List.of(full(), new ConfiguredRegistry("gcr.io"));
        configuration.setRegistries(before);
        configuration.setListedOnly(true);
        configuration.setCheckAfterStart(true);
        jenkins.configRoundtrip();
        assertEquals(before, configuration.getRegistries());
        assertTrue(configuration.isListedOnly());
        assertTrue(configuration.isCheckAfterStart());
        configuration.setRegistries(List.of());
        configuration.load();
        assertTrue(configuration.isListedOnly(), "it was saved");
        assertTrue(configuration.isCheckAfterStart(), "it was saved");
    }

    private interface Edit {
        void in(HtmlForm form) throws Exception;
    }

    private Page submit(Edit edit) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlForm form = client.goTo("manage/configure").getFormByName("config");
            edit.in(form);
            return jenkins.submit(form);
        }
    }

    private static List<HtmlInput> prefixes(HtmlForm form) {
        return form.getInputsByName("_.prefix");
    }

    @Test
    void entriesCanBeRemovedDownToTheLast() throws Exception {
        configure("gcr.io", "quay.io");
        for (List<String> left : List.of(List.of("quay.io"), List.<String>of())) {
            submit(form -> {
                HtmlElement entry = prefixes(form).get(0).getEnclosingElement("div");
                while (!entry.getAttribute("class").contains("repeated-chunk")) {
                    entry = (HtmlElement) entry.getParentNode();
                }
                entry.remove();
            });
            assertEquals(left, names());
            configuration.load();
            assertEquals(left, names(), "it was saved");
        }
    }

    private List<String> names() {
        return configuration.getRegistries().stream()
                .map(ConfiguredRegistry::getPrefix)
                .toList();
    }

    @Test
    void theFormIsRefusedInOneLineAndChangesNothing() throws Exception {
        configure("gcr.io", "quay.io");
        for (List<String> wrong : List.of(
                List.of("gcr.io", "There are two entries for \"gcr.io\""),
                List.of("index.docker.io/Team", "lower-case letters only"),
                List.of("team", "does not begin with the host of a registry"))) {
            Page answer = submit(form -> prefixes(form).get(1).setValue(wrong.get(0)));
            assertEquals(400, answer.getWebResponse().getStatusCode());
            String text = ((HtmlPage) answer).asNormalizedText();
            assertTrue(text.contains(wrong.get(1)), text);
            assertFalse(text.contains("Stack trace"), text);
            assertEquals(List.of("gcr.io", "quay.io"), names());
        }
        assertFalse(configuration.isListedOnly());
        assertFalse(configuration.isCheckAfterStart());
    }

    @Test
    void aHandEditedFileDoesNotStopJenkinsFromChecking() throws Exception {
        configure("gcr.io", "quay.io");
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(RegistriesConfiguration.class.getName() + ".xml");
        String xml = Files.readString(file);
        Files.writeString(file, xml.replace("<prefix>quay.io</prefix>", ""));
        configuration.load();
        assertFound("gcr.io", "gcr.io/p/app");
        assertNull(configuration.named("quay.io"));
        assertEquals(List.of("gcr.io"), names());
    }
}
