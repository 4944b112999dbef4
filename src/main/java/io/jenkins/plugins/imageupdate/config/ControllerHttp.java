package io.jenkins.plugins.imageupdate.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.XmlFile;
import hudson.model.Computer;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.imageupdate.registry.HttpTransport;
import io.jenkins.plugins.imageupdate.watch.UpdateChecker;
import java.net.http.HttpClient;
import java.time.Clock;

/** The controller's one way to registries, by Jenkins' proxy: connections, tokens and limits are shared by all jobs. */
@Extension
public final class ControllerHttp {
    private HttpClient client;
    private UpdateChecker checker;

    public static ControllerHttp get() {
        return ExtensionList.lookupSingleton(ControllerHttp.class);
    }

    public synchronized UpdateChecker checker() {
        if (checker == null) {
            checker = new UpdateChecker(
                    new HttpTransport(endpoint -> client(), Computer.threadPoolForRemoting, Clock.systemUTC()));
        }
        return checker;
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = ProxyConfiguration.newHttpClientBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return client;
    }

    private synchronized void proxyChanged() {
        client = null;
    }

    /** A client keeps the proxy it was made with. */
    @Extension
    public static final class ProxyChange extends SaveableListener {
        @Override
        public void onChange(Saveable changed, XmlFile file) {
            if (changed instanceof ProxyConfiguration) {
                ControllerHttp.get().proxyChanged();
            }
        }
    }
}
