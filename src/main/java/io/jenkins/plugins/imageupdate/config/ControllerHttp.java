package io.jenkins.plugins.imageupdate.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.XmlFile;
import hudson.model.Computer;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.imageupdate.credentials.ClientCertificates;
import io.jenkins.plugins.imageupdate.registry.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.watch.UpdateChecker;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The controller's one way to registries, by Jenkins' proxy: connections, tokens and limits are shared by all jobs. */
@Extension
public final class ControllerHttp {
    /** By the host whose TLS settings they have, empty for the usual ones. */
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

    private UpdateChecker checker;

    public static ControllerHttp get() {
        return ExtensionList.lookupSingleton(ControllerHttp.class);
    }

    public synchronized UpdateChecker checker() {
        if (checker == null) {
            checker = new UpdateChecker(
                    new HttpTransport(this::client, Computer.threadPoolForRemoting, Clock.systemUTC()));
        }
        return checker;
    }

    /** An {@link IllegalArgumentException} says which certificate of the registry's configuration cannot be used. */
    HttpClient client(RegistryEndpoint endpoint) {
        ConfiguredRegistry registry = RegistriesConfiguration.get().ofHost(endpoint.host());
        boolean usual = registry == null
                || registry.getCertificateAuthorities() == null && registry.getClientCertificateId() == null;
        HttpClient known = clients.get(usual ? "" : endpoint.host());
        return known != null
                ? known
                : clients.computeIfAbsent(usual ? "" : endpoint.host(), host -> build(registry, usual));
    }

    private static HttpClient build(ConfiguredRegistry registry, boolean usual) {
        HttpClient.Builder builder =
                ProxyConfiguration.newHttpClientBuilder().followRedirects(HttpClient.Redirect.NEVER);
        return usual
                ? builder.build()
                : builder.sslContext(ClientCertificates.settings(
                                        registry.getCertificateAuthorities(), registry.getClientCertificateId())
                                .sslContext())
                        .build();
    }

    /** Clients keep the proxy and the certificates they were made with. */
    void forgetClients() {
        clients.clear();
    }

    @Extension
    public static final class ProxyChange extends SaveableListener {
        @Override
        public void onChange(Saveable changed, XmlFile file) {
            if (changed instanceof ProxyConfiguration) {
                ControllerHttp.get().forgetClients();
            }
        }
    }
}
