package io.jenkins.plugins.imageupdate.registry.auth.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.testing.FakeGoogle;
import io.jenkins.plugins.imageupdate.testing.FakeMetadataServer;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A workload's own token from a file or a URL, exchanged for one of Google's (AIP-4117). */
class WorkloadIdentityFederationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUBJECT = "subject.canary.token";
    private static final String AUDIENCE =
            "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/k8s";
    private static final String BORROWING =
            "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/%s:generateAccessToken";

    private final GoogleFixture fixture = new GoogleFixture();

    @TempDir
    Path folder;

    @BeforeEach
    void trust() {
        fixture.google.trust(SUBJECT);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private ObjectNode configuration(String source) throws IOException {
        ObjectNode document = JSON.createObjectNode()
                .put("type", "external_account")
                .put("audience", AUDIENCE)
                .put("subject_token_type", "urn:ietf:params:oauth:token-type:jwt")
                .put("token_url", "https://sts.googleapis.com/v1/token");
        document.set("credential_source", JSON.readTree(source));
        return document;
    }

    private String fileSource(String content) throws IOException {
        Path path = Files.writeString(folder.resolve("subject"), content);
        return JSON.createObjectNode().put("file", path.toString()).toString();
    }

    private String fetch(JsonNode configuration) throws IOException {
        use(configuration);
        return fixture.fetch(GoogleFixture.controller());
    }

    private String problem(FailureKind kind, JsonNode configuration) throws IOException {
        use(configuration);
        RegistryException failure = fixture.failure(GoogleFixture.controller());
        assertEquals(kind, failure.kind(), failure.detail());
        assertFalse(failure.detail().contains("canary"), failure.detail());
        return failure.detail();
    }

    private void use(JsonNode configuration) throws IOException {
        fixture.file = Files.writeString(folder.resolve("adc.json"), configuration.toString())
                .toString();
    }

    @Test
    void aTokenInAFileIsExchanged() throws Exception {
        assertEquals("ya29.issued-by-google-1", fetch(configuration(fileSource(SUBJECT + "\n"))));

        assertEquals("/v1/token", fixture.google.requests().get(0).path());
        String form = fixture.google.bodies().get(0);
        Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:token-exchange",
                        "requested_token_type",
                        "urn:ietf:params:oauth:token-type:access_token",
                        "subject_token_type",
                        "urn:ietf:params:oauth:token-type:jwt",
                        "audience",
                        AUDIENCE,
                        "scope",
                        GoogleEndpoints.SCOPE,
                        "subject_token",
                        SUBJECT)
                .forEach((name, value) -> assertEquals(value, FakeGoogle.field(form, name), name));
    }

    @Test
    void aTokenInAJsonFileIsExchanged() throws Exception {
        ObjectNode source = (ObjectNode) JSON.readTree(fileSource("{\"id_token\":\"" + SUBJECT + "\"}"));
        source.putObject("format").put("type", "json").put("subject_token_field_name", "id_token");
        assertEquals("ya29.issued-by-google-1", fetch(configuration(source.toString())));
    }

    @Test
    void aTokenOfAUrlOnThisMachineIsExchanged() throws Exception {
        try (FakeMetadataServer agent = FakeMetadataServer.start()) {
            agent.faults()
                    .always(
                            request -> request.header("X-Proof").orElse("").equals("canary"),
                            Fault.reply(Reply.of(200, "text/plain", SUBJECT)));
            ObjectNode source = JSON.createObjectNode().put("url", agent.origin() + "/identity");
            source.putObject("headers").put("X-Proof", "canary");
            assertEquals("ya29.issued-by-google-1", fetch(configuration(source.toString())));
        }
    }

    @Test
    void aServiceAccountIsBorrowedWithTheNarrowestScopes() throws Exception {
        ObjectNode configuration = configuration(fileSource(SUBJECT));
        configuration.put("service_account_impersonation_url", BORROWING.formatted(GoogleFixture.ACCOUNT));
        configuration.putObject("service_account_impersonation").put("token_lifetime_seconds", 1200);
        assertEquals("ya29.issued-by-google-2", fetch(configuration));

        assertEquals(
                GoogleEndpoints.BORROWING_SCOPE,
                FakeGoogle.field(fixture.google.bodies().get(0), "scope"));
        RecordedRequest borrowing = fixture.google.requests().get(1);
        assertEquals(
                "/v1/projects/-/serviceAccounts/" + GoogleFixture.ACCOUNT + ":generateAccessToken", borrowing.path());
        assertEquals("Bearer ya29.issued-by-google-1", borrowing.authorization().orElse(""));
        assertEquals(
                JSON.readTree("{\"lifetime\":\"1200s\",\"scope\":[\"" + GoogleEndpoints.SCOPE + "\"]}"),
                JSON.readTree(fixture.google.bodies().get(1)));
    }

    @Test
    void refusalsSayWhichServiceRefused() throws Exception {
        String problem = problem(FailureKind.CREDENTIAL_REJECTED, configuration(fileSource("expired")));
        assertTrue(problem.startsWith("the workload identity pool's provider does not accept"), problem);

        ObjectNode configuration = configuration(fileSource(SUBJECT));
        configuration.put("service_account_impersonation_url", BORROWING.formatted(GoogleFixture.ACCOUNT));
        String words = "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).";
        fixture.google
                .faults()
                .always(
                        request -> request.path().startsWith("/v1/projects"),
                        Fault.reply(FakeGoogle.apiRefused(403, "PERMISSION_DENIED", words)));
        problem = problem(FailureKind.CREDENTIAL_REJECTED, configuration);
        assertTrue(problem.startsWith("the federated identity may not borrow the service account"), problem);
        assertTrue(problem.contains(words), problem);
    }

    @ParameterizedTest
    @CsvSource({
        "token_url,https://sts.googleapis.com.evil.example/v1/token",
        "token_url,http://sts.googleapis.com/v1/token",
        "service_account_impersonation_url,https://evil.example/v1/projects/-/serviceAccounts/a@b:generateAccessToken",
        "service_account_impersonation_url,https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/../a",
        "universe_domain,example.com"
    })
    void otherAddressesThanGooglesAreRefused(String field, String value) throws Exception {
        String problem = problem(
                FailureKind.CONFIGURATION, configuration(fileSource(SUBJECT)).put(field, value));
        assertTrue(problem.contains("refused: its \"" + field + "\" is not"), problem);
        assertEquals(0, fixture.google.requests().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"executable\":{\"command\":\"/bin/canary\"}}|a program to run",
                "{\"environment_id\":\"aws1\",\"url\":\"http://169.254.169.254/canary\"}|of AWS",
                "{\"file\":\"canary\",\"url\":\"https://canary.example\"}|one only",
                "{}|one only",
                "{\"file\":\"/nowhere/canary\"}|cannot be read",
                "{\"file\":\"x\",\"format\":{\"type\":\"xml\"}}|has to be \"text\"",
                "{\"file\":\"x\",\"format\":{\"type\":\"json\"}}|subject_token_field_name",
                "{\"url\":\"https://a.example\",\"headers\":{\"Host\":\"canary\"}}|are not valid",
                "{\"url\":\"https://a.example\",\"headers\":{\"A\":\"canary\\n\"}}|are not valid",
                "{\"url\":\"file:///etc/canary\"}|are not valid"
            })
    void otherSourcesAreRefused(String source, String explanation) throws Exception {
        String problem = problem(FailureKind.CONFIGURATION, configuration(source));
        assertTrue(problem.contains(explanation), problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://canary.example/token",
                "http://10.0.0.1/token",
                "http://127.0.0.1.canary.example/",
                "http://localhost.canary.example/",
                "http://user@localhost/"
            })
    void aTokenDoesNotTravelUnencrypted(String url) throws Exception {
        String problem = problem(FailureKind.CONFIGURATION, configuration("{\"url\":\"" + url + "\"}"));
        assertTrue(problem.contains("neither https nor on this machine"), problem);
    }

    @Test
    void emptySourcesAndRefusalsOfTheUrlAreNamed() throws Exception {
        assertTrue(problem(FailureKind.CONFIGURATION, configuration(fileSource(" \n")))
                .contains("holds no token"));
        try (FakeMetadataServer agent = FakeMetadataServer.start()) {
            String source = "{\"url\":\"" + agent.origin() + "/canary\"}";
            assertTrue(problem(FailureKind.CONFIGURATION, configuration(source)).contains("answers HTTP 403"));
        }
    }

    @Test
    void nothingSecretIsInAText() throws Exception {
        ObjectNode source = JSON.createObjectNode().put("url", "https://a.example/?canary");
        source.putObject("headers").put("Authorization", "Bearer canary");
        String text = ExternalAccount.parse(configuration(source.toString())).toString();
        assertFalse(text.contains("canary"), text);
    }
}
