package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.Authorizers;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;

/** What tests of the client share: one HTTP client for the JVM, and plain-HTTP endpoints on the loopback. */
final class Clients {
    static final HttpClient HTTP = HttpClient.newHttpClient();

    private Clients() {}

    static HttpTransport transport() {
        return new HttpTransport(endpoint -> HTTP, ForkJoinPool.commonPool(), Clock.systemUTC());
    }

    static RegistryEndpoint plain(String host) {
        return new RegistryEndpoint(host, true, Duration.ofSeconds(20), 8, true);
    }

    static Authorizer anonymous(HttpTransport transport) {
        return new Authorizers(transport).of(new Authentication.Anonymous());
    }

    static RegistryException failure(CompletableFuture<?> future) {
        CompletionException thrown = assertThrows(CompletionException.class, future::join);
        return assertInstanceOf(RegistryException.class, RegistryException.unwrap(thrown));
    }
}
