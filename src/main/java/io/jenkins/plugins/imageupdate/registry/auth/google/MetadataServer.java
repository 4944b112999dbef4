package io.jenkins.plugins.imageupdate.registry.auth.google;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import io.jenkins.plugins.imageupdate.registry.auth.Token;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The metadata server of Compute Engine and GKE, which knows the service account of the machine or of the pod (Google, "View and query
 * VM metadata"). The {@code Metadata-Flavor} header is required both ways. The server answers only requests that carry it, so that a URL alone
 * is not enough; an answer without it comes from another server under the same name.
 */
final class MetadataServer {
    private static final String PATH = "/computeMetadata/v1/instance/service-accounts/default/token?scopes=";
    private static final String FLAVOR = "Metadata-Flavor";
    private static final String GOOGLE = "Google";

    /** It is next door: one that needs longer is none. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpTransport direct;
    private final URI address;

    /** @param direct reaches the machine's own addresses */
    MetadataServer(HttpTransport direct, GoogleEndpoints endpoints) {
        this.direct = direct;
        // GKE narrows the token to this scope; Compute Engine gives those of the machine, whatever is asked for.
        address = endpoints.metadata().resolve(PATH + URLEncoder.encode(endpoints.scope(), StandardCharsets.UTF_8));
    }

    CompletableFuture<Token> fetch(Instant deadline) {
        Instant soon = direct.clock().instant().plus(TIMEOUT);
        return direct.once(
                        Request.get(
                                GoogleEndpoints.registry(address),
                                address,
                                Map.of(FLAVOR, GOOGLE),
                                soon.isBefore(deadline) ? soon : deadline),
                        null)
                .handle((answer, thrown) -> {
                    try {
                        return token(answer, thrown);
                    } catch (RegistryException e) {
                        throw new CompletionException(e);
                    }
                });
    }

    private Token token(Response answer, Throwable thrown) throws RegistryException {
        if (thrown != null) {
            RegistryException failure = GoogleRefusal.noAnswer(GoogleService.METADATA_SERVER, thrown);
            throw failure.kind() == FailureKind.UNREACHABLE ? absent(failure.detail()) : failure;
        }
        if (!answer.header(FLAVOR).equals(GOOGLE)) {
            throw absent("what answers under its name is not Google's");
        }
        if (answer.status() == 200) {
            return GoogleTokenReader.oauth(answer, direct.clock().instant());
        }
        throw refused(answer);
    }

    /** Its refusals are plain text, which is not repeated. */
    private RegistryException refused(Response answer) {
        return switch (answer.status()) {
            case 403 ->
                wrong("the metadata server refuses a token (HTTP 403): with workload identity, the controller's"
                        + " Kubernetes service account needs roles/iam.workloadIdentityUser on its Google service"
                        + " account");
            case 404 ->
                wrong("the controller's machine or pod has no service account (HTTP 404 of the metadata server)");
            default -> GoogleRefusal.of(GoogleService.METADATA_SERVER, answer, direct.clock());
        };
    }

    private static RegistryException absent(String why) {
        return wrong("the controller has no Google identity: GOOGLE_APPLICATION_CREDENTIALS is not set, and there is no"
                + " metadata server, so it does not run on Google Cloud (" + why + ")");
    }

    private static RegistryException wrong(String what) {
        return new RegistryException(FailureKind.CONFIGURATION, what);
    }
}
