package io.jenkins.plugins.imageupdate.registry.auth.google;

import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import java.net.URI;

/**
 * Where Google's tokens come from. These addresses are constants: a key or configuration file names the same ones, and one that names
 * others is refused, since it could lead a signed assertion, or the controller, anywhere.
 *
 * @param oauth exchanges a signed assertion for an access token
 * @param sts exchanges another provider's token for one of Google (RFC 8693)
 * @param iam origin of the IAM Service Account Credentials API, which lends a service account
 * @param metadata origin of the metadata server of Compute Engine and GKE, reached without encryption on the machine itself
 * @param scope of every access token that is asked for
 */
record GoogleEndpoints(URI oauth, URI sts, URI iam, URI metadata, String scope) {
    static final GoogleEndpoints GOOGLE = new GoogleEndpoints(
            URI.create("https://oauth2.googleapis.com/token"),
            URI.create("https://sts.googleapis.com/v1/token"),
            URI.create("https://iamcredentials.googleapis.com"),
            URI.create("http://metadata.google.internal"));

    /**
     * The scope of access tokens for registries: reading, and no service's data is named more narrowly for Artifact Registry, whose API lists
     * {@code cloud-platform} and this one alone ("OAuth 2.0 Scopes for Google APIs"). With it a manifest is read and an upload is
     * refused (measured in Zot pull request 4276); {@code devstorage.read_only}, which was enough for Container Registry, gets a 403
     * for Artifact Registry's manifests (Keel issue 854). What may be read is still the account's roles' to say.
     */
    static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform.read-only";

    /** For registries. */
    GoogleEndpoints(URI oauth, URI sts, URI iam, URI metadata) {
        this(oauth, sts, iam, metadata, SCOPE);
    }

    /** The same for tokens of another scope. */
    GoogleEndpoints withScope(String other) {
        return new GoogleEndpoints(oauth, sts, iam, metadata, other);
    }

    /** The narrower of the two scopes that let a federated identity borrow a service account (method generateAccessToken). */
    static final String BORROWING_SCOPE = "https://www.googleapis.com/auth/iam";

    /** One of these addresses as the transport wants it: no administrator's settings of a registry apply. */
    static RegistryEndpoint registry(URI address) {
        RegistryEndpoint usual = RegistryEndpoint.of(address.getAuthority());
        return new RegistryEndpoint(
                usual.host(), "http".equals(address.getScheme()), usual.timeout(), usual.parallel(), false);
    }
}
