package io.jenkins.plugins.imageupdate.registry.auth.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.AccessToken;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleAuthentication.WorkloadIdentity;
import io.jenkins.plugins.imageupdate.testing.FakeGoogle;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.IdTokens;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Id tokens as credentials: recognised, exchanged for an access token of Google, and otherwise refused with what they are. */
class IdTokenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCOUNT = "images@p.iam.gserviceaccount.com";

    private final GoogleFixture fixture = new GoogleFixture();

    @BeforeEach
    void trust() {
        fixture.google.knowProvider(IdTokens.PROVIDER, IdTokens.publicKey());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static Authentication login(ObjectNode claims) {
        return Authentications.ofSecret("id-token", IdTokens.sign(claims));
    }

    private String refusal(Authentication login) {
        RegistryException failure = fixture.failure(login);
        assertEquals(FailureKind.CREDENTIAL_REJECTED, failure.kind(), failure.detail());
        return failure.detail();
    }

    private static String problem(String secret) {
        return assertThrows(IllegalArgumentException.class, () -> Authentications.ofSecret("id-token", secret))
                .getMessage();
    }

    @Test
    void anIdTokenIsExchangedForAReadOnlyAccessToken() {
        Authentication login = login(IdTokens.claims());
        assertEquals("ya29.issued-by-google-1", fixture.fetch(login));
        assertEquals("ya29.issued-by-google-1", fixture.fetch(login), "which is kept");

        assertEquals(1, fixture.google.requests().size());
        String form = fixture.google.bodies().get(0);
        assertEquals(IdTokens.PROVIDER, FakeGoogle.field(form, "audience"));
        assertEquals(GoogleEndpoints.SCOPE, FakeGoogle.field(form, "scope"));
        assertEquals("urn:ietf:params:oauth:token-type:jwt", FakeGoogle.field(form, "subject_token_type"));
    }

    @Test
    void aServiceAccountIsBorrowedIfTheRegistryNamesOne() {
        fixture.google.lend(ACCOUNT);
        Authentication own = login(IdTokens.claims());
        Authentication borrowing = Authentications.borrowing(own, ACCOUNT);
        assertNotEquals(own.fingerprint(), borrowing.fingerprint());
        assertEquals("ya29.issued-by-google-2", fixture.fetch(borrowing));
        assertEquals(
                GoogleEndpoints.BORROWING_SCOPE,
                FakeGoogle.field(fixture.google.bodies().get(0), "scope"));

        String denied = refusal(Authentications.borrowing(own, "other@p.iam.gserviceaccount.com"));
        assertTrue(
                denied.contains("service account \"other@p.iam.gserviceaccount.com\": the federated identity may not"),
                denied);
        assertTrue(denied.contains("roles/iam.workloadIdentityUser"), denied);
        assertTrue(denied.contains("Permission 'iam.serviceAccounts.getAccessToken' denied"), denied);
    }

    @Test
    void onlyIdTokensBorrow() {
        Authentication key = Authentications.ofSecret("key", GoogleFixture.KEY);
        assertEquals(key, Authentications.borrowing(key, ACCOUNT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"x\",\"%s\"]", "\"%s\"", "[\"%s\"]"})
    void theAudienceMayStandAloneOrInAList(String form) throws IOException {
        ObjectNode claims = IdTokens.claims();
        for (String audience : new String[] {IdTokens.AUDIENCE, IdTokens.PROVIDER}) {
            claims.set("aud", JSON.readTree(form.formatted(audience)));
            WorkloadIdentity login = assertInstanceOf(WorkloadIdentity.class, login(claims));
            assertEquals(IdTokens.PROVIDER, login.token().audience());
            assertEquals("ci", login.token().pool());
            assertEquals("jenkins", login.token().provider());
        }
    }

    @Test
    void usersOfAccessTokensMayHaveAnIdToken() {
        String token = IdTokens.sign(IdTokens.claims());
        assertInstanceOf(
                WorkloadIdentity.class, Authentications.ofUserPassword("login", "oauth2accesstoken", token + "\n"));
        Authentication other = Authentications.ofUserPassword("login", "robot", token);
        assertInstanceOf(Authentication.UserPassword.class, other, "some registries take a JSON Web Token as password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ya29.a0AfB_access", "ya29.c.b0Aaek", "a.b.c", "e30.e30.e30", "plain"})
    void otherTokensAreAccessTokens(String token) {
        assertInstanceOf(AccessToken.class, Authentications.ofSecret("token", token));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"https://artifactregistry.googleapis.com/\"|for the audience \"https://artifactregistry.googleapis.com/\"",
                "[\"sts.amazonaws.com\",\"vault\"]|for the audience \"sts.amazonaws.com\", \"vault\"",
                "\"//iam.googleapis.com/locations/global/workforcePools/p/providers/q\"|for the audience \"//iam",
                "\"https://iam.googleapis.com.example.com/projects/1/locations/global/workloadIdentityPools/a/providers/b\"|for the audience",
                "null|without an audience",
                "[]|without an audience",
                "[null,\" \"]|without an audience"
            })
    void otherJsonWebTokensAreRefusedWithWhatTheyAreAndWhatIsWanted(String audience, String words) throws IOException {
        ObjectNode claims = IdTokens.claims();
        claims.set("aud", JSON.readTree(audience));
        String token = IdTokens.sign(claims);
        String problem = problem(token);
        assertTrue(problem.contains("JSON Web Token " + words) && problem.contains(IdTokens.ISSUER), problem);
        assertTrue(problem.contains("workloadIdentityPools/POOL/providers/PROVIDER"), problem);
        assertFalse(problem.contains(token.split("\\.")[1]), problem);
        assertEquals(0, fixture.google.requests().size());
    }

    @Test
    void anEncryptedTokenIsRefused() {
        String header = java.util.Base64.getUrlEncoder()
                .encodeToString("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}".getBytes());
        assertTrue(problem(header + ".a.b.c.d").contains("an encrypted JSON Web Token"));
    }

    @Test
    void anExpiredIdTokenIsRefusedWithItsEnd() {
        String problem = problem(IdTokens.sign(IdTokens.claims().put("exp", 1_700_000_000)));
        assertTrue(problem.contains("expired at " + Instant.ofEpochSecond(1_700_000_000)), problem);
        assertTrue(problem.contains("makes a new one each time"), problem);
    }

    @Test
    void aRefusalOfTheExchangeNamesIssuerPoolAndProvider() {
        ObjectNode claims = IdTokens.claims();
        claims.put("aud", IdTokens.AUDIENCE.replace("/ci/", "/deleted/"));
        RegistryException gone = fixture.failure(login(claims));
        assertEquals(FailureKind.CONFIGURATION, gone.kind());
        assertTrue(
                gone.detail()
                        .startsWith("pool \"deleted\", provider"
                                + " \"jenkins\": the workload identity pool or its provider does not exist"),
                gone.detail());
        assertTrue(gone.detail().endsWith("of issuer \"" + IdTokens.ISSUER + "\""), gone.detail());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unauthorized_client|The given credential is rejected by the attribute condition.|provider's attribute condition does not let the token's claims in",
                "invalid_grant|Error connecting to the given credential's issuer.|Google cannot read the keys of the token's issuer",
                "invalid_grant|The audience in ID Token [x] does not match the expected audience.|provider does not accept",
                "access_denied|The caller does not have permission|provider does not accept"
            })
    void theWordsOfTheExchangeAreExplained(String code, String words, String explanation) {
        fixture.google.faults().always(request -> true, Fault.reply(FakeGoogle.refused(code, words)));
        String detail = fixture.failure(login(IdTokens.claims())).detail();
        assertTrue(detail.contains(explanation), detail);
        assertTrue(detail.contains(code + " " + words), detail);
    }

    @Test
    void aTokenThatSomeoneElseSignedGetsNothing() {
        String token = IdTokens.sign(IdTokens.claims());
        fixture.fetch(Authentications.ofSecret("id-token", token));
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + "c2lnbmF0dXJl";
        String detail = refusal(Authentications.ofSecret("id-token", forged));
        assertTrue(detail.contains("does not accept the workload's own token"), detail);
    }

    @Test
    void nothingSecretIsInAText() {
        String token = IdTokens.sign(IdTokens.claims());
        WorkloadIdentity login = assertInstanceOf(WorkloadIdentity.class, Authentications.ofSecret("id-token", token));
        assertFalse((login + " " + login.token()).contains(token));
    }
}
