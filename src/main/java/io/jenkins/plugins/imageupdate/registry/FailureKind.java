package io.jenkins.plugins.imageupdate.registry;

/**
 * Why a check failed. Each kind has its own words and its own way out. Which response leads to which kind is decided in package
 * {@code registry.http}, class {@code Diagnosis}, alone.
 */
public enum FailureKind {
    EDGE_BLOCKED(
            "something in front of the registry refuses the request before the registry sees it",
            "a login does not change that: reach the registry by another egress, a proxy or a mirror, compare IPv4 with"
                    + " IPv6, or have the controller's address allowed"),
    UNAUTHENTICATED(
            "the registry has no such repository, or it wants a login and none was sent",
            "check the spelling of the image's name; if it is not public, name a credential on the image, or add the"
                    + " registry with a credential to the global configuration"),
    CREDENTIAL_REJECTED(
            "the registry does not accept the credential",
            "check that the key or password is complete and current: a disabled, deleted or expired one is answered"
                    + " like this"),
    FORBIDDEN(
            "the credential may not read this repository, or the repository does not exist (registries do not tell"
                    + " which)",
            "check the repository's name, and grant the credential read access to it"),
    REFUSED(
            "the registry refuses the request by a rule of its own, which has nothing to do with the login",
            "do what it says, or ask the registry's operator"),
    TAG_NOT_FOUND("the repository has no such tag or digest", "check the tag's name, or push it"),
    REPOSITORY_NOT_FOUND("the registry has no such repository", "check the spelling of the repository's name"),
    RATE_LIMITED("the registry counts too many requests", "wait; checks go on by themselves afterwards"),
    UNAVAILABLE("the registry has a fault of its own", "wait; the next check asks again"),
    UNREACHABLE(
            "no connection to the registry, or to a host that it names",
            "check the host's name, the proxy in Jenkins' settings, and firewalls between the controller and that"
                    + " host"),
    TIMEOUT(
            "there was no complete answer in time",
            "wait for the next check; if it stays so, check that the host is there, and the way to it. A host that is merely slow"
                    + " needs a longer timeout in the registry's entry"),
    TLS(
            "no trusted TLS connection was possible",
            "correct what is named; an authority of your own is added to the registry's entry in the global configuration,"
                    + " or to the truststore of the controller's Java"),
    NOT_A_REGISTRY(
            "what answers there does not speak the registry protocol",
            "check host and port; a login page, a proxy or another web server may answer in its place"),
    NO_DIGEST(
            "the registry answered without a digest that can be trusted",
            "nothing was compared; if it stays so, report it to the registry's operator"),
    CONFIGURATION("something is not set up correctly", "correct what is named");

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
