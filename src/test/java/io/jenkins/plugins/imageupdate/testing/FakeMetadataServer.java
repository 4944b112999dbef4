package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.InputStream;
import java.time.Duration;

/** The metadata server of Compute Engine and GKE, as far as it gives out the default service account's token. */
public final class FakeMetadataServer extends LoopbackServer {
    private static final String TOKEN = "/computeMetadata/v1/instance/service-accounts/default/token";
    private static final String FLAVOR = "Metadata-Flavor";

    private String token = "ya29.of-the-machine";
    private Duration left = Duration.ofSeconds(3599);

    private FakeMetadataServer() {
        super(null);
    }

    public static FakeMetadataServer start() {
        FakeMetadataServer server = new FakeMetadataServer();
        server.open();
        return server;
    }

    /** The token in its store, and how long that one is still good. */
    public synchronized void holds(String newToken, Duration newLeft) {
        token = newToken;
        left = newLeft;
    }

    @Override
    synchronized Reply handle(RecordedRequest request, InputStream body) {
        if (!request.header(FLAVOR).orElse("").equals("Google")) {
            return Reply.of(403, "text/html", "<p>Missing Metadata-Flavor:Google header.");
        }
        if (!request.path().equals(TOKEN)) {
            return Reply.of(404, "text/plain", "Not Found").with(FLAVOR, "Google");
        }
        return Reply.json(
                        200,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("access_token", token)
                                .put("expires_in", left.toSeconds())
                                .put("token_type", "Bearer"))
                .with(FLAVOR, "Google");
    }
}
