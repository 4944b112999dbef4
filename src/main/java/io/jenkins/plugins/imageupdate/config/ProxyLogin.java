package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import hudson.util.Secret;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import jenkins.model.Jenkins;

/**
 * Logs in to Jenkins' proxy by a header of each request, which Java sends only to the proxy. With the authenticator that
 * {@link ProxyConfiguration} sets instead, Java removes the {@code Authorization} header of every request (JDK-8326949, fixed in Java
 * 23), and a 401 of a registry ends in an exception.
 */
final class ProxyLogin extends HttpClient {
    private static final String HEADER = "Proxy-Authorization";

    private final HttpClient client;
    private final Supplier<String> login;

    /** @param login the header's value */
    private ProxyLogin(HttpClient client, Supplier<String> login) {
        this.client = client;
        this.login = login;
    }

    /** A client that logs in if the proxy requires a login, otherwise Java's own. */
    static HttpClient of(HttpClient.Builder usual, @CheckForNull SSLContext tls) {
        if (tls != null) {
            usual.sslContext(tls);
        }
        HttpClient client = usual.followRedirects(Redirect.NEVER).build();
        ProxyConfiguration configured = Jenkins.get().getProxy();
        if (client.authenticator().isEmpty() || configured == null) {
            return client;
        }
        HttpClient.Builder without = HttpClient.newBuilder().followRedirects(Redirect.NEVER);
        client.proxy().ifPresent(without::proxy);
        client.connectTimeout().ifPresent(without::connectTimeout);
        if (tls != null) {
            without.sslContext(tls);
        }
        return new ProxyLogin(without.build(), () -> header(configured));
    }

    /** Made anew for each request, so that this class does not keep the password. */
    private static String header(ProxyConfiguration configured) {
        String pair = configured.getUserName() + ":" + Secret.toString(configured.getSecretPassword());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest signed(HttpRequest request) {
        boolean proxied = client.proxy()
                .map(selector ->
                        selector.select(request.uri()).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT))
                .orElse(false);
        return proxied
                ? HttpRequest.newBuilder(request, (name, value) -> true)
                        .setHeader(HEADER, login.get())
                        .build()
                : request;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return client.send(signed(request), body);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        return client.sendAsync(signed(request), body);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> body, HttpResponse.PushPromiseHandler<T> pushed) {
        return client.sendAsync(signed(request), body, pushed);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
