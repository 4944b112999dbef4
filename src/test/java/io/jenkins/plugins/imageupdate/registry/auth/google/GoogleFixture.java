package io.jenkins.plugins.imageupdate.registry.auth.google;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.AccessTokens;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.testing.FakeGoogle;
import io.jenkins.plugins.imageupdate.testing.FakeMetadataServer;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import io.jenkins.plugins.imageupdate.testing.TestClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;

/** Google as these tests see it: token servers and a metadata server on this machine, and a clock that stands still. */
final class GoogleFixture implements AutoCloseable {
    static final String ACCOUNT = "reader@p.iam.gserviceaccount.com";
    static final String KEY = ServiceAccountKeys.create("p", ACCOUNT, "canary-id");

    final TestClock clock = new TestClock();
    final FakeGoogle google = FakeGoogle.start();
    final FakeMetadataServer metadata = FakeMetadataServer.start();
    final HttpTransport transport;
    final GoogleTokenSource source;
    final AccessTokens tokens;

    /** What the environment variable holds. */
    String file;

    GoogleFixture() {
        this(HttpClient.newHttpClient());
    }

    /** @param http what the controller's settings give, with its proxy */
    GoogleFixture(HttpClient http) {
        transport = new HttpTransport(endpoint -> http, ForkJoinPool.commonPool(), clock);
        google.clock(clock);
        google.know(ACCOUNT);
        GoogleEndpoints endpoints = new GoogleEndpoints(
                URI.create(google.origin() + "/token"),
                URI.create(google.origin() + "/v1/token"),
                URI.create(google.origin()),
                URI.create(metadata.origin()));
        source = new GoogleTokenSource(transport, endpoints, () -> file);
        tokens = new AccessTokens(source, clock);
    }

    static Authentication signingKey() {
        return Authentications.signedLocally(Authentications.ofSecret("gcr-key", KEY));
    }

    static Authentication controller() {
        return new GoogleAuthentication.ControllerIdentity();
    }

    String fetch(Authentication authentication) {
        return tokens.get(authentication).join().token().value();
    }

    RegistryException failure(Authentication authentication) {
        return failure(tokens.get(authentication));
    }

    static RegistryException failure(CompletableFuture<?> future) {
        CompletionException thrown = assertThrows(CompletionException.class, future::join);
        return assertInstanceOf(RegistryException.class, RegistryException.unwrap(thrown));
    }

    @Override
    public void close() {
        google.close();
        metadata.close();
    }
}
