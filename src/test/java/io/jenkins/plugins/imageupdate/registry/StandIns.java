package io.jenkins.plugins.imageupdate.registry;

import static io.jenkins.plugins.imageupdate.registry.StandIn.NONE;
import static io.jenkins.plugins.imageupdate.registry.StandIn.regular;

import io.jenkins.plugins.imageupdate.registry.StandIn.Door;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.util.List;
import java.util.Optional;

/** The mainstream registries, from their documentation and from public reports of other tools. */
final class StandIns {
    private static final Reply DENIED = Reply.error(401, "UNAUTHORIZED", "authentication required");
    private static final String TOKEN = "{\"token\":\"%s\",\"expires_in\":300}";
    private static final String JWT = "{\"token\":\"%s\"}";
    private static final String PASSWORD = "user name and password";

    static final List<StandIn> ALL = List.of(
            new StandIn(
                    "Google: gcr.io, Artifact Registry (`*.pkg.dev`)",
                    "service account key, key that signs on the controller, access token, the controller's identity",
                    "challenge without a scope; a token is good for one repository; a page of 10,000 tags is answered 405; gcr.io answers"
                            + " 412 for a project that was not moved to Artifact Registry",
                    "reader",
                    Door.bearer("/v2/token", TOKEN, false, Reply.error(403, "DENIED", "Unauthenticated request.")),
                    0,
                    (request, answer) -> request.parameter("n")
                            .filter(n -> Integer.parseInt(n) >= 10_000)
                            .map(n -> Reply.of(405))),
            new StandIn(
                    "Docker Hub",
                    PASSWORD + " or access token as password; none for public images",
                    "names of one host, served by another; a repository that does not exist is answered like a private one; limits are"
                            + " counted for each login, and by address without one",
                    "robot",
                    Door.bearer(
                            "/token",
                            TOKEN,
                            true,
                            Reply.of(401, "application/json", "{\"details\":\"incorrect username or password\"}")),
                    0,
                    (request, answer) -> Optional.of(
                            request.path().contains("/p/never/")
                                    ? DENIED.with("Www-Authenticate", "Bearer error=\"insufficient_scope\"")
                                    : regular(answer).with("ratelimit-limit", "100;w=21600"))),
            new StandIn(
                    "GitHub (ghcr.io)",
                    "user name and personal access token",
                    "tokens name no lifetime; a token for several repositories is refused because of one; refusals are 403 `DENIED`",
                    "robot",
                    Door.bearer("/token", JWT, true, Reply.error(403, "DENIED", "invalid token"))
                            .withOneForAll(),
                    0,
                    NONE),
            new StandIn(
                    "GitLab",
                    "deploy token, personal access token or CI job token as password",
                    "the token server is the GitLab host itself; a wrong password is answered 403 `DENIED`",
                    "deploy",
                    Door.bearer(
                            "/jwt/auth",
                            TOKEN,
                            true,
                            Reply.error(
                                    403,
                                    "DENIED",
                                    "HTTP Basic: Access denied. The provided password or token is incorrect")),
                    0,
                    NONE),
            new StandIn(
                    "Quay",
                    "robot account `organisation+name`",
                    "tokens are JWTs whose lifetime is in them alone",
                    "p+robot",
                    Door.bearer(
                            "/v2/auth", JWT, true, Reply.error(401, "UNAUTHORIZED", "Invalid Username or Password")),
                    0,
                    NONE),
            new StandIn(
                    "Harbor",
                    "robot account `robot$name`, " + PASSWORD,
                    "a token of another scope is answered with a Basic challenge; 412 `PROJECTPOLICYVIOLATION` by its policies",
                    "robot$app",
                    Door.bearer("/service/token", TOKEN, true, DENIED)
                            .withMissingRight(Reply.error(401, "UNAUTHORIZED", "unauthorized to access repository")
                                    .with("Www-Authenticate", "Basic realm=\"harbor\"")),
                    0,
                    (request, answer) -> request.path().endsWith("/unscanned")
                            ? Optional.of(Reply.error(412, "PROJECTPOLICYVIOLATION", "the image is not scanned yet"))
                            : Optional.empty()),
            new StandIn(
                    "JFrog Artifactory",
                    PASSWORD + ", identity token as password",
                    "HEAD without `Docker-Content-Digest`; links of tag lists lack the virtual repository's name; tag lists hold digests",
                    "robot",
                    Door.bearer("/artifactory/api/docker/docker/v2/token", TOKEN, true, DENIED),
                    0,
                    (request, answer) -> request.isHead()
                            ? Optional.of(regular(answer).without("Docker-Content-Digest"))
                            : pages(request, answer, "/v2/app/tags/list")),
            new StandIn(
                    "Sonatype Nexus",
                    PASSWORD + ", user token",
                    "HEAD is answered 404 although GET has the manifest; links of tag lists name an internal host by http",
                    "robot",
                    Door.basic(Reply.of(401, "text/html", "<h1>401</h1>")),
                    0,
                    (request, answer) -> request.isHead()
                            ? Optional.of(Reply.of(404))
                            : pages(
                                    request,
                                    answer,
                                    "http://nexus.internal:8081/repository/docker/v2/p/app/tags/list")),
            new StandIn(
                    "Amazon ECR",
                    "user `AWS` and the password of `aws ecr get-login-password`, which is good for 12 hours",
                    "a password that has expired is answered 403 `DENIED`",
                    "AWS",
                    Door.basic(Reply.error(
                            403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.")),
                    0,
                    NONE),
            new StandIn(
                    "Amazon ECR Public",
                    "none, or user `AWS`",
                    "one request a second, then 429 without `Retry-After`",
                    "AWS",
                    Door.bearer("/token/", TOKEN, true, DENIED),
                    1,
                    NONE),
            new StandIn(
                    "Azure Container Registry",
                    "service principal, token or admin account as " + PASSWORD,
                    "tags and images want different rights, each named in its own refusal only",
                    "principal",
                    Door.bearer("/oauth2/token", "{\"access_token\":\"%s\"}", true, DENIED)
                            .withTagsApart(),
                    0,
                    NONE),
            new StandIn(
                    "Gitea, Forgejo",
                    "user name and access token",
                    "challenge without a scope; a missing right is answered 401 in plain text with a Basic challenge",
                    "robot",
                    Door.bearer("/v2/token", JWT, false, Reply.of(401, "text/plain", "unauthorized"))
                            .withMissingRight(Reply.of(401, "text/plain", "unauthorized")
                                    .with("Www-Authenticate", "Basic realm=\"Gitea Package API\"")),
                    0,
                    NONE),
            new StandIn(
                    "Pulp",
                    PASSWORD,
                    "links of tag lists are absolute, by http, behind a front that speaks https",
                    "admin",
                    Door.bearer("/token/", TOKEN, true, DENIED),
                    0,
                    (request, answer) -> pages(request, answer, "http://pulp-api:24817/v2/p/app/tags/list")),
            new StandIn(
                    "Alibaba Cloud",
                    PASSWORD + ", temporary token as password",
                    "endpoints in a VPC have addresses of 100.64.0.0/10, which an administrator has to allow",
                    "user@account",
                    Door.bearer("/auth", TOKEN, true, DENIED),
                    0,
                    NONE),
            new StandIn(
                    "CNCF distribution server",
                    PASSWORD + " (htpasswd), any token server",
                    "version 2 knows no pages of tags; a page size above the operator's limit is answered 400",
                    "robot",
                    Door.basic(DENIED),
                    0,
                    (request, answer) -> request.parameter("n").isPresent()
                            ? Optional.of(Reply.error(
                                    400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested"))
                            : Optional.empty()),
            new StandIn(
                    "Red Hat (registry.access.redhat.com)",
                    "none",
                    "no `Docker-Content-Digest` at all",
                    "none",
                    Door.open(),
                    0,
                    (request, answer) -> Optional.of(regular(answer).without("Docker-Content-Digest"))));

    private StandIns() {}

    /** The tags in two pages, the second by a link of this address. */
    private static Optional<Reply> pages(RecordedRequest request, Fault.RegularAnswer answer, String link) {
        if (!request.path().endsWith("/tags/list")) {
            return Optional.empty();
        }
        boolean second = request.parameter("last").isPresent();
        String tags = second ? "[\"moved\"]" : "[\"1.0\",\"gone\",\"stable\"]";
        Reply page = Reply.of(200, "application/json", "{\"name\":\"p/app\",\"tags\":" + tags + "}");
        return Optional.of(second ? page : page.with("Link", "<" + link + "?last=stable&n=3>; rel=\"next\""));
    }
}
