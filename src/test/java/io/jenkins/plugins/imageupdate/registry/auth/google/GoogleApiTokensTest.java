package io.jenkins.plugins.imageupdate.registry.auth.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.testing.FakeGoogle;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens for an API of Google that is not a registry have the scope of this API. */
class GoogleApiTokensTest {
    private static final String SCOPE = "https://www.googleapis.com/auth/pubsub";

    private final GoogleFixture google = new GoogleFixture();
    private final GoogleApiTokens tokens = new GoogleApiTokens(
            google.transport,
            new GoogleTokenSource(
                    google.transport,
                    new GoogleEndpoints(
                                    URI.create(google.google.origin() + "/token"),
                                    URI.create(google.google.origin() + "/v1/token"),
                                    URI.create(google.google.origin()),
                                    URI.create(google.metadata.origin()))
                            .withScope(SCOPE),
                    () -> google.file));

    @AfterEach
    void stop() {
        google.close();
    }

    @Test
    void aKeySignsHereForATokenOfTheScopeAndIsNotSent() {
        Authentication login = Authentications.ofSecret("gcr-key", GoogleFixture.KEY);
        String token = tokens.get(login).join();
        assertEquals(List.of(token), google.google.issued());
        assertEquals(token, tokens.get(login).join(), "a token is kept");
        assertEquals(1, google.google.bodies().size());
        String body = google.google.bodies().get(0);
        String assertion = FakeGoogle.field(body, "assertion");
        JsonNode claims = Json.read(Base64.getUrlDecoder().decode(assertion.split("\\.")[1]));
        assertEquals(SCOPE, claims.path("scope").asText());
        tokens.forget(login, token);
        String next = tokens.get(login).join();
        assertEquals(List.of(token, next), google.google.issued());
    }

    @Test
    void theControllersIdentityIsAskedForTheScope() {
        tokens.get(GoogleFixture.controller()).join();
        assertTrue(google.metadata.requests().get(0).uri().toString().contains("auth%2Fpubsub"));
    }

    @Test
    void anAccessTokenIsUsedAsItIs() {
        assertEquals(
                "ya29.mine",
                tokens.get(Authentications.ofSecret("t", "ya29.mine")).join());
        assertEquals(0, google.google.requests().size());
    }

    @Test
    void aPasswordOfARegistryIsNotSentToGoogle() {
        Authentication login = new Authentication.UserPassword("p", "robot", "password-of-a-registry");
        assertEquals(
                FailureKind.CONFIGURATION,
                GoogleFixture.failure(tokens.get(login)).kind());
    }
}
