package io.jenkins.plugins.imageupdate.registry;

import static io.jenkins.plugins.imageupdate.registry.FailureKind.CONFIGURATION;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.CREDENTIAL_REJECTED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.EDGE_BLOCKED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.FORBIDDEN;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.NOT_A_REGISTRY;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.RATE_LIMITED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.REFUSED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.UNAUTHENTICATED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.UNAVAILABLE;
import static io.jenkins.plugins.imageupdate.registry.FaultRow.fails;

import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Refusals by registries and token servers, with the texts that gcr.io, Artifact Registry, Docker Hub and Harbor use. */
final class RefusalFaults {
    private static final Predicate<RecordedRequest> TOKEN = RecordedRequest::isToken;
    private static final Predicate<RecordedRequest> WITH_TOKEN =
            request -> request.isManifest() && request.authorization().isPresent();

    private static final String PERMISSION =
            "Permission \"artifactregistry.repositories.downloadArtifacts\" denied on resource"
                    + " \"projects/p/locations/us/repositories/gcr.io\" (or it may not exist)";
    private static final String ANONYMOUS = "Unauthenticated request. Unauthenticated requests do not have permission"
            + " \"artifactregistry.repositories.downloadArtifacts\" on resource \"projects/p\" (or it may not exist)";

    static final List<FaultRow> ROWS = List.of(
            fails(
                    "HTTP 403 with a page of HTML",
                    EDGE_BLOCKED,
                    scene -> scene.front(request -> true, Fault.edgeBlocked()).check()),
            fails(
                    "HTTP 403 with a page of HTML from the token server",
                    EDGE_BLOCKED,
                    scene -> scene.front(TOKEN, Fault.edgeBlocked()).check()),
            fails(
                    "HTTP 401 with a page of HTML and without a challenge, and no credential was used",
                    EDGE_BLOCKED,
                    scene -> scene.registry(Reply.of(401, "text/html", FaultScene.FOREIGN))
                            .checkOpen()),
            fails(
                    "HTTP 401, and no credential was used",
                    UNAUTHENTICATED,
                    scene -> scene.registry(Reply.error(401, "UNAUTHORIZED", "authentication required"))
                            .checkOpen()),
            fails(
                    "HTTP 403 `DENIED` \"Unauthenticated request\" from the token server, and no credential was used",
                    UNAUTHENTICATED,
                    scene -> scene.check(FaultScene.IMAGE, Checks.ANONYMOUS)),
            tokenServer(
                    "HTTP 403 `DENIED` \"Unauthenticated request\" although a credential was sent",
                    CREDENTIAL_REJECTED,
                    Reply.error(403, "DENIED", ANONYMOUS)),
            fails("HTTP 401 `UNAUTHORIZED` from the token server for a credential", CREDENTIAL_REJECTED, scene -> {
                scene.front().forgetKey(scene.key());
                return scene.check();
            }),
            tokenServer(
                    "HTTP 401 `UNKNOWN` \"Unable to parse json key.\" from the token server",
                    CREDENTIAL_REJECTED,
                    Reply.error(401, "UNKNOWN", "Unable to parse json key.")),
            withToken(
                    "HTTP 400 `UNKNOWN` \"Unable to parse json key.\" from the registry",
                    CREDENTIAL_REJECTED,
                    Reply.error(400, "UNKNOWN", "Unable to parse json key.")),
            tokenServer(
                    "HTTP 400 `UNAUTHORIZED` from the token server for a credential",
                    CREDENTIAL_REJECTED,
                    Reply.error(400, "UNAUTHORIZED", "bad credential")),
            tokenServer(
                    "HTTP 400 `UNSUPPORTED` from the token server: about the request, not about the login",
                    REFUSED,
                    Reply.error(400, "UNSUPPORTED", "one scope is expected")),
            tokenServer(
                    "HTTP 400 with a page of HTML from the token server, such as nginx's for a header that is too long",
                    NOT_A_REGISTRY,
                    Reply.of(400, "text/html", "<h1>Request Header Too Large</h1>")),
            withToken(
                    "HTTP 401 \"Requested repository does not match bearer token resource\" for a fresh token",
                    FORBIDDEN,
                    Reply.error(
                            401, "UNAUTHORIZED", "Requested repository does not match bearer token resource: p/other")),
            fails("HTTP 403 `DENIED` \"Permission … denied\" from the token server", FORBIDDEN, scene -> {
                scene.front().revokeKey(scene.key(), "p/*");
                return scene.check();
            }),
            withToken(
                    "HTTP 403 `DENIED` \"Permission … denied\" for the manifest",
                    FORBIDDEN,
                    Reply.error(403, "DENIED", PERMISSION)),
            withToken(
                    "HTTP 403 `DENIED` \"Cloud Resource Manager API has not been used in project …\"",
                    FORBIDDEN,
                    Reply.error(403, "DENIED", "Cloud Resource Manager API has not been used in project 1 before")),
            withToken("HTTP 403 without a word, and a credential was sent", FORBIDDEN, Reply.of(403)),
            fails(
                    "HTTP 401 with a challenge of `insufficient_scope` for a token just given (Docker Hub)",
                    FORBIDDEN,
                    scene -> scene.front(
                                    WITH_TOKEN,
                                    Reply.error(401, "UNAUTHORIZED", "authentication required")
                                            .with(
                                                    "Www-Authenticate",
                                                    "Bearer realm=\""
                                                            + scene.front().origin()
                                                            + "/v2/token\",error=\"insufficient_scope\""))
                            .check()),
            withToken(
                    "HTTP 401 \"unauthorized to access repository\" for a token just given (Harbor)",
                    FORBIDDEN,
                    Reply.error(401, "UNAUTHORIZED", "unauthorized to access repository: p/app, action: pull")),
            withToken(
                    "HTTP 404 `DENIED`, and a credential was sent",
                    FORBIDDEN,
                    Reply.error(404, "DENIED", "requested access is denied")),
            fails(
                    "A Google key or token for a host that is not Google's",
                    CONFIGURATION,
                    scene -> scene.open(Checks.of(
                                    new RegistryEndpoint(scene.front().host(), true, Duration.ofSeconds(20), 8, false),
                                    Clients.HTTP))
                            .check(FaultScene.IMAGE, FaultScene.LOGIN)),
            tokenServer(
                    "HTTP 404 `NAME_UNKNOWN` from the token server",
                    FORBIDDEN,
                    Reply.error(404, "NAME_UNKNOWN", "unknown")),
            tokenServer(
                    "HTTP 404 in plain text from the token server",
                    NOT_A_REGISTRY,
                    Reply.of(404, "text/plain", "not found")),
            tokenServer(
                    "A page of HTML from the token server",
                    NOT_A_REGISTRY,
                    Reply.of(200, "text/html", "<p>" + FaultScene.FOREIGN)),
            tokenServer(
                    "JSON without a token from the token server",
                    NOT_A_REGISTRY,
                    Reply.of(200, "application/json", "{\"key\":\"" + FaultScene.FOREIGN + "\"}")),
            tokenServer("HTTP 500 from the token server", UNAVAILABLE, Reply.of(500, "text/plain", FaultScene.FOREIGN)),
            fails(
                    "HTTP 429 from the token server",
                    RATE_LIMITED,
                    scene -> scene.front(TOKEN, Fault.rateLimited("5")).check()));

    private RefusalFaults() {}

    private static FaultRow tokenServer(String seen, FailureKind kind, Reply reply) {
        return fails(seen, kind, scene -> scene.front(TOKEN, reply).check());
    }

    /** What the registry answers to a request with a token. */
    private static FaultRow withToken(String seen, FailureKind kind, Reply reply) {
        return fails(seen, kind, scene -> scene.front(WITH_TOKEN, reply).check());
    }
}
