package io.jenkins.plugins.imageupdate.registry.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imageupdate.registry.Json;
import io.jenkins.plugins.imageupdate.registry.Response;
import java.util.regex.Pattern;

/**
 * What a registry or its token server says in a response that is not a success, and what its words are about.
 *
 * @param code "Error Codes" of the distribution specification, or a registry's own; empty if the response is not a registry's JSON
 * @param words fit for users, with the code in front: only of fields in which registries and token servers explain themselves; empty for
 *     any other body
 * @param shaped whether the body is JSON of a shape that registries or token servers answer in
 */
record Said(String code, String words, boolean shaped) {
    /** It tells a registry's errors from any other service's. */
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{2,63}");

    private static final String SECRET =
            "(?:password|token|login|credentials?|secret|key|user ?name|robot account|account|user)";
    private static final String USELESS =
            "(?:expired|revoked|incorrect|invalid|disabled|wrong|bad|locked|suspended|blocked|deactivated"
                    + "|deleted|inactive|not valid|no longer valid)";

    /** Refusals of the login itself, which some registries give with the status or code of a missing right (ECR, GitLab, Quay). */
    private static final Pattern LOGIN_REFUSED =
            words(USELESS + " (?:\\w+ ){0,2}" + SECRET + "|" + SECRET + "\\b[^.;:/]{0,60}\\b" + USELESS);

    /** Docker Hub's, with the status of a rate limit (hub-feedback issue 2201). */
    private static final Pattern FAILED_LOGINS = words("failed (?:login|authentication|sign-?in)s?");

    /**
     * Rules that no login and no right changes: addresses (Azure, GitHub), security scanners (Artifactory, Nexus, Harbor), an
     * organization's policy (Google).
     */
    private static final Pattern OWN_RULE =
            words("client with IP|IP (?:address|allow ?list)|firewall|quarantined?|xray|curation"
                    + "|vulnerabilit(?:y|ies)|(?:blocking|blocked by|violates|violation of)[^.;:]{0,30} polic(?:y|ies)|prohibited by"
                    + "|organization's policy|VPC Service Controls|not signed|legal reasons");

    private static final Pattern TOO_MANY =
            words("rate[ -]?limit(?:s|ed|ing)?|rate exceeded|too ?many ?requests|throttl(?:ed|ing)");

    /** Of Harbor and others, under a code that is about manifests as well. */
    private static final Pattern NO_REPOSITORY = Pattern.compile(
            "^[A-Z_]+ (?:the )?(?:repository|project|namespace|registry)(?![\\w/:-]).{0,300}?(?:not found|does not exist|unknown)",
            Pattern.CASE_INSENSITIVE);

    /** Words of a sentence. In names of repositories, accounts and hosts, which sentences quote, they mean nothing. */
    private static Pattern words(String alternatives) {
        return Pattern.compile("(?<![\\w/.:'\"-])(?:" + alternatives + ")(?![\\w/:'-])", Pattern.CASE_INSENSITIVE);
    }

    static Said in(Response response) {
        JsonNode document = Json.read(response.html() ? new byte[0] : response.body());
        JsonNode error = document.path("errors").path(0);
        String code = Json.text(error, "code");
        boolean registry = CODE.matcher(code).matches();
        boolean shaped = document.has("errors") || document.has("error") || document.has("details");
        return new Said(registry ? code : "", words(response, document, error, registry ? code : ""), shaped);
    }

    private static String words(Response response, JsonNode document, JsonNode error, String code) {
        if (response.html()) {
            return "a page of HTML instead of registry JSON";
        }
        // Artifactory repeats the status in place of a code.
        if (!code.isEmpty()
                || error.path("status").isInt() && error.path("status").asInt() == response.status()) {
            return (code + " " + Json.text(error, "message")).strip();
        }
        // Of Docker Hub's token server, which says nothing more.
        boolean alone = document.isObject() && document.size() == 1;
        return alone ? Json.text(document, "details").strip() : "";
    }

    /** Whether the body is the JSON of a registry's error. */
    boolean inRegistryJson() {
        return !code.isEmpty();
    }

    boolean loginRefused() {
        return LOGIN_REFUSED.matcher(words).find();
    }

    /** Whether a login is not looked at any more since it, or others from this address, failed too often. */
    boolean failedLogins() {
        return FAILED_LOGINS.matcher(words).find();
    }

    boolean ownRule() {
        return OWN_RULE.matcher(words).find();
    }

    boolean tooMany() {
        return TOO_MANY.matcher(words).find();
    }

    /** Whether a 404 is about the repository. */
    boolean noRepository() {
        return NO_REPOSITORY.matcher(words).find();
    }

    /** Whether a 404 in registry JSON is about something that is not there, and not about the request. */
    boolean unknown() {
        return code.contains("UNKNOWN") || code.contains("NOT_FOUND");
    }
}
