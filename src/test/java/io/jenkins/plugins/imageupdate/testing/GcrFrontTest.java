package io.jenkins.plugins.imageupdate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GcrFrontTest {
    private static final String REPOSITORY = "acme/app";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final GcrFront front = GcrFront.inFrontOf(registry.origin());
    private final String key = ServiceAccountKeys.create("acme", "ci@acme.iam.gserviceaccount.com", "canary-1");

    @AfterEach
    void close() {
        front.close();
        registry.close();
    }

    private HttpResponse<byte[]> send(String method, String path, String authorization) throws IOException {
        Map<String, String> headers = authorization == null ? Map.of() : Map.of("Authorization", authorization);
        return PlainHttp.send(method, front.origin() + path, headers, new byte[0]);
    }

    private HttpResponse<byte[]> token(String repository, String user, String password) throws IOException {
        String path = "/v2/token?service=" + front.host() + "&scope=repository%3A" + repository + "%3Apull";
        if (user == null) {
            return send("GET", path, null);
        }
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return send("GET", path, "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    private String bearer(String repository) throws IOException {
        HttpResponse<byte[]> answer = token(repository, "_json_key", key);
        assertEquals(200, answer.statusCode());
        return "Bearer " + JSON.readTree(answer.body()).path("token").textValue();
    }

    private static void assertRefused(int status, String code, String message, HttpResponse<byte[]> answer)
            throws IOException {
        JsonNode error = JSON.readTree(answer.body()).at("/errors/0");
        assertEquals(status, answer.statusCode());
        assertEquals(code, error.path("code").textValue());
        assertTrue(error.path("message").textValue().contains(message), () -> "unexpected: " + error);
    }

    @Test
    void challengesWithoutScope() throws IOException {
        HttpResponse<byte[]> head = send("HEAD", "/v2/acme/app/manifests/latest", null);
        assertEquals(401, head.statusCode());
        assertEquals(
                "Bearer realm=\"" + front.origin() + "/v2/token\",service=\"" + front.host() + "\"",
                head.headers().firstValue("WWW-Authenticate").orElseThrow());
        assertRefused(401, "UNAUTHORIZED", "invalid credentials", send("GET", "/v2/", null));
        assertEquals(0, registry.requests().size());
    }

    @Test
    void aKeyHoweverSpelledBuysATokenForOneRepository() throws IOException {
        front.grantKey(key, "acme/*");
        String digest = registry.pushImage(REPOSITORY, "latest", "first");
        JsonNode answer = JSON.readTree(
                token(REPOSITORY, "_json_key", JSON.readTree(key).toString()).body());
        assertEquals(3600, answer.path("expires_in").intValue());
        Instant.parse(answer.path("issued_at").textValue());

        String bearer = "Bearer " + answer.path("token").textValue();
        HttpResponse<byte[]> head = send("HEAD", "/v2/acme/app/manifests/latest", bearer);
        assertEquals(200, head.statusCode());
        assertEquals(digest, head.headers().firstValue("Docker-Content-Digest").orElseThrow());
        assertTrue(head.headers().firstValueAsLong("Content-Length").orElseThrow() > 0);
        assertFalse(registry.requests().get(0).authorization().isPresent());

        HttpResponse<byte[]> other = send("GET", "/v2/acme/other/manifests/latest", bearer);
        assertRefused(401, "UNAUTHORIZED", "does not match bearer token resource: acme/app", other);
        assertEquals(1, front.tokensIssued().size());
        assertEquals(REPOSITORY, front.tokensIssued().get(0).repository());
        assertNotEquals(bearer, bearer(REPOSITORY));
    }

    @Test
    void eachRefusalHasItsOwnWords() throws IOException {
        front.grantKey(key, "acme/other");
        String resource = "on resource \"projects/acme/locations/us/repositories/gcr.io\" (or it may not exist)";
        assertRefused(
                403,
                "DENIED",
                "Permission \"artifactregistry.repositories.downloadArtifacts\" denied " + resource,
                token(REPOSITORY, "_json_key", key));
        HttpResponse<byte[]> anonymous = token(REPOSITORY, null, null);
        assertRefused(403, "DENIED", "Unauthenticated request. Unauthenticated requests do not have", anonymous);
        assertRefused(403, "DENIED", resource, anonymous);
        assertRefused(401, "UNKNOWN", "Unable to parse json key.", token(REPOSITORY, "_json_key", "{\"type\": \n"));
        String unknown = ServiceAccountKeys.create("acme", "ci@acme.iam.gserviceaccount.com", "canary-2");
        assertRefused(401, "UNAUTHORIZED", "invalid credentials", token(REPOSITORY, "_json_key", unknown));
        assertRefused(401, "UNAUTHORIZED", "invalid credentials", token(REPOSITORY, "_json_key_base64", key));
        assertEquals(400, send("GET", "/v2/token?service=" + front.host(), null).statusCode());
        assertEquals(0, front.tokensIssued().size());
    }

    @Test
    void takesAccessTokensUsersAndAnybodyWherePublic() throws IOException {
        front.grantAccessToken("ya29.a", REPOSITORY);
        front.grantUser("robot", "pass:word", REPOSITORY);
        assertEquals(200, token(REPOSITORY, "oauth2accesstoken", "ya29.a").statusCode());
        assertEquals(200, token(REPOSITORY, "_token", "ya29.a").statusCode());
        assertEquals(200, token(REPOSITORY, "robot", "pass:word").statusCode());
        assertEquals(401, token(REPOSITORY, "robot", "else").statusCode());
        assertEquals(403, token("acme/public", null, null).statusCode());
        front.makePublic("acme/public");
        assertEquals(200, token("acme/public", null, null).statusCode());
        assertEquals(200, token("acme/public", "robot", "pass:word").statusCode());
    }

    @Test
    void deadTokensAreRefusedWithoutChallenge() throws IOException {
        front.grantKey(key, REPOSITORY);
        registry.pushImage(REPOSITORY, "latest", "first");
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        front.clock(Clock.fixed(now, ZoneOffset.UTC));
        front.tokenLife(Duration.ofSeconds(90));
        String bearer = bearer(REPOSITORY);
        assertEquals(200, send("GET", "/v2/acme/app/manifests/latest", bearer).statusCode());
        front.clock(Clock.fixed(now.plusSeconds(90), ZoneOffset.UTC));
        HttpResponse<byte[]> expired = send("GET", "/v2/acme/app/manifests/latest", bearer);
        assertRefused(403, "DENIED", "token", expired);
        assertFalse(expired.headers().firstValue("WWW-Authenticate").isPresent());

        String forgotten = bearer(REPOSITORY);
        front.expireTokens();
        assertEquals(
                403, send("GET", "/v2/acme/app/manifests/latest", forgotten).statusCode());
        front.revokeKey(key, REPOSITORY);
        assertEquals(403, token(REPOSITORY, "_json_key", key).statusCode());
        front.forgetKey(key);
        assertEquals(401, token(REPOSITORY, "_json_key", key).statusCode());
    }

    @Test
    void passesPushesTagsAndErrorsOn() throws IOException {
        front.grantKey(key, REPOSITORY);
        String bearer = bearer(REPOSITORY);
        String digest = new ImagePusher(front.origin(), bearer).pushImage(REPOSITORY, "a", "first");
        assertEquals(digest, registry.describe(REPOSITORY, digest).digest());
        registry.pushImage(REPOSITORY, "b", "first");

        HttpResponse<byte[]> page = send("GET", "/v2/acme/app/tags/list?n=1", bearer);
        assertEquals(
                "</v2/acme/app/tags/list?last=a&n=1>; rel=\"next\"",
                page.headers().firstValue("Link").orElseThrow());
        assertRefused(404, "MANIFEST_UNKNOWN", "", send("GET", "/v2/acme/app/manifests/c", bearer));
        registry.close();
        assertEquals(502, send("GET", "/v2/acme/app/manifests/a", bearer).statusCode());
    }

    @Test
    void faultsComeBeforeItsOwnAnswers() throws IOException {
        front.faults().next(RecordedRequest::isToken, Fault.edgeBlocked());
        front.makePublic(REPOSITORY);
        assertEquals(403, token(REPOSITORY, null, null).statusCode());
        assertEquals(200, token(REPOSITORY, null, null).statusCode());
        assertEquals(2, front.count(RecordedRequest::isToken));
    }
}
