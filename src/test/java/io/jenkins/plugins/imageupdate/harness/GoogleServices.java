package io.jenkins.plugins.imageupdate.harness;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.testing.FakeGoogle;
import io.jenkins.plugins.imageupdate.testing.LoginProxy;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Google's token servers as the controller sees them: by https under their own names, through a proxy that leads to this machine. */
public final class GoogleServices implements AutoCloseable {
    private static final List<String> HOSTS =
            List.of("oauth2.googleapis.com", "sts.googleapis.com", "iamcredentials.googleapis.com");

    public final FakeGoogle google = FakeGoogle.start(LoopbackCertificate.server());
    private final LoginProxy proxy = LoginProxy.leading(HOSTS.stream()
            .collect(Collectors.toMap(
                    Function.identity(), host -> URI.create(google.origin()).getPort())));

    /** Has this Jenkins ask them, besides the registries that are configured. */
    public void configure() throws IOException {
        Jenkins.get().setProxy(new ProxyConfiguration("127.0.0.1", proxy.port(), null, null, "127.0.0.1"));
        List<ConfiguredRegistry> entries =
                new ArrayList<>(RegistriesConfiguration.get().getRegistries());
        for (String host : HOSTS) {
            ConfiguredRegistry entry = new ConfiguredRegistry(host);
            entry.setCertificateAuthorities(LoopbackCertificate.pem());
            entries.add(entry);
        }
        RegistriesConfiguration.get().setRegistries(entries);
    }

    @Override
    public void close() {
        proxy.close();
        google.close();
    }
}
