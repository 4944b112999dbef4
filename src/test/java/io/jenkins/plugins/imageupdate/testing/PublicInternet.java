package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;

/** A proxy in whose place a test server answers for every host but the loopback; 192.0.2.1 is one that nobody has (RFC 5737). */
public final class PublicInternet extends ProxySelector {
    private final Proxy proxy;

    private PublicInternet(URI server) {
        proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(server.getHost(), server.getPort()));
    }

    public static HttpClient answeredBy(String origin) {
        return HttpClient.newBuilder()
                .proxy(new PublicInternet(URI.create(origin)))
                .build();
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(uri.getHost().equals("127.0.0.1") ? Proxy.NO_PROXY : proxy);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The test sees the failure itself.
    }
}
