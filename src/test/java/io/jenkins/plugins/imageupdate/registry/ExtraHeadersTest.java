package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.PublicInternet;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import java.net.http.HttpClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator may add to the requests of one registry, and where it is asked. */
class ExtraHeadersTest {
    private static final String SECRET = "access-secret-42";

    @Test
    void areReadLineByLine() {
        assertEquals(
                Map.of("CF-Access-Client-Id", "a.access", "CF-Access-Client-Secret", "b: c"),
                ExtraHeaders.parse("CF-Access-Client-Id: a.access\r\n\nCF-Access-Client-Secret:b: c\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon " + SECRET,
                "two words: " + SECRET,
                ": " + SECRET,
                "Host: " + SECRET,
                "authorization: " + SECRET
            })
    void aLineThatIsWrongIsNamedWithoutItsContent(String line) {
        String message = assertThrows(IllegalArgumentException.class, () -> ExtraHeaders.parse("A: b\n" + line))
                .getMessage();
        assertTrue(message.startsWith("line 2"), message);
        assertFalse(message.contains(SECRET), message);
    }

    @Test
    void goToTheRegistryAloneAndAreNotPrinted() {
        try (InProcessRegistry registry = InProcessRegistry.start();
                InProcessRegistry other = InProcessRegistry.start()) {
            String digest = other.pushImage("p/app", "stable", "one");
            registry.faults().always(request -> true, Fault.redirect("http://192.0.2.1/v2/p/app/manifests/stable"));
            HttpClient http = PublicInternet.answeredBy(other.origin());
            RegistryEndpoint endpoint = Clients.plain(registry.host()).withHeaders(Map.of("X-Access", SECRET));
            try (Checks checks = Checks.of(endpoint, http)) {
                assertEquals(digest, checks.digest("p/app:stable", Checks.ANONYMOUS));
            }
            assertEquals(SECRET, registry.requests().get(0).header("X-Access").orElse(""));
            assertTrue(other.requests().stream()
                    .allMatch(request -> request.header("X-Access").isEmpty()));
            assertFalse(endpoint.toString().contains(SECRET), endpoint::toString);
        }
    }

    @Test
    void aMirrorIsAskedUnderTheNameOfTheRegistry() {
        try (InProcessRegistry mirror = InProcessRegistry.start()) {
            String digest = mirror.pushImage("library/nginx", "latest", "one");
            RegistryEndpoint endpoint = Clients.plain("docker.io").withMirror(mirror.host());
            try (Checks checks = Checks.of(endpoint, Clients.HTTP)) {
                var seen = checks.check("nginx", Checks.ANONYMOUS);
                assertEquals(digest, Checks.digest(seen));
                assertEquals(
                        "docker.io/library/nginx:latest",
                        seen.image().reference().toString());
            }
            assertTrue(mirror.requests().stream().allMatch(RecordedRequest::isManifest));
            assertEquals(
                    "https://registry-1.docker.io/v2/",
                    RegistryEndpoint.of("docker.io").address());
        }
    }

    @Test
    void theClientNamesItself() {
        try (InProcessRegistry registry = InProcessRegistry.start();
                Checks checks = Checks.of(registry.host())) {
            registry.pushImage("p/app", "stable", "one");
            registry.clear();
            checks.digest("p/app:stable", Checks.ANONYMOUS);
            String agent = registry.requests().get(0).header("User-Agent").orElse("");
            assertTrue(agent.matches("image-update-check(?:/[0-9A-Za-z.+_-]+)?"), agent);
        }
    }
}
