package io.jenkins.plugins.imageupdate.testing;

/** The refusals of gcr.io and Artifact Registry in their own words (Keel issues 190 and 546, Argo CD issue 26260, gcr-cleaner issue 76). */
final class GcrReplies {
    private static final String PERMISSION = "\"artifactregistry.repositories.downloadArtifacts\"";

    private GcrReplies() {}

    /** The challenge on a repository's own address names no scope. */
    static Reply challenge(String origin, String host) {
        return invalidCredentials()
                .with("Www-Authenticate", "Bearer realm=\"" + origin + "/v2/token\",service=\"" + host + "\"");
    }

    static Reply invalidCredentials() {
        return Reply.error(
                401,
                "UNAUTHORIZED",
                "You don't have the needed permissions to perform this operation, and you may have invalid credentials."
                        + " To authenticate your request, follow the steps in:"
                        + " https://cloud.google.com/container-registry/docs/advanced-authentication");
    }

    static Reply unparsableKey() {
        return Reply.error(401, "UNKNOWN", "Unable to parse json key.");
    }

    static Reply unauthenticated(String repository) {
        return Reply.error(
                403,
                "DENIED",
                "Unauthenticated request. Unauthenticated requests do not have permission " + PERMISSION
                        + " on resource " + resource(repository) + " (or it may not exist)");
    }

    static Reply roleMissing(String repository) {
        return Reply.error(
                403,
                "DENIED",
                "Permission " + PERMISSION + " denied on resource " + resource(repository) + " (or it may not exist)");
    }

    /** As in Keel issue 190; that it comes without a challenge is assumed. */
    static Reply tokenOfAnother(String bound) {
        return Reply.error(401, "UNAUTHORIZED", "Requested repository does not match bearer token resource: " + bound);
    }

    /** An expired or unknown token: a 403 that gives no challenge to answer (regclient issue 149); the message is made up. */
    static Reply tokenRefused() {
        return Reply.error(403, "DENIED", "Token exchange failed: the bearer token is invalid or has expired");
    }

    static Reply badScope() {
        return Reply.error(400, "UNSUPPORTED", "exactly one scope of the form repository:<path>:pull is expected");
    }

    private static String resource(String repository) {
        return "\"projects/" + repository.split("/", 2)[0] + "/locations/us/repositories/gcr.io\"";
    }
}
