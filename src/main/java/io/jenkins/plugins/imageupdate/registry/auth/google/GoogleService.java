package io.jenkins.plugins.imageupdate.registry.auth.google;

/** The services that an access token may come from, in the words of a failure. */
enum GoogleService {
    TOKEN_SERVER("Google's token server", "the key, or its service account, was deleted or disabled"),
    SECURITY_TOKEN_SERVICE(
            "Google's Security Token Service",
            "the workload identity pool's provider does not accept the workload's own token"),
    IAM_CREDENTIALS(
            "Google's IAM Credentials API",
            "the federated identity may not borrow the service account: it needs roles/iam.workloadIdentityUser on it"),
    METADATA_SERVER("the metadata server", "it gives no token");

    private final String title;
    private final String refusal;

    GoogleService(String title, String refusal) {
        this.title = title;
        this.refusal = refusal;
    }

    String title() {
        return title;
    }

    /** What it usually means that this service refuses a login. */
    String refusal() {
        return refusal;
    }
}
