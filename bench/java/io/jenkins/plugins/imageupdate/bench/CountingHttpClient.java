package io.jenkins.plugins.imageupdate.bench;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Counts the requests of the measured client. Delegates to the JDK's client. */
final class CountingHttpClient extends HttpClient {
    private final HttpClient counted;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger();

    CountingHttpClient(HttpClient counted) {
        this.counted = counted;
    }

    /** The number of all requests since the last {@link #clear}. */
    int requests() {
        return requests.get();
    }

    /** How many of them asked for a token. */
    int tokens() {
        return tokens.get();
    }

    void clear() {
        requests.set(0);
        tokens.set(0);
    }

    private void count(HttpRequest request) {
        requests.incrementAndGet();
        String query = request.uri().getRawQuery();
        if (query != null && query.contains("scope=")) {
            tokens.incrementAndGet();
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> bodyHandler) {
        count(request);
        return counted.sendAsync(request, bodyHandler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> bodyHandler,
            HttpResponse.PushPromiseHandler<T> pushPromiseHandler) {
        count(request);
        return counted.sendAsync(request, bodyHandler, pushPromiseHandler);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> bodyHandler)
            throws IOException, InterruptedException {
        count(request);
        return counted.send(request, bodyHandler);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return counted.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return counted.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return counted.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return counted.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return counted.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return counted.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return counted.authenticator();
    }

    @Override
    public Version version() {
        return counted.version();
    }

    @Override
    public Optional<Executor> executor() {
        return counted.executor();
    }
}
