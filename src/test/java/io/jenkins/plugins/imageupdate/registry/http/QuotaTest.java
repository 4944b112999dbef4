package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.TestClock;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ratelimit | 100;w=21600 | 76;w=21600 | 100 | 76 | 21600 | limit 100 in 21600 s, left 76",
                "ratelimit | 100; w = 21600;comment=\"x\" | 0 | 100 | 0 | 21600 | limit 100 in 21600 s, left 0",
                "x-ratelimit | 5000 | 4999 | 5000 | 4999 | -1 | limit 5000, left 4999",
                "RateLimit | 100, 100;w=60 | 12 | 100 | 12 | 60 | limit 100 in 60 s, left 12",
                "ratelimit | -5 | 7;w=abc | -1 | 7 | -1 | left 7",
                "ratelimit | 10 | 99999999999999999999 | 10 | -1 | -1 | limit 10"
            })
    void isReadInEverySpelling(
            String prefix,
            String limit,
            String remaining,
            long wantedLimit,
            long wantedRemaining,
            long wantedWindow,
            String words) {
        HttpHeaders headers = HttpHeaders.of(
                Map.of(prefix + "-Limit", List.of(limit), prefix + "-Remaining", List.of(remaining)),
                (name, value) -> true);
        Quota read = Quota.of(headers, NOW);
        assertEquals(new Quota(wantedLimit, wantedRemaining, wantedWindow, null, NOW), read);
        assertEquals(words, read.words());
    }

    /** As the draft of the header has it, in seconds, and as GitHub has it, as a time. */
    @ParameterizedTest
    @CsvSource({
        "ratelimit, 90, 2026-01-02T03:05:30Z",
        "ratelimit, 0, 2026-01-02T03:04:00Z",
        "x-ratelimit, 1767323130, 2026-01-02T03:05:30Z",
        "x-ratelimit, 1767323039, ",
        "ratelimit, -90, ",
        "ratelimit, soon, ",
        "x-ratelimit, 1767323130000, ",
        "ratelimit, 99999999999999999999, "
    })
    void saysWhenItRenews(String prefix, String reset, Instant wanted) {
        Map<String, List<String>> said = Map.of(prefix + "-remaining", List.of("1"), prefix + "-reset", List.of(reset));
        assertEquals(new Quota(-1, 1, -1, wanted, NOW), Quota.of(HttpHeaders.of(said, (name, value) -> true), NOW));
    }

    @ParameterizedTest
    @CsvSource({"10;w=60, , 60", "10, 30, 30", "10;w=60, 30, 30", "10, , -1"})
    void isForgottenWhenItIsOver(String limit, String reset, long seconds) {
        TestClock clock = new TestClock();
        Instant now = clock.instant();
        Quotas quotas = new Quotas(clock);
        RegistryEndpoint endpoint = RegistryEndpoint.of("gcr.io");
        Map<String, List<String>> said = new HashMap<>(Map.of("ratelimit-limit", List.of(limit)));
        if (reset != null) {
            said.put("ratelimit-reset", List.of(reset));
        }
        HttpHeaders headers = HttpHeaders.of(said, (name, value) -> true);
        quotas.note(endpoint, new Response(endpoint.resolve("p/app/manifests/1"), 200, headers, new byte[0]));
        clock.advance(Duration.ofSeconds(seconds < 0 ? 1_000_000 : seconds));
        Quota heard = quotas.of("gcr.io");
        assertNotNull(heard);
        assertEquals(now, heard.heard());
        if (seconds >= 0) {
            clock.advance(Duration.ofMillis(1));
            assertNull(quotas.of("gcr.io"));
        }
    }

    @Test
    void isNullWithoutReadableHeaders() {
        assertNull(Quota.of(HttpHeaders.of(Map.of(), (name, value) -> true), NOW));
        HttpHeaders words = HttpHeaders.of(Map.of("ratelimit-limit", List.of("many;w=60")), (name, value) -> true);
        assertNull(Quota.of(words, NOW));
    }

    @Test
    void theLastOneSeenIsKeptPerHost() {
        HttpTransport transport = Clients.transport();
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            String host = registry.host();
            registry.pushImage("team/app", "1.0", "x");
            assertNull(transport.quota(host));
            for (String left : new String[] {"9", "8"}) {
                registry.faults()
                        .next(
                                RecordedRequest::isManifest,
                                (request, regular) -> regular.get()
                                        .with("ratelimit-limit", "10;w=3600")
                                        .with("ratelimit-remaining", left));
                resolve(transport, host);
            }
            resolve(transport, host);
            assertEquals("limit 10 in 3600 s, left 8", transport.quota(host).words());

            registry.faults()
                    .next(
                            request -> true,
                            Fault.reply(Reply.error(429, "TOOMANYREQUESTS", "slow down")
                                    .with("Retry-After", "60")
                                    .with("ratelimit-limit", "10;w=3600")
                                    .with("ratelimit-remaining", "0")));
            RegistryException limited =
                    Clients.failure(repository(transport, host).tags());
            assertEquals(
                    "HTTP 429: TOOMANYREQUESTS slow down; limit 10 in 3600 s, left 0;"
                            + " a login usually has a higher limit than none",
                    limited.detail());
            assertEquals("limit 10 in 3600 s, left 0", transport.quota(host).words());
            assertNull(transport.quota("docker.io"));
        }
    }

    private static RemoteRepository repository(HttpTransport transport, String host) {
        ImageReference image = ImageReference.parse(host + "/team/app:1.0");
        // No request is given up, and so sent twice, on a machine that is busy.
        RegistryEndpoint endpoint = new RegistryEndpoint(host, true, Duration.ofMinutes(10), 8, true);
        return Clients.repository(transport, image, endpoint, Checks.ANONYMOUS);
    }

    private static void resolve(HttpTransport transport, String host) {
        repository(transport, host)
                .resolve(ImageReference.parse(host + "/team/app:1.0"), null, null)
                .join();
    }
}
