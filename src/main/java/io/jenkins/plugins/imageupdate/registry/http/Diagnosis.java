package io.jenkins.plugins.imageupdate.registry.http;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Json;
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
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Tells why a check failed from what came back. The rows it follows are those of the registries themselves: Google's front end
 * answers a blocked address with a page of HTML, its registry with JSON; anonymous and unprivileged requests get the same status and
 * different words.
 */
public final class Diagnosis {
    private static final Set<String> REPOSITORY_CODES = Set.of("NAME_UNKNOWN", "NAME_INVALID", "REPOSITORY_NOT_FOUND");
    private static final Set<String> REFUSAL_CODES = Set.of("DENIED", "UNAUTHORIZED");
    private static final Set<String> INVALID_CODES = Set.of("NAME_INVALID", "TAG_INVALID", "DIGEST_INVALID");

    /** "Error Codes" of the distribution specification, and registries' own: it tells a registry's errors from any other service's. */
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{2,63}");

    /** Of gcr.io, for a key that shells or editors have damaged; the status differs. */
    private static final String UNPARSABLE_KEY = "Unable to parse json key";

    private static final String PROXY_LOGIN =
            "the proxy wants a login (HTTP 407): check user and password of the proxy in Jenkins' settings. For https, Java sends them"
                    + " only when the controller is started with -Djdk.http.auth.tunneling.disabledSchemes=";

    private Diagnosis() {}

    /**
     * The failure behind a response that is not a success.
     *
     * @param credentialSent whether the request carried a credential or a token obtained with one
     */
    public static RegistryException of(Response answer, boolean credentialSent, Clock clock) {
        return of(answer, credentialSent, null, clock);
    }

    /**
     * As above.
     *
     * @param authorization the header that was sent, null if none; words that repeat it are withheld
     */
    public static RegistryException of(
            Response answer, boolean credentialSent, @CheckForNull String authorization, Clock clock) {
        JsonNode document = answer.html() ? Json.read(new byte[0]) : Json.read(answer.body());
        JsonNode error = document.path("errors").path(0);
        String words = words(answer, document, error);
        boolean repeated = EchoedSecrets.repeated(authorization, words);
        String said = Printable.of("HTTP " + answer.status()
                + (repeated ? ": words withheld, they repeat the credential" : words.isBlank() ? "" : ": " + words));
        String code = Json.text(error, "code");
        return switch (answer.status()) {
            case 401 -> new RegistryException(unauthorized(answer, code, words, credentialSent), said);
            case 403 -> new RegistryException(forbidden(answer, words, credentialSent), said);
            case 404 -> new RegistryException(notFound(answer, code, words, credentialSent), said);
            case 407 -> new RegistryException(FailureKind.UNREACHABLE, PROXY_LOGIN);
            case 429 ->
                new RegistryException(
                        FailureKind.RATE_LIMITED, said + quota(answer, clock), RetryAfter.orDefault(answer, clock));
            default -> new RegistryException(other(answer, code, words), said, RetryAfter.of(answer, clock));
        };
    }

    /** The failure behind a request that got no answer. */
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
                return new RegistryException(FailureKind.TIMEOUT, "no connection in time");
            }
            if (t instanceof HttpTimeoutException || t instanceof TimeoutException) {
                return new RegistryException(FailureKind.TIMEOUT, "no complete answer in time");
            }
            if (t instanceof ProtocolException) {
                return new RegistryException(FailureKind.NOT_A_REGISTRY, "the answer is not HTTP");
            }
            if (t instanceof IllegalArgumentException) {
                // Without its message, which may be a header's value or a part of an answer.
                return new RegistryException(FailureKind.CONFIGURATION, "no address that can be asked");
            }
        }
        if (cause instanceof IOException) {
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            String what = cause instanceof ConnectException ? "no connection: " : "the connection broke off: ";
            return new RegistryException(FailureKind.UNREACHABLE, what + reason);
        }
        throw new IllegalStateException(cause);
    }

    /** What it says of its limit, so that a user sees which one was met (WUD issue 161). */
    private static String quota(Response answer, Clock clock) {
        Quota quota = Quota.of(answer.headers(), clock.instant());
        return quota == null ? "" : "; " + quota.words();
    }

    /** A token that the token server gave for a login, and that opens nothing, tells of a missing right and not of a wrong login. */
    private static FailureKind unauthorized(Response answer, String code, String words, boolean credentialSent) {
        if (!credentialSent) {
            return FailureKind.UNAUTHENTICATED;
        }
        boolean rightMissing = code.equals("DENIED")
                || words.contains("unauthorized to access repository")
                || answer.headers().allValues("WWW-Authenticate").stream()
                        .anyMatch(challenge -> challenge.contains("insufficient_scope"));
        return rightMissing ? FailureKind.FORBIDDEN : FailureKind.CREDENTIAL_REJECTED;
    }

    private static FailureKind forbidden(Response answer, String words, boolean credentialSent) {
        if (answer.html()) {
            return FailureKind.EDGE_BLOCKED;
        }
        if (!credentialSent) {
            return FailureKind.UNAUTHENTICATED;
        }
        return words.contains("Unauthenticated request") || words.contains(UNPARSABLE_KEY)
                ? FailureKind.CREDENTIAL_REJECTED
                : FailureKind.FORBIDDEN;
    }

    /** Only a registry's own words make a tag gone: a proxy's or web server's 404 must not. */
    private static FailureKind notFound(Response answer, String code, String words, boolean credentialSent) {
        if (REPOSITORY_CODES.contains(code)) {
            return FailureKind.REPOSITORY_NOT_FOUND;
        }
        if (REFUSAL_CODES.contains(code)) {
            return forbidden(answer, words, credentialSent);
        }
        boolean registry = !code.isEmpty()
                || !answer.header("Docker-Distribution-Api-Version").isEmpty();
        return registry && !answer.html() ? FailureKind.TAG_NOT_FOUND : FailureKind.NOT_A_REGISTRY;
    }

    private static FailureKind other(Response answer, String code, String words) {
        if (answer.status() >= 500) {
            return FailureKind.UNAVAILABLE;
        }
        if (words.contains(UNPARSABLE_KEY)) {
            return FailureKind.CREDENTIAL_REJECTED;
        }
        return INVALID_CODES.contains(code) ? FailureKind.CONFIGURATION : FailureKind.NOT_A_REGISTRY;
    }

    /** Only fields in which registries and token servers explain themselves are repeated, never any other body. */
    private static String words(Response answer, JsonNode document, JsonNode error) {
        if (answer.html()) {
            return "a page of HTML instead of registry JSON";
        }
        String code = Json.text(error, "code");
        if (CODE.matcher(code).matches()) {
            return (code + " " + Json.text(error, "message")).strip();
        }
        // Of Docker Hub's token server, which says nothing else.
        boolean alone = document.isObject() && document.size() == 1;
        return alone ? Json.text(document, "details").strip() : "";
    }
}
