package io.jenkins.plugins.imageupdate.registry;

import static io.jenkins.plugins.imageupdate.registry.FailureKind.CONFIGURATION;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.NOT_A_REGISTRY;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.NO_DIGEST;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.RATE_LIMITED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.REFUSED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.REPOSITORY_NOT_FOUND;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.TAG_NOT_FOUND;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.UNAVAILABLE;
import static io.jenkins.plugins.imageupdate.registry.FaultRow.fails;
import static io.jenkins.plugins.imageupdate.registry.FaultRow.succeeds;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.util.List;
import java.util.Map;

/** Registries that have no image, no time or no digest, and servers that are not registries. */
final class AnswerFaults {
    private static final String DIGEST = "Docker-Content-Digest";
    private static final String JSON = "application/json";
    private static final String OTHER = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    static final List<FaultRow> ROWS = List.of(
            fails("HTTP 404 `MANIFEST_UNKNOWN`", TAG_NOT_FOUND, scene -> scene.checkOpen("p/app:never", null)),
            fails("HTTP 404 `NAME_UNKNOWN`", REPOSITORY_NOT_FOUND, scene -> scene.checkOpen("p/never:stable", null)),
            fails(
                    "HTTP 404 without a body but with `Docker-Distribution-Api-Version`",
                    TAG_NOT_FOUND,
                    scene -> scene.registry(Reply.of(404).with("Docker-Distribution-Api-Version", "registry/2.0"))
                            .checkOpen()),
            answers("HTTP 404 with a page of HTML: never taken as a tag that is gone", NOT_A_REGISTRY, html(404)),
            answers("HTTP 404 in plain text", NOT_A_REGISTRY, Reply.of(404, "text/plain", FaultScene.FOREIGN)),
            answers(
                    "HTTP 404 with the JSON of another kind of server",
                    NOT_A_REGISTRY,
                    Reply.of(
                            404, JSON, "{\"errors\":[{\"status\":\"404\",\"title\":\"" + FaultScene.FOREIGN + "\"}]}")),
            answers(
                    "HTTP 400 `NAME_INVALID`",
                    CONFIGURATION,
                    Reply.error(400, "NAME_INVALID", "invalid repository name")),
            answers("HTTP 400 in plain text", NOT_A_REGISTRY, Reply.of(400, "text/plain", FaultScene.FOREIGN)),
            answers(
                    "HTTP 404 `NOT_FOUND` about the artifact (Harbor)",
                    TAG_NOT_FOUND,
                    Reply.error(404, "NOT_FOUND", "artifact p/app:stable not found")),
            answers(
                    "HTTP 404 `NOT_FOUND` about the repository or project (Harbor)",
                    REPOSITORY_NOT_FOUND,
                    Reply.error(404, "NOT_FOUND", "repository p/app not found")),
            answers(
                    "HTTP 404 `MANIFEST_UNKNOWN` about the repository",
                    REPOSITORY_NOT_FOUND,
                    Reply.error(404, "MANIFEST_UNKNOWN", "Repository not found")),
            answers(
                    "HTTP 404 with a code that is about the request: never taken as a tag that is gone",
                    REFUSED,
                    Reply.error(404, "UNSUPPORTED", "The operation is unsupported")),
            missing(
                    "HTTP 404 `MANIFEST_UNKNOWN` to GET, after HEAD has found the tag",
                    Reply.error(404, "MANIFEST_UNKNOWN", "unknown")),
            missing(
                    "HTTP 404 in plain text to GET, after HEAD has found the tag",
                    Reply.of(404, "text/plain", FaultScene.FOREIGN)),
            fails(
                    "HTTP 404 in plain text for a manifest that the image's index lists",
                    NO_DIGEST,
                    "the tag is there",
                    scene -> {
                        scene.registry().pushIndex("p/app", "multi", Map.of("linux/amd64", scene.digest()));
                        scene.registry()
                                .faults()
                                .always(RecordedRequest::isGet, Fault.reply(Reply.of(404, "text/plain", "-")));
                        return scene.checkOpen("p/app:multi", "linux/amd64");
                    }),
            heads("HEAD is answered with 404 though GET has the manifest (Nexus)", Reply.of(404)),
            heads("HEAD is answered with 405 though GET has the manifest", Reply.of(405)),
            heads("HEAD is answered with 400 though GET has the manifest", Reply.of(400)),
            heads("HEAD is answered with 501 though GET has the manifest", Reply.of(501)),
            succeeds("No `Docker-Content-Digest` (Artifactory, registry.access.redhat.com)", scene -> {
                scene.registry().faults().always(request -> true, Fault.without(DIGEST));
                return scene.checkOpen();
            }),
            fails("A `Docker-Content-Digest` that is not a digest", NO_DIGEST, scene -> {
                scene.registry().faults().always(request -> true, Fault.with(DIGEST, "sha256:zz"));
                return scene.checkOpen();
            }),
            fails("A `Docker-Content-Digest` that the manifest's bytes do not have", NO_DIGEST, scene -> {
                scene.registry().faults().always(RecordedRequest::isHead, Fault.without(DIGEST));
                scene.registry().faults().always(RecordedRequest::isGet, Fault.with(DIGEST, OTHER));
                return scene.checkOpen();
            }),
            fails("Another digest than the one that was asked for", NO_DIGEST, scene -> {
                scene.registry().faults().always(request -> true, Fault.with(DIGEST, OTHER));
                return scene.checkOpen("p/app@" + scene.digest(), null);
            }),
            fails("An image index whose bytes do not have its digest", NO_DIGEST, AnswerFaults::forgedIndex),
            fails("An image index without the platform that was asked for", CONFIGURATION, scene -> {
                scene.registry().pushIndex("p/app", "multi", Map.of("linux/amd64", scene.digest()));
                return scene.checkOpen("p/app:multi", "linux/s390x");
            }),
            answers("A page of HTML where a manifest should be", NOT_A_REGISTRY, html(200)),
            answers(
                    "JSON that is not a manifest",
                    NOT_A_REGISTRY,
                    Reply.of(200, JSON, "{\"status\":\"" + FaultScene.FOREIGN + "\"}")),
            answers(
                    "JSON that breaks off",
                    NOT_A_REGISTRY,
                    Reply.of(200, JSON, "{\"schemaVersion\":2,\"" + FaultScene.FOREIGN)),
            answers(
                    "JSON nested without end",
                    NOT_A_REGISTRY,
                    Reply.of(200, JSON, "{\"schemaVersion\":2,\"a\":" + "[".repeat(100_000))),
            answers("HTTP 204, a success without a manifest", NOT_A_REGISTRY, Reply.of(204)),
            answers("HTTP 304, which no registry gives unasked", NOT_A_REGISTRY, Reply.of(304)),
            rateLimited("HTTP 429 `TOOMANYREQUESTS` with `Retry-After` in seconds", "30"),
            rateLimited("HTTP 429 with `Retry-After` as a date", "Thu, 01 Jan 2099 00:00:00 GMT"),
            rateLimited("HTTP 429 without `Retry-After`, again and again after pauses that double", null),
            fails("A check while the host cools down after a 429", RATE_LIMITED, scene -> {
                scene.registry().faults().next(request -> true, Fault.rateLimited("30"));
                Checks checks = scene.open(Checks.of(scene.registry().host()));
                checks.failure(FaultScene.IMAGE, Checks.ANONYMOUS);
                return checks.check("p/other:stable", Checks.ANONYMOUS);
            }),
            answers("HTTP 408, again and again", UNAVAILABLE, Reply.of(408)),
            answers("HTTP 425, again and again", UNAVAILABLE, Reply.of(425)),
            answers("HTTP 520 of Cloudflare, again and again", UNAVAILABLE, Reply.of(520)),
            answers("HTTP 500", UNAVAILABLE, Reply.of(500, "text/html", FaultScene.FOREIGN)),
            fails("HTTP 502, 503 or 504, three times in a row", UNAVAILABLE, scene -> {
                for (int status : new int[] {502, 503, 504}) {
                    scene.registry().faults().next(request -> true, Fault.reply(Reply.of(status)));
                }
                return scene.checkOpen();
            }),
            answers("HTTP 503 with `Retry-After`", UNAVAILABLE, Reply.of(503).with("Retry-After", "30")),
            answers("A redirect in a circle", NOT_A_REGISTRY, redirect("/v2/p/app/manifests/stable")),
            answers("A redirect to nowhere", NOT_A_REGISTRY, Reply.of(307)),
            answers(
                    "A redirect to another host with an internal address",
                    CONFIGURATION,
                    redirect("http://10.0.0.1/" + FaultScene.FOREIGN)));

    private AnswerFaults() {}

    private static FaultRow answers(String seen, FailureKind kind, Reply reply) {
        return fails(seen, kind, scene -> scene.registry(reply).checkOpen());
    }

    private static FaultRow heads(String seen, Reply reply) {
        return succeeds(seen, scene -> {
            scene.registry().faults().always(RecordedRequest::isHead, Fault.reply(reply));
            return scene.checkOpen();
        });
    }

    private static FaultRow rateLimited(String seen, String retryAfter) {
        return fails(seen, RATE_LIMITED, scene -> {
            scene.registry().faults().always(request -> true, Fault.rateLimited(retryAfter));
            return scene.checkOpen();
        });
    }

    private static FaultRow missing(String seen, Reply reply) {
        return fails(seen, NO_DIGEST, "the tag is there", scene -> {
            scene.registry().faults().always(RecordedRequest::isHead, Fault.without(DIGEST));
            scene.registry().faults().always(RecordedRequest::isGet, Fault.reply(reply));
            return scene.checkOpen();
        });
    }

    private static Reply html(int status) {
        return Reply.of(status, "text/html; charset=utf-8", "<title>" + FaultScene.FOREIGN + "</title>");
    }

    private static Reply redirect(String location) {
        return Reply.of(307).with("Location", location);
    }

    private static Sighting forgedIndex(FaultScene scene) {
        String index = scene.registry().pushIndex("p/app", "multi", Map.of("linux/amd64", scene.digest()));
        Reply forged = Reply.of(
                        200,
                        "application/vnd.oci.image.index.v1+json",
                        "{\"schemaVersion\":2,\"manifests\":[],\"" + FaultScene.FOREIGN + "\":1}")
                .with(DIGEST, index);
        scene.registry().faults().always(RecordedRequest::isGet, Fault.reply(forged));
        return scene.checkOpen("p/app:multi", "linux/amd64");
    }
}
