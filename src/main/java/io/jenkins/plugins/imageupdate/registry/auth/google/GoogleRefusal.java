package io.jenkins.plugins.imageupdate.registry.auth.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import io.jenkins.plugins.imageupdate.registry.http.HostRole;
import io.jenkins.plugins.imageupdate.registry.http.Sent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Why Google gives no access token: our explanation, then its own words. Its token servers name a code and a description in
 * {@code error} and {@code error_description} (RFC 6749, section 5.2), its APIs in the object {@code error}; no other part of a response
 * is repeated.
 */
final class GoogleRefusal {
    /** No word is that long; an assertion or token that a server repeats is. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_.=/+-]{100,}");

    private static final Duration NOTEWORTHY_SKEW = Duration.ofSeconds(30);

    private GoogleRefusal() {}

    static RegistryException of(GoogleService service, Response answer, Clock clock) {
        JsonNode document = Json.read(answer.body());
        JsonNode error = document.path("error");
        String code = error.isObject() ? Json.text(error, "status") : Json.text(document, "error");
        String description = error.isObject() ? Json.text(error, "message") : Json.text(document, "error_description");
        String words = SECRET.matcher(code + " " + description).replaceAll("…").strip();
        String said = service.title() + ": HTTP " + answer.status() + (words.isEmpty() ? "" : ": " + words);
        // Kind and time of what every server may say: too many requests, a fault of its own, a page in place of an
        // answer.
        RegistryException usual = Diagnosis.of(answer, HostRole.REGISTRY, Sent.NOTHING, clock);
        if (answer.status() == 429 || answer.status() >= 500) {
            return new RegistryException(usual.kind(), said, usual.retryAt());
        }
        if (code.isEmpty()) {
            boolean blocked = usual.kind() == FailureKind.EDGE_BLOCKED;
            return new RegistryException(
                    blocked ? FailureKind.EDGE_BLOCKED : FailureKind.NOT_A_REGISTRY,
                    said + ", not in the form in which Google refuses");
        }
        return switch (code) {
            case "invalid_grant" -> grant(service, description, said, skew(answer, clock));
            case "invalid_client", "deleted_client", "disabled_client", "account_disabled" ->
                rejected("Google does not know the account, or it was deleted or disabled", said);
            case "unauthorized_client" ->
                rejected(
                        description.contains("attribute condition")
                                ? "the provider's attribute condition does not let the token's claims in"
                                : service.refusal(),
                        said);
            case "access_denied", "UNAUTHENTICATED" -> rejected(service.refusal(), said);
            case "PERMISSION_DENIED" ->
                description.contains("has not been used")
                        ? wrong("an API is not enabled in the service account's project", said)
                        : rejected(service.refusal(), said);
            case "invalid_target" ->
                wrong("the workload identity pool or its provider does not exist, or is disabled", said);
            case "NOT_FOUND" -> rejected("the service account to borrow does not exist", said);
            default -> wrong("the request is refused", said);
        };
    }

    private static RegistryException grant(GoogleService service, String description, String said, String skew) {
        if (description.contains("short-lived") || description.contains("iat and exp")) {
            return wrong("the controller's clock is wrong" + skew + ", synchronise it", said);
        }
        if (service == GoogleService.TOKEN_SERVER && description.contains("JWT Signature")) {
            return rejected("the key was deleted, or it is not this service account's", said);
        }
        if (description.contains("connecting to the given credential's issuer")) {
            return wrong(
                    "Google cannot read the keys of the token's issuer, which has to be reachable from the internet",
                    said);
        }
        if (description.contains("account not found") || description.contains("disabled")) {
            return rejected("the service account was deleted or disabled", said);
        }
        return rejected(service.refusal(), said);
    }

    /** By how much the clocks differ, where the answer tells the time. */
    private static String skew(Response answer, Clock clock) {
        Instant now = clock.instant();
        Duration behind = Duration.between(now, GoogleTokenReader.date(answer, now));
        return behind.abs().compareTo(NOTEWORTHY_SKEW) < 0
                ? ""
                : ", " + behind.abs().toSeconds() + " seconds " + (behind.isNegative() ? "ahead of" : "behind")
                        + " Google's";
    }

    /** The failure of a request that got no answer, saying whom it was for. */
    static RegistryException noAnswer(GoogleService service, Throwable thrown) {
        RegistryException failure = Diagnosis.of(thrown);
        return new RegistryException(failure.kind(), service.title() + ": " + failure.detail(), failure.retryAt());
    }

    private static RegistryException rejected(String why, String said) {
        return new RegistryException(FailureKind.CREDENTIAL_REJECTED, why + "; " + said);
    }

    private static RegistryException wrong(String why, String said) {
        return new RegistryException(FailureKind.CONFIGURATION, why + "; " + said);
    }
}
