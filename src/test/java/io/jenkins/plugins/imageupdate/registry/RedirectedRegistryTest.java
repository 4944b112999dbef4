package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.PublicInternet;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A registry name that is an alias: every request is redirected to another registry and another repository, which needs a token of its own
 * token server (Cup issue 18, go-containerregistry issue 2333).
 */
class RedirectedRegistryTest {
    private static final String HOST = "192.0.2.1";
    private static final String ELSEWHERE = "http://" + HOST;
    private static final Authentication ROBOT = Authentications.ofUserPassword("robot", "robot", "canary-password");

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final GcrFront elsewhere = GcrFront.inFrontOf(registry.origin());
    private final InProcessRegistry alias = InProcessRegistry.start();
    private final HttpClient http = PublicInternet.answeredBy(elsewhere.origin());
    private final Checks checks = Checks.of(Clients.plain(alias.host()), http);

    @BeforeEach
    void redirect() {
        elsewhere.makePublic("real/app");
        elsewhere
                .faults()
                .always(
                        request -> !request.isToken() && request.authorization().isEmpty(),
                        Fault.reply(Reply.error(401, "UNAUTHORIZED", "authentication required")
                                .with(
                                        "Www-Authenticate",
                                        "Bearer realm=\"" + ELSEWHERE + "/v2/token\",service=\"elsewhere\"")));
        alias.faults()
                .always(
                        request -> true,
                        (request, regular) -> Reply.of(307)
                                .with(
                                        "Location",
                                        ELSEWHERE + request.uri().toString().replace("/v2/p/", "/v2/real/")));
    }

    @AfterEach
    void stop() {
        checks.close();
        alias.close();
        elsewhere.close();
        registry.close();
    }

    @Test
    void aPublicImageIsFoundWhereTheRegistryLeads() {
        String digest = registry.pushImage("real/app", "stable", "one");
        assertEquals(digest, checks.digest("p/app:stable", Checks.ANONYMOUS));
        assertEquals(
                "repository:real/app:pull",
                elsewhere.requests().stream()
                        .filter(RecordedRequest::isToken)
                        .findFirst()
                        .flatMap(request -> request.parameter("scope"))
                        .orElseThrow());

        alias.clear();
        elsewhere.clear();
        String moved = registry.pushImage("real/app", "stable", "two");
        assertEquals(moved, checks.digest("p/app:stable", Checks.ANONYMOUS));
        assertEquals(1, alias.requests().size());
        assertEquals(2, elsewhere.requests().size(), "once without a token and once with the one that is there");
    }

    @Test
    void theLoginOfTheAliasStaysThere() {
        String digest = registry.pushImage("real/app", "stable", "one");
        alias.faults().clear();
        alias.faults()
                .next(request -> true, Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic realm=\"alias\"")));
        redirect();
        assertEquals(digest, checks.digest("p/app:stable", ROBOT));
        assertTrue(alias.requests().get(1).authorization().isPresent());
        assertFalse(elsewhere.requests().isEmpty());
        assertTrue(elsewhere.requests().stream()
                .flatMap(request -> request.authorization().stream())
                .allMatch(sent -> sent.startsWith("Bearer ")));
        assertEquals("", elsewhere.tokensIssued().get(0).user());
    }

    @Test
    void aPrivateImageBehindTheAliasIsNotTakenForAWrongLogin() {
        registry.pushImage("real/app", "stable", "one");
        alias.faults().clear();
        alias.faults()
                .next(request -> true, Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic realm=\"alias\"")));
        redirect();
        elsewhere
                .faults()
                .always(
                        request ->
                                request.isManifest() && request.authorization().isPresent(),
                        Fault.reply(Reply.error(403, "DENIED", "not for you")));
        Failure failure = checks.failure("p/app:stable", ROBOT);
        assertEquals(FailureKind.CONFIGURATION, failure.kind());
        assertEquals(
                HOST
                        + ", to which the registry redirects: HTTP 403: DENIED not for you; it wants a login, and a login is not sent to"
                        + " another host: name " + HOST
                        + " in the image. Check the spelling too: a repository that does not exist may be answered like this",
                failure.detail());
    }

    private CompletableFuture<TagList> tags() {
        HttpTransport transport = new HttpTransport(any -> http, ForkJoinPool.commonPool(), Clock.systemUTC());
        return Clients.repository(
                        transport,
                        ImageReference.parse(alias.host() + "/p/app"),
                        Clients.plain(alias.host()),
                        Checks.ANONYMOUS)
                .tags();
    }

    @Test
    void everyPageOfItsTagsIsRead() {
        List<String> tags = List.of("1.0", "1.1", "1.2", "latest", "stable");
        tags.forEach(tag -> registry.pushImage("real/app", tag, tag));
        registry.pageLimit(2);
        assertEquals(new TagList(tags, false), tags().join());
        assertEquals(3, alias.requests().size(), "each page is asked for by way of the alias");
    }

    @Test
    void aTagListDoesNotContinueOnAThirdHost() {
        registry.pushImage("real/app", "stable", "one");
        elsewhere
                .faults()
                .always(
                        request -> request.path().endsWith("/tags/list"),
                        Fault.with("Link", "<http://198.51.100.7/v2/real/app/tags/list?last=stable>; rel=\"next\""));
        assertEquals(new TagList(List.of("stable"), true), tags().join());
        assertTrue(alias.requests().stream().allMatch(request -> request.path().equals("/v2/p/app/tags/list")));
        assertTrue(elsewhere.requests().stream()
                .noneMatch(request -> request.uri().toString().contains("198.51.100.7")));
    }

    /** It gets no token either: a host that redirects again and again is not treated as a registry. */
    @Test
    void noThirdRegistryIsAskedForAToken() {
        String third = "http://198.51.100.7/v2/third/app/manifests/stable";
        registry.pushImage("third/app", "stable", "one");
        elsewhere.makePublic("third/app");
        elsewhere.faults().clear();
        elsewhere
                .faults()
                .always(
                        request -> request.path().contains("/real/")
                                && request.authorization().isPresent(),
                        Fault.redirect(third));
        elsewhere
                .faults()
                .always(
                        request -> !request.isToken() && request.authorization().isEmpty(),
                        Fault.reply(Reply.error(401, "UNAUTHORIZED", "authentication required")
                                .with("Www-Authenticate", "Bearer realm=\"" + ELSEWHERE + "/v2/token\"")));
        assertEquals(
                FailureKind.CONFIGURATION,
                checks.failure("p/app:stable", Checks.ANONYMOUS).kind());
        assertEquals(1, elsewhere.tokensIssued().size());
    }
}
