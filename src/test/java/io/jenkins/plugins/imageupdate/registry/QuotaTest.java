package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest {
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
        Quota read = Quota.of(headers);
        assertEquals(new Quota(wantedLimit, wantedRemaining, wantedWindow), read);
        assertEquals(words, read.words());
    }

    @Test
    void isNothingWhereNothingIsSaid() {
        assertNull(Quota.of(HttpHeaders.of(Map.of(), (name, value) -> true)));
        assertNull(Quota.of(HttpHeaders.of(Map.of("ratelimit-limit", List.of("many;w=60")), (name, value) -> true)));
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
            assertEquals(new Quota(10, 8, 3600), transport.quota(host));

            registry.faults()
                    .next(
                            request -> true,
                            Fault.reply(Reply.error(429, "TOOMANYREQUESTS", "slow down")
                                    .with("ratelimit-limit", "10;w=3600")
                                    .with("ratelimit-remaining", "0")));
            RegistryException limited = Clients.failure(new RegistryClient(transport)
                    .tags(ImageReference.parse(host + "/team/app"), Clients.plain(host), Clients.anonymous(transport)));
            assertEquals("HTTP 429: TOOMANYREQUESTS slow down; limit 10 in 3600 s, left 0", limited.detail());
            assertEquals(new Quota(10, 0, 3600), transport.quota(host));
            assertNull(transport.quota("docker.io"));
        }
    }

    private static void resolve(HttpTransport transport, String host) {
        new RegistryClient(transport)
                .resolve(
                        ImageReference.parse(host + "/team/app:1.0"),
                        null,
                        Clients.plain(host),
                        Clients.anonymous(transport),
                        null)
                .join();
    }
}
