package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;

/**
 * Why a check failed. Each kind has its own words and its own way out. Which response leads to which kind is decided in package
 * {@code registry.http}, class {@code Diagnosis}, alone.
 */
public enum FailureKind {
    EDGE_BLOCKED(
            "the network edge in front of the registry refuses this controller's address, before the registry sees the"
                    + " request",
            "no key changes that: reach the registry through another egress, a proxy or a mirror, and compare IPv4"
                    + " with IPv6"),
    UNAUTHENTICATED(
            "the registry wants a login and none was sent",
            "name a credential on the image, or add the registry with a credential to the global configuration"),
    CREDENTIAL_REJECTED(
            "the registry does not accept the credential",
            "check that the key or password is complete and current: a disabled, deleted or expired one is answered"
                    + " like this"),
    FORBIDDEN(
            "the credential may not read this repository, or there is no such repository (registries do not tell"
                    + " which)",
            "check the repository's name, and grant read access: on Google that is the role"
                    + " roles/artifactregistry.reader on the repository or its project"),
    TAG_NOT_FOUND("the repository has no such tag", "check the tag's name, or push it"),
    REPOSITORY_NOT_FOUND("the registry has no such repository", "check the spelling of the repository's name"),
    RATE_LIMITED(
            "the registry counts too many requests",
            "wait; checks go on by themselves afterwards. A login usually has a higher limit than none"),
    UNAVAILABLE("the registry has a fault of its own", "wait; the next check asks again"),
    UNREACHABLE(
            "no connection to the registry",
            "check the host's name, the proxy in Jenkins' settings, and firewalls between the controller and the"
                    + " registry"),
    TIMEOUT(
            "the registry did not answer in time",
            "wait for the next check; if it stays so, raise the registry's timeout in the global configuration"),
    TLS(
            "no TLS connection to the registry that can be trusted",
            "correct what is named; an authority of your own is added to the registry's entry in the global configuration,"
                    + " or to the truststore of the controller's Java"),
    NOT_A_REGISTRY(
            "what answers there does not speak the registry protocol",
            "check host and port; a login page, a proxy or another web server may answer in its place"),
    NO_DIGEST(
            "the registry answered without a digest that can be trusted",
            "nothing was compared; if it stays so, report it to the registry's operator"),
    CONFIGURATION("the check is not set up correctly", "correct what is named");

    private final String meaning;
    private final String wayOut;

    FailureKind(String meaning, String wayOut) {
        this.meaning = meaning;
        this.wayOut = wayOut;
    }

    /** What happened, as a clause without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** What a user can do, as a clause without a full stop. */
    public String wayOut() {
        return wayOut;
    }
}
