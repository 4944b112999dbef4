package io.jenkins.plugins.imageupdate.registry;

import static io.jenkins.plugins.imageupdate.registry.FailureKind.CONFIGURATION;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.CREDENTIAL_REJECTED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.EDGE_BLOCKED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.FORBIDDEN;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.REFUSED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.TIMEOUT;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.TLS;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.UNAUTHENTICATED;
import static io.jenkins.plugins.imageupdate.registry.FailureKind.UNREACHABLE;
import static io.jenkins.plugins.imageupdate.registry.FaultRow.fails;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.FaultySocketServer;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import io.jenkins.plugins.imageupdate.testing.PublicInternet;
import io.jenkins.plugins.imageupdate.testing.RecordedRequest;
import io.jenkins.plugins.imageupdate.testing.Reply;
import io.jenkins.plugins.imageupdate.testing.SocketScript;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Which host refuses or does not answer: the registry by a rule of its own, its token server, a redirect's target, or a host in front. */
final class HostFaults {
    static final Authentication ROBOT =
            Authentications.ofUserPassword(FaultScene.CREDENTIAL, "robot", "robots-secret-5b1");
    private static final Predicate<RecordedRequest> WITHOUT_LOGIN =
            request -> request.authorization().isEmpty();
    private static final Predicate<RecordedRequest> WITH_TOKEN =
            request -> !request.isToken() && request.authorization().isPresent();

    static final List<FaultRow> ROWS = List.of(
            // Registries' own rules.
            gcr(412, "Container Registry is deprecated and shutting down, please use the auto migration tool"),
            gcr(412, ""),
            rule(
                    "HTTP 412 `PROJECTPOLICYVIOLATION` (Harbor)",
                    412,
                    "PROJECTPOLICYVIOLATION",
                    "current image with \"1\"" + " vulnerabilities cannot be pulled"),
            rule("HTTP 451 in registry JSON", 451, "UNAVAILABLE_FOR_LEGAL_REASONS", "not in your country"),
            rule("HTTP 405 `UNSUPPORTED`", 405, "UNSUPPORTED", "The operation is unsupported"),
            // Logins whose refusal looks like a missing right.
            refusedLogin(
                    "HTTP 403 `DENIED` \"Your authorization token has expired\" (ECR)",
                    "Your authorization token has" + " expired. Reauthenticate and try again."),
            refusedLogin(
                    "HTTP 403 `DENIED` \"The provided password or token is incorrect\" (GitLab)",
                    "HTTP Basic: Access"
                            + " denied. The provided password or token is incorrect or your account has 2FA enabled"),
            refusedLogin("HTTP 403 `DENIED` \"Invalid Username or Password\" (Quay)", "Invalid Username or Password"),
            fails("HTTP 401 in plain text with a Basic challenge for a token just given (Gitea)", FORBIDDEN, scene -> {
                scene.front(
                        WITH_TOKEN,
                        Reply.of(401, "text/plain", FaultScene.FOREIGN)
                                .with("Www-Authenticate", "Basic realm=\"Gitea Package API\""));
                return scene.check();
            }),
            fails(
                    "HTTP 401 `UNAUTHORIZED` for a token just given",
                    FORBIDDEN,
                    scene -> scene.front(WITH_TOKEN, Reply.error(401, "UNAUTHORIZED", "authentication required"))
                            .check()),
            // A name that may be misspelled.
            anonymous(
                    "HTTP 401 `insufficient_scope`, and no credential was used (Docker Hub)",
                    Reply.error(401, "UNAUTHORIZED", "authentication required")
                            .with("Www-Authenticate", "Bearer realm=\"%s/v2/token\",error=\"insufficient_scope\"")),
            anonymous("HTTP 403 `DENIED`, and no credential was used (ghcr.io)", Reply.error(403, "DENIED", "denied")),
            anonymous(
                    "HTTP 403 \"API has not been used in project\", and no credential was used (Google)",
                    Reply.error(403, "DENIED", "Artifact Registry API has not been used in project before")),
            // Something in front.
            inFront("HTTP 403 in plain text, `error code: 1010` (Cloudflare)", "text/plain", "error code: 1010"),
            inFront("HTTP 403 in XML", "application/xml", "<Error><Code>AccessDenied</Code></Error>"),
            inFront("HTTP 403 in plain text from a firewall", "text/plain", "Request blocked by policy"),
            // The token server.
            tokenServer(
                    "A token server whose name cannot be resolved",
                    UNREACHABLE,
                    "http://auth.invalid/token",
                    "auth.invalid"),
            fails("A token server that refuses connections", UNREACHABLE, "token server 127.0.0.1:", scene -> {
                String closed;
                try (FaultySocketServer server = FaultySocketServer.start(SocketScript.closesAtOnce())) {
                    closed = server.host();
                }
                return checkTokenServer(scene, "http://" + closed + "/token", ROBOT);
            }),
            fails("A token server that does not answer", TIMEOUT, "token server 127.0.0.1:", scene -> {
                FaultySocketServer silent = scene.open(FaultySocketServer.start(SocketScript.neverAnswers()));
                challenge(scene, "http://" + silent.host() + "/token");
                return scene.open(Checks.of(endpoint(scene, Duration.ofMillis(300)), Clients.HTTP))
                        .check(FaultScene.IMAGE, ROBOT);
            }),
            fails("A token server with a certificate that is not trusted", TLS, "token server 127.0.0.1:", scene -> {
                InProcessRegistry secure = scene.open(InProcessRegistry.start(LoopbackCertificate.server()));
                return checkTokenServer(scene, secure.origin() + "/token", ROBOT);
            }),
            fails(
                    "A redirect to a host whose name cannot be resolved",
                    UNREACHABLE,
                    "new.invalid, to which",
                    scene -> scene.registry(
                                    Reply.of(307).with("Location", "http://new.invalid/v2/p/app/manifests/stable"))
                            .checkOpen()),
            tokenServer(
                    "A token server on another host with an internal address that no administrator allowed",
                    CONFIGURATION,
                    "http://10.0.0.1/token",
                    "has the internal address 10.0.0.1; an administrator can allow it by Allowed addresses"),
            fails(
                    "An https registry whose token server is named by http on the same host",
                    CONFIGURATION,
                    "X-Forwarded-Proto",
                    scene -> {
                        InProcessRegistry secure = scene.open(InProcessRegistry.start(LoopbackCertificate.server()));
                        secure.faults()
                                .always(request -> true, Fault.reply(challenge("http://" + secure.host() + "/token")));
                        java.net.http.HttpClient trusting = java.net.http.HttpClient.newBuilder()
                                .sslContext(LoopbackCertificate.client())
                                .build();
                        return scene.open(Checks.of(
                                        new RegistryEndpoint(secure.host(), false, Duration.ofSeconds(20), 8, true),
                                        trusting))
                                .check(FaultScene.IMAGE, ROBOT);
                    }),
            // A redirect to a host that wants the login.
            redirected("A redirect to a host that wants a login, although one is named", ROBOT),
            redirected("A redirect to a host that wants a login", Checks.ANONYMOUS),
            fails(
                    "A token server that redirects to a host that wants the login",
                    CONFIGURATION,
                    "name 192.0.2.1 in the image",
                    scene -> {
                        scene.registry()
                                .faults()
                                .next(
                                        request -> true,
                                        Fault.reply(challenge(scene.registry().origin() + "/v2/token")));
                        scene.registry()
                                .faults()
                                .next(RecordedRequest::isToken, Fault.redirect("http://192.0.2.1/token"));
                        InProcessRegistry other = scene.open(InProcessRegistry.start());
                        other.faults().always(request -> true, Fault.reply(Reply.error(401, "UNAUTHORIZED", "log in")));
                        return scene.open(Checks.of(
                                        endpoint(scene, Duration.ofSeconds(20)),
                                        PublicInternet.answeredBy(other.origin())))
                                .check(FaultScene.IMAGE, ROBOT);
                    }),
            fails(
                    "HTTP 403 without a challenge, although a credential is named",
                    REFUSED,
                    "the credential was not sent",
                    scene -> {
                        scene.registry(Reply.error(403, "DENIED", "no"));
                        return scene.open(Checks.of(endpoint(scene, Duration.ofSeconds(20)), Clients.HTTP))
                                .check(FaultScene.IMAGE, ROBOT);
                    }));

    private HostFaults() {}

    private static FaultRow gcr(int status, String body) {
        return fails(
                "HTTP 412 of gcr.io"
                        + (body.isEmpty()
                                ? ", without a body"
                                : ": \"Container Registry is deprecated and shutting down\""),
                REFUSED,
                "was not moved to Artifact Registry",
                scene -> {
                    scene.registry(Reply.of(status, "text/plain", body));
                    return scene.checkHost(
                            "gcr.io",
                            true,
                            PublicInternet.answeredBy(scene.registry().origin()));
                });
    }

    private static FaultRow rule(String seen, int status, String code, String message) {
        return fails(
                seen,
                REFUSED,
                code + " " + message,
                scene -> scene.front(
                                request -> !request.isToken()
                                        && request.authorization().isPresent(),
                                Reply.error(status, code, message))
                        .check());
    }

    static FaultRow refusedLogin(String seen, String message) {
        return fails(seen, CREDENTIAL_REJECTED, message, scene -> {
            scene.registry()
                    .faults()
                    .always(
                            WITHOUT_LOGIN,
                            Fault.reply(Reply.of(401).with("Www-Authenticate", "Basic realm=\"registry\"")));
            scene.registry().faults().always(request -> true, Fault.reply(Reply.error(403, "DENIED", message)));
            return scene.open(Checks.of(endpoint(scene, Duration.ofSeconds(20)), Clients.HTTP))
                    .check(FaultScene.IMAGE, ROBOT);
        });
    }

    private static FaultRow anonymous(String seen, Reply refusal) {
        return fails(seen, UNAUTHENTICATED, "check the spelling", scene -> {
            scene.front().makePublic("p/app");
            String challenge = refusal.headers()
                    .getOrDefault("Www-Authenticate", List.of("Basic"))
                    .get(0)
                    .formatted(scene.front().origin());
            return scene.front(WITH_TOKEN, refusal.with("Www-Authenticate", challenge))
                    .check(FaultScene.IMAGE, Checks.ANONYMOUS);
        });
    }

    private static FaultRow inFront(String seen, String type, String body) {
        return fails(seen, EDGE_BLOCKED, "HTTP 403", scene -> {
            scene.registry(Reply.of(403, type, body + FaultScene.FOREIGN));
            return scene.open(Checks.of(endpoint(scene, Duration.ofSeconds(20)), Clients.HTTP))
                    .check(FaultScene.IMAGE, ROBOT);
        });
    }

    private static FaultRow tokenServer(String seen, FailureKind kind, String realm, String says) {
        return fails(seen, kind, says, scene -> checkTokenServer(scene, realm, ROBOT));
    }

    private static FaultRow redirected(String seen, Authentication login) {
        Reply refusal = Reply.of(401).with("Www-Authenticate", "Basic realm=\"registry\"");
        return redirected(seen, CONFIGURATION, "name 192.0.2.1 in the image", login, refusal);
    }

    /** The registry redirects to another host, which answers with this. */
    static FaultRow redirected(String seen, FailureKind kind, String says, Authentication login, Reply there) {
        return fails(seen, kind, says, scene -> {
            scene.registry(Reply.of(307).with("Location", "http://192.0.2.1/v2/p/app/manifests/stable"));
            InProcessRegistry other = scene.open(InProcessRegistry.start());
            other.faults().always(request -> true, Fault.reply(there));
            return scene.open(Checks.of(
                            endpoint(scene, Duration.ofSeconds(20)), PublicInternet.answeredBy(other.origin())))
                    .check(FaultScene.IMAGE, login);
        });
    }

    static Reply challenge(String realm) {
        return Reply.of(401).with("Www-Authenticate", "Bearer realm=\"" + realm + "\"");
    }

    private static void challenge(FaultScene scene, String realm) {
        scene.registry(challenge(realm));
    }

    static Sighting checkTokenServer(FaultScene scene, String realm, Authentication login) {
        challenge(scene, realm);
        return scene.open(Checks.of(endpoint(scene, Duration.ofSeconds(20)), Clients.HTTP))
                .check(FaultScene.IMAGE, login);
    }

    /** A registry whose token server and redirect targets may be on the loopback too. */
    static RegistryEndpoint endpoint(FaultScene scene, Duration timeout) {
        return new RegistryEndpoint(scene.registry().host(), true, timeout, 8, true)
                .withAllowedAddresses(AddressRange.parseList("127.0.0.1"));
    }
}
