package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.RegistryClient;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleTokenSource;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.PublicInternet;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A token server on the public internet, away from the registry: where it may lead, and whose its tokens are. */
class TokenServersTest {
    private static final String REALM = "http://192.0.2.1/token";
    private static final Authentication ROBOT = Authentications.ofUserPassword("robot", "robot", "canary-password");

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final InProcessRegistry internet = InProcessRegistry.start();
    private final HttpClient http = PublicInternet.answeredBy(internet.origin());

    @AfterEach
    void stop() {
        internet.close();
        registry.close();
    }

    private static void challenge(InProcessRegistry server) {
        server.pushImage("p/app", "stable", "one");
        server.faults()
                .always(
                        request -> request.authorization().isEmpty(),
                        Fault.reply(Reply.error(401, "UNAUTHORIZED", "authentication required")
                                .with("Www-Authenticate", "Bearer realm=\"" + REALM + "\",service=\"s\"")));
    }

    private void redirect(String location) {
        challenge(registry);
        internet.faults().always(request -> request.path().equals("/token"), Fault.redirect(location));
    }

    private static Fault token(String value) {
        return Fault.reply(Reply.of(200, "application/json", "{\"token\":\"" + value + "\"}"));
    }

    /** go-containerregistry pull request 2292. */
    @Test
    void itsRedirectIntoTheNetworkIsRefused() {
        redirect("http://10.0.0.1/token");
        try (Checks checks = Checks.of(Clients.plain(registry.host()), http)) {
            Failure failure = checks.failure("p/app:stable", ROBOT);
            assertEquals(FailureKind.CONFIGURATION, failure.kind());
            assertTrue(
                    failure.message()
                            .contains("refused: the target of its redirect, 10.0.0.1, has the internal address"),
                    failure.message());
        }
        assertEquals(1, internet.requests().size());
    }

    @Test
    void itsRedirectToAnotherHostIsFollowedWithoutTheLogin() {
        redirect("http://198.51.100.7/elsewhere");
        internet.faults().always(request -> request.path().equals("/elsewhere"), token("not-used"));
        try (Checks checks = Checks.of(Clients.plain(registry.host()), http)) {
            checks.digest("p/app:stable", ROBOT);
        }
        List<RecordedRequest> asked = internet.requests();
        assertTrue(asked.get(0).authorization().orElseThrow().startsWith("Basic "));
        assertTrue(asked.get(1).authorization().isEmpty());
    }

    /** One of them may not even be allowed to name that token server, and neither may collect the other's tokens. */
    @Test
    void aTokenIsForTheRegistryThatItWasFetchedForAlone() {
        HttpTransport transport = new HttpTransport(any -> http, ForkJoinPool.commonPool(), Clock.systemUTC());
        RegistryClient client = new RegistryClient(transport, new GoogleTokenSource(transport));
        internet.faults().next(request -> true, token("first"));
        internet.faults().next(request -> true, token("second"));
        try (InProcessRegistry other = InProcessRegistry.start()) {
            for (InProcessRegistry each : List.of(registry, other)) {
                challenge(each);
                ImageReference image = ImageReference.parse(each.host() + "/p/app:stable");
                client.repository(image, Clients.plain(each.host()), ROBOT)
                        .resolve(image, null, null)
                        .join();
            }
            assertEquals(
                    "Bearer first", registry.requests().get(1).authorization().orElseThrow());
            assertEquals(
                    "Bearer second", other.requests().get(1).authorization().orElseThrow());
        }
    }
}
