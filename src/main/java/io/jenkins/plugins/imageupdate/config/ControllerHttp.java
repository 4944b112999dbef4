package io.jenkins.plugins.imageupdate.config;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.model.Computer;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.check.ImageChecker;
import io.jenkins.plugins.imageupdate.credentials.ClientCertificates;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.http.HttpClients;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.Quota;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;

/** The HTTP clients of the controller, by Jenkins' proxy. All jobs share connections, tokens and limits. */
@Extension
public final class ControllerHttp {
    /** By the prefix of the entry whose TLS settings they have, with their purpose. Empty for clients without settings of their own. */
    private final Map<String, CachedHttpClient> clients = new ConcurrentHashMap<>();

    private ProxySettings proxy = ProxySettings.NONE;
    private HttpTransport transport;
    private ImageChecker checker;

    public static ControllerHttp get() {
        return ExtensionList.lookupSingleton(ControllerHttp.class);
    }

    public synchronized ImageChecker checker() {
        if (checker == null) {
            checker = new ImageChecker(transport());
        }
        return checker;
    }

    /** As checks use it. */
    public synchronized HttpTransport transport() {
        if (transport == null) {
            HttpClients ours = new HttpClients() {
                @Override
                public HttpClient of(RegistryEndpoint endpoint) {
                    return client(endpoint);
                }

                @Override
                public HttpClient elsewhere(RegistryEndpoint endpoint) {
                    return clientElsewhere(endpoint);
                }
            };
            transport = new HttpTransport(ours, Computer.threadPoolForRemoting, Clock.systemUTC());
        }
        return transport;
    }

    /** As {@link HttpTransport#quota}, since Jenkins started. */
    @CheckForNull
    public synchronized Quota quota(String host) {
        return transport == null ? null : transport.quota(host);
    }

    /**
     * The client that shows and trusts the certificates of the endpoint's entry.
     *
     * @throws IllegalArgumentException if a certificate of the registry's settings cannot be used; the message names it
     */
    HttpClient client(RegistryEndpoint endpoint) {
        ConfiguredRegistry registry = entry(endpoint);
        return registry == null
                ? client("", null, null)
                : client(registry.getPrefix(), registry.getCertificateAuthorities(), registry.getClientCertificateId());
    }

    /** For other hosts that the registry names: with the same trusted authorities, without the client certificate. */
    private HttpClient clientElsewhere(RegistryEndpoint endpoint) {
        ConfiguredRegistry registry = entry(endpoint);
        return registry == null
                ? client("", null, null)
                : client("elsewhere than " + registry.getPrefix(), registry.getCertificateAuthorities(), null);
    }

    @CheckForNull
    private static ConfiguredRegistry entry(RegistryEndpoint endpoint) {
        RegistriesConfiguration registries = RegistriesConfiguration.get();
        ConfiguredRegistry named = endpoint.tls() == null ? null : registries.named(endpoint.tls());
        return registries.withTlsSettings(named, endpoint.host());
    }

    /** Drops all clients if the proxy has changed. */
    private synchronized void followProxy() {
        ProxySettings now = ProxySettings.now();
        if (!now.equals(proxy)) {
            proxy = now;
            forgetClients();
        }
    }

    /** Looks the certificate up each time, so that one that was replaced or deleted is not used any longer. */
    private HttpClient client(String purpose, @CheckForNull String authorities, @CheckForNull String certificateId) {
        followProxy();
        String name = authorities == null && certificateId == null ? "" : purpose;
        StandardCertificateCredentials certificate =
                certificateId == null ? null : ClientCertificates.find(certificateId);
        CachedHttpClient known = clients.get(name);
        if (known != null && known.shows(certificate)) {
            return known.client();
        }
        return clients.compute(
                        name,
                        (same, before) -> before == null
                                ? CachedHttpClient.make(authorities, certificate)
                                : before.shows(certificate) ? before : before.showing(authorities, certificate))
                .client();
    }

    /** Drops all clients, since a client keeps the proxy and the certificates that it was made with. */
    void forgetClients() {
        clients.clear();
    }

    /**
     * Jenkins' settings for its proxy. A client keeps those that it was made with. Jenkins tells of few changes only, so they are compared at
     * each use.
     */
    private record ProxySettings(
            @CheckForNull String host,
            int port,
            @CheckForNull String user,
            @CheckForNull Secret password,
            @CheckForNull String direct) {
        private static final ProxySettings NONE = new ProxySettings(null, 0, null, null, null);

        static ProxySettings now() {
            ProxyConfiguration proxy = Jenkins.get().getProxy();
            return proxy == null
                    ? NONE
                    : new ProxySettings(
                            proxy.getName(),
                            proxy.getPort(),
                            proxy.getUserName(),
                            proxy.getSecretPassword(),
                            proxy.getNoProxyHost());
        }
    }
}
