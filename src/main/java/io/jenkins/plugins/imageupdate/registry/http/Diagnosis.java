package io.jenkins.plugins.imageupdate.registry.http;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Decides why a check failed, in one place: by the role of the host, the status, whether the response is a registry's JSON, and what
 * was sent. A response in a registry's JSON comes from a registry or its token server; no other body is repeated.
 */
public final class Diagnosis {
    private static final Set<String> REPOSITORY_CODES = Set.of("NAME_UNKNOWN", "NAME_INVALID", "REPOSITORY_NOT_FOUND");
    private static final Set<String> REFUSAL_CODES = Set.of("DENIED", "UNAUTHORIZED");
    private static final Set<String> INVALID_CODES = Set.of("NAME_INVALID", "TAG_INVALID", "DIGEST_INVALID");

    /** "Error Codes" of the distribution specification, and registries' own: it tells a registry's errors from any other service's. */
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{2,63}");

    /** Of gcr.io, for a key that shells or editors have damaged; the status differs. */
    private static final String UNPARSABLE_KEY = "Unable to parse json key";

    private static final String SECRET = "(?:password|token|login|credentials?|secret|key|user ?name|robot account)";
    private static final String USELESS = "(?:expired|revoked|incorrect|invalid|disabled|wrong|bad)";

    /** Refusals of the login itself, which some registries give with the status or code of a missing right (ECR, GitLab, Quay). */
    private static final Pattern LOGIN_REFUSED = Pattern.compile(
            USELESS + " " + SECRET + "\\b|\\b" + SECRET + "\\b[^.;:]{0,60}\\b" + USELESS + "\\b",
            Pattern.CASE_INSENSITIVE);

    private static final String PROXY_LOGIN =
            "the proxy wants a login (HTTP 407): check user and password of the proxy in Jenkins' settings. For https, Java sends them"
                    + " only if the controller is started with -Djdk.http.auth.tunneling.disabledSchemes=";

    private static final String NOT_MOVED =
            "Container Registry was shut down, and the project of this image was not moved to Artifact"
                    + " Registry: its owner can do that with \"gcloud artifacts docker upgrade migrate --projects=PROJECT\"";

    private static final String GOOGLE_ROLE = "; on Google, read access is the role roles/artifactregistry.reader";

    private final Response response;
    private final HostRole role;
    private final Sent sent;
    private final JsonNode document;
    private final String code;
    private final String words;

    private Diagnosis(Response response, HostRole role, Sent sent) {
        this.response = response;
        this.role = role;
        this.sent = sent;
        document = response.html() ? Json.read(new byte[0]) : Json.read(response.body());
        JsonNode error = document.path("errors").path(0);
        code = Json.text(error, "code");
        words = words(error);
    }

    /** The failure behind a response that is not a success. */
    public static RegistryException of(Response response, HostRole role, Sent sent, Clock clock) {
        return new Diagnosis(response, role, sent).failure(clock);
    }

    private RegistryException failure(Clock clock) {
        FailureKind kind = kind();
        String status = "HTTP " + response.status();
        boolean repeated = EchoedSecrets.repeated(sent.authorization(), words);
        String said = Printable.of(status
                + (repeated ? ": words withheld, they repeat the credential" : words.isBlank() ? "" : ": " + words));
        return switch (response.status()) {
            case 407 -> new RegistryException(kind, PROXY_LOGIN);
            case 429 ->
                new RegistryException(
                        kind, role.prefix(response.uri()) + said + quota(clock), RetryAfter.orDefault(response, clock));
            default ->
                new RegistryException(
                        kind, role.prefix(response.uri()) + said + explanation(kind), RetryAfter.of(response, clock));
        };
    }

    private FailureKind kind() {
        int status = response.status();
        if (status >= 500) {
            return FailureKind.UNAVAILABLE;
        }
        return switch (status) {
            case 401, 403 -> refused();
            case 404 -> notFound();
            case 407 -> FailureKind.UNREACHABLE;
            case 429 -> FailureKind.RATE_LIMITED;
            default -> other();
        };
    }

    private FailureKind refused() {
        boolean inFront = response.status() == 403 && (response.html() || !document.isObject() && hasBody());
        if (inFront && !fromRegistry()) {
            return FailureKind.EDGE_BLOCKED;
        }
        if (role == HostRole.REDIRECT_TARGET) {
            return FailureKind.CONFIGURATION;
        }
        if (!sent.credential()) {
            return FailureKind.UNAUTHENTICATED;
        }
        if (!sent.login()) {
            return FailureKind.REFUSED;
        }
        if (words.contains("Unauthenticated request")
                || words.contains(UNPARSABLE_KEY)
                || LOGIN_REFUSED.matcher(words).find()) {
            return FailureKind.CREDENTIAL_REJECTED;
        }
        return response.status() != 401 || rightMissing() ? FailureKind.FORBIDDEN : FailureKind.CREDENTIAL_REJECTED;
    }

    /** A token that the token server gave for a login, and that opens nothing, tells of a missing right and not of a wrong login. */
    private boolean rightMissing() {
        return code.equals("DENIED")
                || sent.accepted()
                || words.contains("unauthorized to access repository")
                || response.headers().allValues("WWW-Authenticate").stream()
                        .anyMatch(challenge -> challenge.contains("insufficient_scope"));
    }

    /** Only a registry's own words mean that a tag is gone: a proxy's or web server's 404 does not, nor does a token server's. */
    private FailureKind notFound() {
        if (REFUSAL_CODES.contains(code) || role != HostRole.REGISTRY && inRegistryJson()) {
            return refused();
        }
        if (REPOSITORY_CODES.contains(code)) {
            return FailureKind.REPOSITORY_NOT_FOUND;
        }
        return role == HostRole.REGISTRY && fromRegistry() ? FailureKind.TAG_NOT_FOUND : FailureKind.NOT_A_REGISTRY;
    }

    private FailureKind other() {
        if (words.contains(UNPARSABLE_KEY)) {
            return FailureKind.CREDENTIAL_REJECTED;
        }
        if (role == HostRole.TOKEN_SERVER && response.status() == 400) {
            return sent.credential() ? FailureKind.CREDENTIAL_REJECTED : FailureKind.UNAUTHENTICATED;
        }
        if (INVALID_CODES.contains(code)) {
            return FailureKind.CONFIGURATION;
        }
        boolean rule = response.status() >= 400 && fromRegistry() || notMoved();
        return rule ? FailureKind.REFUSED : FailureKind.NOT_A_REGISTRY;
    }

    /** What a user should know besides the words of the server. */
    private String explanation(FailureKind kind) {
        String host = String.valueOf(response.uri().getRawAuthority());
        return switch (kind) {
            case REFUSED ->
                notMoved()
                        ? ": " + NOT_MOVED
                        : sent.credential() && !sent.login()
                                ? "; the credential was not sent, since the registry did not ask for one that it can use"
                                : "";
            case FORBIDDEN -> KnownRegistries.google(host) || words.contains("artifactregistry") ? GOOGLE_ROLE : "";
            case CONFIGURATION ->
                role == HostRole.REDIRECT_TARGET && response.status() < 405 ? loginStaysHere(host) : "";
            default -> "";
        };
    }

    /** For a host that a registry redirects to and that wants a login. */
    public static String loginStaysHere(String host) {
        return "; it wants a login, and a login is not sent to another host: name " + host + " in the image";
    }

    /** Since 2025 gcr.io answers 412 in plain text for a project that was never moved. */
    private boolean notMoved() {
        return response.status() == 412
                && !inRegistryJson()
                && KnownRegistries.gcr(String.valueOf(response.uri().getRawAuthority()));
    }

    private boolean inRegistryJson() {
        return CODE.matcher(code).matches();
    }

    private boolean fromRegistry() {
        boolean header = !response.header("Docker-Distribution-Api-Version").isEmpty();
        return !response.html() && (inRegistryJson() || header);
    }

    private boolean hasBody() {
        return response.body().length > 0;
    }

    /** Only fields in which registries and token servers explain themselves are repeated, never another body. */
    private String words(JsonNode error) {
        if (response.html()) {
            return "a page of HTML instead of registry JSON";
        }
        if (inRegistryJson()) {
            return (code + " " + Json.text(error, "message")).strip();
        }
        // Of Docker Hub's token server, which says nothing more.
        boolean alone = document.isObject() && document.size() == 1;
        return alone ? Json.text(document, "details").strip() : "";
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
