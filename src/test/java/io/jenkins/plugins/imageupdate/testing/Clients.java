package io.jenkins.plugins.imageupdate.testing;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.RemoteRepository;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.RegistryClient;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleTokenSource;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;

/** What tests of the client share: one HTTP client for the JVM, and plain-HTTP endpoints on the loopback. */
public final class Clients {
    public static final HttpClient HTTP = HttpClient.newHttpClient();

    private Clients() {}

    public static HttpTransport transport() {
        return new HttpTransport(endpoint -> HTTP, ForkJoinPool.commonPool(), Clock.systemUTC());
    }

    public static RegistryEndpoint plain(String host) {
        return new RegistryEndpoint(host, true, Duration.ofSeconds(20), 8, true);
    }

    /** A handle on the repository of an image, as the checker makes it. */
    public static RemoteRepository repository(
            HttpTransport transport, ImageReference image, RegistryEndpoint endpoint, Authentication authentication) {
        return new RegistryClient(transport, new GoogleTokenSource(transport))
                .repository(image, endpoint, authentication);
    }

    public static RegistryException failure(CompletableFuture<?> future) {
        CompletionException thrown = assertThrows(CompletionException.class, future::join);
        return assertInstanceOf(RegistryException.class, RegistryException.unwrap(thrown));
    }
}
