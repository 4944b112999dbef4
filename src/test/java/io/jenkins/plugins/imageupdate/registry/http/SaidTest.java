package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.Response;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaidTest {
    private static Said said(String code, String message) {
        return body("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message.replace("\"", "\\\"") + "\"}]}");
    }

    private static Said body(String json) {
        HttpHeaders headers =
                HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (name, value) -> true);
        URI uri = URI.create("https://registry.example/v2/p/app/manifests/1");
        return Said.in(new Response(uri, 403, headers, json.getBytes(StandardCharsets.UTF_8)));
    }

    /** A repository, an account or a host may be called like what these words are about. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "requested access to xray/aws-xray-daemon is denied",
                "artifact p/firewall:1 not found",
                "pull access denied for acme/throttled",
                "no permission on resource \"projects/p/repositories/quarantine\"",
                "repository 'vulnerabilities' may not be read",
                "denied: rate-limiter is private",
                "access to p/token-expired is denied",
                "p/user/blocked: no such image",
                "the repository at login.invalid is private"
            })
    void aNameIsNotASentence(String message) {
        Said said = said("DENIED", message);
        assertFalse(said.ownRule() || said.tooMany() || said.loginRefused() || said.failedLogins(), message);
    }

    @ParameterizedTest
    @CsvSource({
        "repository p/app not found, true",
        "the project p does not exist, true",
        "artifact p/app:1 not found, false",
        "project/app:1 not found, false",
        "registry-mirror/app:1 not found, false"
    })
    void itIsToldWhetherARepositoryIsMissing(String message, boolean missing) {
        assertEquals(missing, said("NOT_FOUND", message).noRepository());
    }

    /** Artifactory repeats the status in place of a code; a status that is not that of the response is another service's. */
    @Test
    void theWordsOfArtifactoryAreRead() {
        assertEquals(
                "no", body("{\"errors\":[{\"status\":403,\"message\":\"no\"}]}").words());
        assertEquals(
                "", body("{\"errors\":[{\"status\":500,\"message\":\"no\"}]}").words());
        assertEquals(
                "",
                body("{\"errors\":[{\"status\":\"403\",\"message\":\"no\"}]}").words());
    }

    @Test
    void longWordsAreReadInTime() {
        for (String part :
                List.of("token ", "invalid a ", "blocked by ", "user user ", "NOT_FOUND repository ", "IP ")) {
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                Said said = said("NOT_FOUND", part.repeat(100_000));
                assertTrue(!said.loginRefused() && !said.ownRule() && !said.tooMany() && !said.noRepository());
            });
        }
    }
}
