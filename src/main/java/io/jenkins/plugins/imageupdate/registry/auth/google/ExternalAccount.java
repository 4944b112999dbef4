package io.jenkins.plugins.imageupdate.registry.auth.google;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Json;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configuration of workload identity federation (AIP-4117): whose token is exchanged for one of Google's, and which service account
 * is then borrowed.
 *
 * @param audience the provider in the pool
 * @param subjectType of the token that is exchanged
 * @param borrowedAccount email of the service account, null where the federated identity itself has the roles
 * @param borrowedLife how long its token is to be good
 */
record ExternalAccount(
        String audience,
        String subjectType,
        SubjectSource source,
        @CheckForNull String borrowedAccount,
        Duration borrowedLife) {
    private static final String BORROWING = "service_account_impersonation_url";
    private static final Pattern BORROWED = Pattern.compile("https://iamcredentials\\.googleapis\\.com"
            + "/v1/projects/-/serviceAccounts/([A-Za-z0-9][A-Za-z0-9._@-]{0,200}):generateAccessToken");

    /** The API's limits: no shorter is useful, and longer needs an exception of the organisation's. */
    private static final int LEAST_SECONDS = 600;

    private static final int MOST_SECONDS = 3600;

    /** An {@link IllegalArgumentException} says which field is wrong, or which kind of source is refused. */
    static ExternalAccount parse(JsonNode document) {
        GooglePins.require(document, "token_url", GoogleEndpoints.GOOGLE.sts());
        GooglePins.requireUniverse(document);
        int seconds = document.path("service_account_impersonation")
                .path("token_lifetime_seconds")
                .asInt(MOST_SECONDS);
        return new ExternalAccount(
                required(document, "audience"),
                required(document, "subject_token_type"),
                SubjectSource.parse(document.path("credential_source")),
                borrowedAccount(document),
                Duration.ofSeconds(Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, seconds))));
    }

    @CheckForNull
    private static String borrowedAccount(JsonNode document) {
        if (document.path(BORROWING).isMissingNode()) {
            return null;
        }
        Matcher matcher = BORROWED.matcher(Json.text(document, BORROWING));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("refused: its \"" + BORROWING + "\" is not that of a service account at"
                    + " https://iamcredentials.googleapis.com");
        }
        return matcher.group(1);
    }

    private static String required(JsonNode document, String field) {
        String value = Json.text(document, field);
        if (value.isBlank()) {
            throw new IllegalArgumentException("it has no \"" + field + "\"");
        }
        return value;
    }
}
