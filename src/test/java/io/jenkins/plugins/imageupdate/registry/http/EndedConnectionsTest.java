package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.auth.RegistryClient;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleTokenSource;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import io.jenkins.plugins.imageupdate.testing.Nginx;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real nginx ends connections, HTTP/2 ones while requests are on them: after a thousand requests each, unless it is set up otherwise. */
class EndedConnectionsTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void noneOfFourThousandImagesFailsBehindNginx(HttpClient.Version version) throws Exception {
        assertEquals(List.of(), failures(4_000, version, ""));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void noneFailsWhereAConnectionEndsAfterTenRequests(HttpClient.Version version) throws Exception {
        assertEquals(List.of(), failures(500, version, "keepalive_requests 10;"));
    }

    /** Also where no connection serves a second request. There, Java 17's client never gets an answer by HTTP/2. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void noneFailsWhereAConnectionEndsAtOnce(int requests) throws Exception {
        assertEquals(List.of(), failures(50, HttpClient.Version.HTTP_2, "keepalive_requests " + requests + ";"));
    }

    private static List<String> failures(int images, HttpClient.Version version, String settings) throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start();
                Nginx nginx = Nginx.inFrontOf(registry.origin(), settings)) {
            registry.faults()
                    .always(
                            RecordedRequest::isHead,
                            Fault.reply(Reply.of(200, "application/vnd.oci.image.index.v1+json", "")
                                    .with("Docker-Content-Digest", DIGEST)));
            HttpClient http = HttpClient.newBuilder()
                    .sslContext(LoopbackCertificate.client())
                    .version(version)
                    .build();
            HttpTransport transport = new HttpTransport(any -> http, ForkJoinPool.commonPool(), Clock.systemUTC());
            RegistryClient client = new RegistryClient(transport, new GoogleTokenSource(transport));
            RegistryEndpoint endpoint = new RegistryEndpoint(nginx.host(), false, Duration.ofMinutes(10), 8, false);
            List<CompletableFuture<String>> begun = new ArrayList<>();
            for (int i = 0; i < images; i++) {
                ImageReference image = ImageReference.parse(nginx.host() + "/p/app" + i + ":stable");
                begun.add(client.repository(image, endpoint, Checks.ANONYMOUS)
                        .resolve(image, null, null)
                        .handle((found, thrown) -> thrown == null ? "" : String.valueOf(thrown)));
            }
            return begun.stream()
                    .map(CompletableFuture::join)
                    .filter(each -> !each.isEmpty())
                    .toList();
        }
    }
}
