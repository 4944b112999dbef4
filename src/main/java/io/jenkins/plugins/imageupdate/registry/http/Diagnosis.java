package io.jenkins.plugins.imageupdate.registry.http;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.registry.KnownRegistries;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Decides why a check failed, in one place: by the role of the host, the status, whether the response is a registry's JSON, and what
 * was sent. A response in a registry's JSON comes from a registry or its token server; no other body is repeated.
 */
public final class Diagnosis {
    private static final Set<String> REPOSITORY_CODES = Set.of("NAME_UNKNOWN", "NAME_INVALID", "REPOSITORY_NOT_FOUND");
    private static final Set<String> REFUSAL_CODES = Set.of("DENIED", "UNAUTHORIZED");
    private static final Set<String> LOGIN_CODES = Set.of("DENIED", "UNAUTHORIZED", "UNKNOWN");
    private static final Set<String> INVALID_CODES = Set.of("NAME_INVALID", "TAG_INVALID", "DIGEST_INVALID");

    /** Of gcr.io, for a key that shells or editors have damaged; the status differs. */
    private static final String UNPARSABLE_KEY = "Unable to parse json key";

    private static final String PROXY_LOGIN =
            "the proxy wants a login (HTTP 407): check user and password of the proxy in Jenkins' settings. For https, Java sends them"
                    + " only if the controller is started with -Djdk.http.auth.tunneling.disabledSchemes=";

    private static final String NOT_MOVED =
            "Container Registry was shut down, and the project of this image was not moved to Artifact"
                    + " Registry: its owner can do that with \"gcloud artifacts docker upgrade migrate --projects=PROJECT\"";

    /** Of gcr.io, in plain text with 412 and in other forms. */
    private static final String SHUT_DOWN = "Container Registry is deprecated";

    private static final String NOT_SENT =
            "; the credential was not sent, since the registry did not ask for one that it can use";

    /** RFC 6585, section 6: a network wants a login of its own before it lets requests through. */
    private static final int CAPTIVE_PORTAL = 511;

    private static final String GOOGLE_ROLE = "; on Google, read access is the role roles/artifactregistry.reader";

    private final Response response;
    private final HostRole role;
    private final Sent sent;
    private final Said said;

    private Diagnosis(Response response, HostRole role, Sent sent) {
        this.response = response;
        this.role = role;
        this.sent = sent;
        said = Said.in(response);
    }

    /** The failure behind a response that is not a success. */
    public static RegistryException of(Response response, HostRole role, Sent sent, Clock clock) {
        return new Diagnosis(response, role, sent).failure(clock);
    }

    private RegistryException failure(Clock clock) {
        FailureKind kind = kind();
        if (response.status() == 407) {
            return new RegistryException(kind, PROXY_LOGIN);
        }
        String words = said.words();
        boolean repeated = EchoedSecrets.repeated(sent.authorization(), words);
        String answer = Printable.of("HTTP " + response.status()
                + (repeated ? ": words withheld, they repeat the credential" : words.isBlank() ? "" : ": " + words));
        boolean pause = kind == FailureKind.RATE_LIMITED || response.status() == 429;
        return new RegistryException(
                kind,
                role.prefix(response.uri()) + answer + (pause ? quota(clock) : "") + explanation(kind),
                pause ? RetryAfter.orDefault(response, clock) : RetryAfter.of(response, clock));
    }

    private FailureKind kind() {
        int status = response.status();
        if (status >= 500) {
            return status == CAPTIVE_PORTAL ? FailureKind.EDGE_BLOCKED : FailureKind.UNAVAILABLE;
        }
        if (notMoved()) {
            return FailureKind.REFUSED;
        }
        if (said.failedLogins() && sent.credential()) {
            return FailureKind.CREDENTIAL_REJECTED;
        }
        if (status >= 400 && said.tooMany()) {
            return FailureKind.RATE_LIMITED;
        }
        return switch (status) {
            case 401, 403 -> refused();
            case 404 -> notFound();
            case 407 -> FailureKind.UNREACHABLE;
            case 408, 421, 425 -> FailureKind.UNAVAILABLE;
            case 429 -> FailureKind.RATE_LIMITED;
            default -> other();
        };
    }

    private FailureKind refused() {
        if (response.status() == 403 ? inFront() : loginPage()) {
            return FailureKind.EDGE_BLOCKED;
        }
        if (said.ownRule()) {
            return FailureKind.REFUSED;
        }
        if (role.redirect()) {
            return FailureKind.CONFIGURATION;
        }
        if (!sent.credential()) {
            return FailureKind.UNAUTHENTICATED;
        }
        if (!sent.login()) {
            return FailureKind.REFUSED;
        }
        if (said.words().contains("Unauthenticated request") || loginRefused()) {
            return FailureKind.CREDENTIAL_REJECTED;
        }
        return response.status() != 401 || rightMissing() ? FailureKind.FORBIDDEN : FailureKind.CREDENTIAL_REJECTED;
    }

    private boolean loginRefused() {
        return said.words().contains(UNPARSABLE_KEY) || said.loginRefused();
    }

    /** A page, text, XML, or the JSON of a gateway: not the answer of a registry or of a token server. */
    private boolean inFront() {
        boolean foreign = response.html() || hasBody() && !said.shaped() && !(role.token() && json());
        return foreign && !fromRegistry();
    }

    /**
     * A 401 must name a challenge (RFC 9110, section 15.5.2). A page for people without one is of a gateway with a login of its own, if no
     * credential was sent; some registries answer a wrong password like this.
     */
    private boolean loginPage() {
        return !sent.credential()
                && response.html()
                && response.header("WWW-Authenticate").isEmpty();
    }

    private boolean json() {
        return Json.read(response.body()).isObject();
    }

    /** A token that the token server gave for a login, and that opens nothing, tells of a missing right and not of a wrong login. */
    private boolean rightMissing() {
        return said.code().equals("DENIED")
                || sent.accepted()
                || said.words().contains("unauthorized to access repository")
                || response.headers().allValues("WWW-Authenticate").stream()
                        .anyMatch(challenge -> challenge.contains("insufficient_scope"));
    }

    /**
     * Only a registry's own words mean that a tag is gone, also those of a registry that this one is an alias of (registry.k8s.io): a
     * proxy's or web server's 404 does not, nor does a token server's, nor a refusal that has the status 404.
     */
    private FailureKind notFound() {
        if (REFUSAL_CODES.contains(said.code()) || role.token() && said.inRegistryJson()) {
            return refused();
        }
        if (REPOSITORY_CODES.contains(said.code()) || said.noRepository()) {
            return FailureKind.REPOSITORY_NOT_FOUND;
        }
        if (said.inRegistryJson()) {
            return said.unknown() ? FailureKind.TAG_NOT_FOUND : FailureKind.REFUSED;
        }
        return role == HostRole.REGISTRY && fromRegistry() ? FailureKind.TAG_NOT_FOUND : FailureKind.NOT_A_REGISTRY;
    }

    private FailureKind other() {
        if (said.words().contains(UNPARSABLE_KEY) || sent.login() && said.loginRefused()) {
            return FailureKind.CREDENTIAL_REJECTED;
        }
        if (INVALID_CODES.contains(said.code())) {
            return FailureKind.CONFIGURATION;
        }
        if (loginUnusable()) {
            return sent.credential() ? FailureKind.CREDENTIAL_REJECTED : FailureKind.UNAUTHENTICATED;
        }
        if (response.status() >= 400 && fromRegistry()) {
            return FailureKind.REFUSED;
        }
        boolean blocked = response.status() == 451 || response.status() == 406 && response.html();
        return blocked ? FailureKind.EDGE_BLOCKED : FailureKind.NOT_A_REGISTRY;
    }

    /**
     * Token servers answer a login that they cannot read, and some the one of a deleted account, with 400. Such an answer may be about the
     * request as well: too long for a proxy in front, or a scope that the server does not know. Then the login must not count as rejected,
     * since it would not be tried for other images either.
     */
    private boolean loginUnusable() {
        boolean aboutLogin = !said.inRegistryJson() || LOGIN_CODES.contains(said.code());
        return role == HostRole.TOKEN_SERVER && response.status() == 400 && aboutLogin && !inFront();
    }

    /** What a user should know besides the words of the server. */
    private String explanation(FailureKind kind) {
        String host = String.valueOf(response.uri().getRawAuthority());
        boolean refusal = response.status() == 401 || response.status() == 403;
        return switch (kind) {
            case REFUSED -> notMoved() ? ": " + NOT_MOVED : refusal && !said.ownRule() ? NOT_SENT : "";
            case FORBIDDEN -> forbidden(host);
            case CREDENTIAL_REJECTED ->
                said.failedLogins() ? "; it does not look at logins for a while after several wrong ones" : "";
            case RATE_LIMITED -> sent.credential() ? "" : "; a login usually has a higher limit than none";
            case CONFIGURATION -> role.redirect() && response.status() < 405 ? loginStaysHere(host) : "";
            default -> "";
        };
    }

    private String forbidden(String host) {
        if (KnownRegistries.google(host) || said.words().contains("artifactregistry")) {
            return GOOGLE_ROLE;
        }
        // ghcr.io's token server answers both alike.
        return role.token() && response.status() == 403
                ? "; a credential that has expired may be answered like this too"
                : "";
    }

    /** For a host that a registry redirects to and that wants a login. */
    public static String loginStaysHere(String host) {
        return "; it wants a login, and a login is not sent to another host: name " + host
                + " in the image. Check the spelling too: a repository that does not exist may be answered like this";
    }

    /** Since 2025 gcr.io answers 412 in plain text for a project that was never moved. */
    private boolean notMoved() {
        if (!KnownRegistries.gcr(String.valueOf(response.uri().getRawAuthority()))) {
            return false;
        }
        String text = new String(response.body(), StandardCharsets.ISO_8859_1);
        return response.status() == 412 && !said.inRegistryJson() || text.contains(SHUT_DOWN);
    }

    private boolean fromRegistry() {
        boolean header = !response.header("Docker-Distribution-Api-Version").isEmpty();
        return !response.html() && (said.inRegistryJson() || header);
    }

    private boolean hasBody() {
        return response.body().length > 0;
    }

    /** What the registry says of its limit, so that a user sees which one was met (WUD issue 161). */
    private String quota(Clock clock) {
        Quota quota = Quota.of(response.headers(), clock.instant());
        return quota == null ? "" : "; " + quota.words();
    }

    /**
     * The failure behind a request that got no response.
     *
     * @throws CompletionException if it is not a failure of a request but a fault of this program
     */
    public static RegistryException of(Throwable thrown) {
        Throwable cause = RegistryException.unwrap(thrown);
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof RegistryException known) {
                return known;
            }
            if (t instanceof SSLException refused) {
                return TlsRefusal.of(refused);
            }
            if (t instanceof UnresolvedAddressException || t instanceof java.net.UnknownHostException) {
                return new RegistryException(FailureKind.UNREACHABLE, "the host's name cannot be resolved");
            }
            if (t instanceof HttpConnectTimeoutException) {
                return new RegistryException(FailureKind.UNREACHABLE, "no connection in time");
            }
            if (t instanceof HttpTimeoutException || t instanceof TimeoutException) {
                return new RegistryException(FailureKind.TIMEOUT, "no complete answer in time");
            }
            if (t instanceof ProtocolException) {
                return new RegistryException(FailureKind.NOT_A_REGISTRY, "the answer is not HTTP");
            }
            if (t instanceof IllegalArgumentException) {
                // Without its message, which may be a header's value or a part of a response.
                return new RegistryException(FailureKind.CONFIGURATION, "no request can be sent to this address");
            }
        }
        if (cause instanceof IOException) {
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            String what = cause instanceof ConnectException ? "no connection: " : "the connection broke off: ";
            return new RegistryException(FailureKind.UNREACHABLE, what + reason);
        }
        throw new CompletionException(cause);
    }
}
