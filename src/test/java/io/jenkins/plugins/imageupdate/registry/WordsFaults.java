package io.jenkins.plugins.imageupdate.registry;

import static io.jenkins.plugins.imageupdate.registry.FailureKind.CREDENTIAL_REJECTED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.EDGE_BLOCKED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.FORBIDDEN;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.RATE_LIMITED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.REFUSED;
import static io.jenkins.plugins.imageupdate.registry.FaultRow.fails;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.PublicInternet;
import io.jenkins.plugins.imageupdate.testing.Reply;
import java.time.Duration;
import java.util.List;

/** Refusals whose status is that of a missing right, or of a limit, and whose words or form say that they are about something else. */
final class WordsFaults {
    private static final String JSON = "application/json";
    private static final String ADDRESS =
            "client with IP '192.0.2.9' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.";
    private static final String XRAY =
            "Artifact download request rejected: app was not downloaded due to the download blocking policy configured in Xray";

    static final List<FaultRow> ROWS = List.of(
            // Rules that no login changes.
            rule(
                    "HTTP 403 `DENIED` \"client with IP … is not allowed access\" (Azure)",
                    Reply.error(403, "DENIED", ADDRESS),
                    ADDRESS),
            fails(
                    "The same, and no credential was used",
                    REFUSED,
                    "is not allowed access",
                    scene -> scene.registry(Reply.error(403, "DENIED", ADDRESS)).checkOpen()),
            rule(
                    "HTTP 403 \"blocking policy configured in Xray\" (Artifactory)",
                    Reply.of(403, JSON, "{\"errors\":[{\"status\":403,\"message\":\"" + XRAY + "\"}]}"),
                    XRAY),
            rule(
                    "HTTP 403 `DENIED` \"prohibited by organization's policy\" (Google)",
                    Reply.error(
                            403,
                            "DENIED",
                            "Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: x"),
                    "organization's policy"),
            rule(
                    "HTTP 403 `DENIED` \"the organization has an IP allow list enabled\" (GitHub)",
                    Reply.error(
                            403,
                            "DENIED",
                            "the organization has an IP allow list enabled, and your IP address is not permitted"),
                    "IP allow list"),
            rule(
                    "HTTP 403 `FORBIDDEN` about vulnerabilities",
                    Reply.error(403, "FORBIDDEN", "The image is quarantined: 3 critical vulnerabilities"),
                    "quarantined"),
            // Logins.
            login("User account is locked"),
            login("Your account has been suspended"),
            login("Your account has been blocked by the administrator"),
            login("Request had invalid authentication credentials"),
            login("The token is not valid any more"),
            fails(
                    "HTTP 400 `UNSUPPORTED` \"Your authorization token has expired\"",
                    CREDENTIAL_REJECTED,
                    scene -> basic(scene, Reply.error(400, "UNSUPPORTED", "Your authorization token has expired"))),
            fails(
                    "HTTP 429 \"too many failed login attempts\" (Docker Hub)",
                    CREDENTIAL_REJECTED,
                    "does not look at logins for a while",
                    scene -> token(
                            scene,
                            Reply.error(
                                    429,
                                    "TOOMANYREQUESTS",
                                    "too many failed login attempts for username or IP address"))),
            fails(
                    "HTTP 403 `DENIED` \"denied\" from the token server (ghcr.io)",
                    FORBIDDEN,
                    "a credential that has expired may be answered like this too",
                    scene -> token(scene, Reply.error(403, "DENIED", "denied"))),
            // Limits.
            fails(
                    "HTTP 429 without a credential",
                    RATE_LIMITED,
                    "a login usually has a higher limit",
                    scene -> scene.registry(
                                    Reply.error(429, "TOOMANYREQUESTS", "slow").with("Retry-After", "100"))
                            .checkOpen()),
            limit(
                    "HTTP 403 `TOOMANYREQUESTS`",
                    Reply.error(403, "TOOMANYREQUESTS", "You have reached your pull rate limit")),
            limit("HTTP 400 \"Rate exceeded\"", Reply.error(400, "THROTTLED", "Rate exceeded")),
            limit("HTTP 429 with `Retry-After: 0`, again and again", Fault.rateLimited("0")),
            // Something in front.
            front(
                    "HTTP 403 in the JSON of a gateway",
                    Reply.of(403, JSON, "{\"message\":\"" + FaultScene.FOREIGN + "\"}")),
            front("HTTP 451 in plain text", Reply.of(451, "text/plain", FaultScene.FOREIGN)),
            front("HTTP 406 with a page of HTML (mod_security)", Reply.of(406, "text/html", FaultScene.FOREIGN)),
            front("HTTP 511: the network wants a login", Reply.of(511, "text/html", FaultScene.FOREIGN)),
            gcr(
                    "HTTP 403 of gcr.io: \"Container Registry is deprecated\"",
                    Reply.of(403, "text/plain", "Container Registry is deprecated")),
            gcr(
                    "HTTP 412 of gcr.io in registry JSON",
                    Reply.error(412, "UNKNOWN", "Container Registry is deprecated and shutting down")));

    private WordsFaults() {}

    private static Sighting check(FaultScene scene) {
        return scene.open(Checks.of(HostFaults.endpoint(scene, Duration.ofSeconds(20)), Clients.HTTP))
                .check(FaultScene.IMAGE, HostFaults.ROBOT);
    }

    /** A registry that asks for the login with each request, and then answers with this. */
    private static Sighting basic(FaultScene scene, Reply refusal) {
        scene.registry()
                .faults()
                .always(
                        request -> request.authorization().isEmpty(),
                        Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic realm=\"registry\"")));
        scene.registry().faults().always(request -> true, Fault.reply(refusal));
        return check(scene);
    }

    /** A registry whose token server answers with this. */
    private static Sighting token(FaultScene scene, Reply answer) {
        scene.registry().faults().always(request -> request.path().equals("/token"), Fault.reply(answer));
        scene.registry(HostFaults.challenge(scene.registry().origin() + "/token"));
        return check(scene);
    }

    private static FaultRow rule(String seen, Reply refusal, String says) {
        return fails(seen, REFUSED, says, scene -> basic(scene, refusal));
    }

    private static FaultRow login(String words) {
        return HostFaults.refusedLogin("HTTP 403 `DENIED` \"" + words + "\"", words);
    }

    private static FaultRow limit(String seen, Reply reply) {
        return limit(seen, Fault.reply(reply));
    }

    private static FaultRow limit(String seen, Fault fault) {
        return fails(seen, RATE_LIMITED, scene -> {
            scene.registry().faults().always(request -> true, fault);
            return scene.checkOpen();
        });
    }

    private static FaultRow front(String seen, Reply reply) {
        return fails(seen, EDGE_BLOCKED, scene -> scene.registry(reply).checkOpen());
    }

    private static FaultRow gcr(String seen, Reply reply) {
        return fails(
                seen,
                REFUSED,
                "was not moved to Artifact Registry",
                scene -> scene.registry(reply)
                        .checkHost(
                                "eu.gcr.io",
                                true,
                                PublicInternet.answeredBy(scene.registry().origin())));
    }
}
