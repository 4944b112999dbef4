package io.jenkins.plugins.imageupdate.registry.auth.google;

import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import java.net.http.HttpClient;
import java.time.Duration;

/**
 * Reaches addresses of the machine itself, never by a proxy: one would not find them, and would see a token that is sent without
 * encryption because it stays on the machine.
 */
final class DirectTransport {
    /** Made when first needed, which on most controllers is never. */
    private static final class Holder {
        private static final HttpClient CLIENT = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private DirectTransport() {}

    /** With the executor and clock of another transport. */
    static HttpTransport like(HttpTransport other) {
        return new HttpTransport(endpoint -> Holder.CLIENT, other.executor(), other.clock());
    }
}
