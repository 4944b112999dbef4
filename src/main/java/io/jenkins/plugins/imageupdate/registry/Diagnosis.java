package io.jenkins.plugins.imageupdate.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Tells why a check failed from what came back. The rows it follows are those of the registries themselves: Google's front end
 * answers a blocked address with a page of HTML, its registry with JSON; anonymous and unprivileged requests get the same status and
 * different words.
 */
public final class Diagnosis {
    private static final Set<String> REPOSITORY_CODES = Set.of("NAME_UNKNOWN", "NAME_INVALID", "REPOSITORY_NOT_FOUND");

    private Diagnosis() {}

    /**
     * The failure behind an answer that is no success.
     *
     * @param credentialSent whether the request carried a credential or a token obtained with one
     */
    public static RegistryException of(Answer answer, boolean credentialSent, Clock clock) {
        JsonNode document = answer.html() ? Json.read(new byte[0]) : Json.read(answer.body());
        JsonNode error = document.path("errors").path(0);
        String said = said(answer, document, error);
        return switch (answer.status()) {
            case 401 -> new RegistryException(
                    credentialSent ? FailureKind.CREDENTIAL_REJECTED : FailureKind.UNAUTHENTICATED, said);
            case 403 -> new RegistryException(forbidden(answer, said, credentialSent), said);
            case 404 -> new RegistryException(notFound(answer, document, error), said);
            case 407 -> new RegistryException(FailureKind.UNREACHABLE, "the proxy wants a login (HTTP 407)");
            case 429 -> new RegistryException(FailureKind.RATE_LIMITED, said, RetryAfter.of(answer, clock));
            default -> new RegistryException(
                    answer.status() >= 500 ? FailureKind.UNAVAILABLE : FailureKind.NOT_A_REGISTRY,
                    said,
                    RetryAfter.of(answer, clock));
        };
    }

    /** The failure behind a request that got no answer. */
    public static RegistryException of(Throwable thrown) {
        Throwable cause = RegistryException.unwrap(thrown);
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof RegistryException known) {
                return known;
            }
            if (t instanceof SSLException) {
                return new RegistryException(FailureKind.TLS, t.getMessage());
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
        }
        if (cause instanceof IOException) {
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            return new RegistryException(FailureKind.UNREACHABLE, reason);
        }
        throw new IllegalStateException(cause);
    }

    private static FailureKind forbidden(Answer answer, String said, boolean credentialSent) {
        if (answer.html()) {
            return FailureKind.EDGE_BLOCKED;
        }
        if (said.contains("Unauthenticated request")) {
            return credentialSent ? FailureKind.CREDENTIAL_REJECTED : FailureKind.UNAUTHENTICATED;
        }
        return credentialSent ? FailureKind.FORBIDDEN : FailureKind.UNAUTHENTICATED;
    }

    /** Only a registry's own words make a tag gone: a proxy's or web server's 404 must not. */
    private static FailureKind notFound(Answer answer, JsonNode document, JsonNode error) {
        if (REPOSITORY_CODES.contains(Json.text(error, "code"))) {
            return FailureKind.REPOSITORY_NOT_FOUND;
        }
        boolean registry = document.path("errors").isArray()
                || !answer.header("Docker-Distribution-Api-Version").isEmpty();
        return registry && !answer.html() ? FailureKind.TAG_NOT_FOUND : FailureKind.NOT_A_REGISTRY;
    }

    /** Only fields in which registries and token servers explain themselves are repeated, never any other body. */
    private static String said(Answer answer, JsonNode document, JsonNode error) {
        String words = Json.text(error, "code") + " " + Json.text(error, "message");
        if (words.isBlank()) {
            words = Json.text(document, "details");
        }
        if (words.isBlank() && answer.html()) {
            words = "a page of HTML instead of registry JSON";
        }
        return Printable.of("HTTP " + answer.status() + (words.isBlank() ? "" : ": " + words.strip()));
    }
}
