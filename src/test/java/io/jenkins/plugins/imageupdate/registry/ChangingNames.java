package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.Clients;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;

/**
 * A program of its own, since Java reads but once which file has its host names ({@code jdk.net.hosts.file}) and how long it keeps them:
 * a name has one address when it is checked and another when it is used. Prints what came back, and how often the server was asked.
 */
final class ChangingNames {
    private static final String NAME = "changing.example";

    private final Path hosts;
    private final InProcessRegistry inside;
    private final HttpTransport transport;

    private ChangingNames(Path hosts, InProcessRegistry inside) {
        this.hosts = hosts;
        this.inside = inside;
        HttpClient http = HttpClient.newBuilder()
                .sslContext(LoopbackCertificate.client())
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
        transport = new HttpTransport(endpoint -> http, ForkJoinPool.commonPool(), Clock.systemUTC());
    }

    public static void main(String[] arguments) throws Exception {
        // As an administrator may set it who wants no name to be kept: the hardest case.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        try (InProcessRegistry inside = InProcessRegistry.start(LoopbackCertificate.server())) {
            String said = new ChangingNames(Path.of(arguments[0]), inside).play(arguments[1]);
            System.out.println(said + "; asked " + inside.requests().size() + " times");
        }
    }

    private String play(String before) throws Exception {
        int port = URI.create(inside.origin()).getPort();
        String host = NAME + ":" + port;
        if (before.equals("in between")) {
            // As if it changed after the check: a listed registry's address is not one to be public.
            resolveTo("127.0.0.1 " + NAME);
            return check(new RegistryEndpoint(host, false, Duration.ofSeconds(20), 8, false));
        }
        if (before.equals("redirected")) {
            resolveTo("127.0.0.1 " + NAME);
            RegistryEndpoint listed = new RegistryEndpoint("192.0.2.1", true, Duration.ofSeconds(20), 8, false);
            return check(listed.redirectedTo(URI.create(inside.origin().replace("127.0.0.1", NAME))));
        }
        RegistryEndpoint unlisted = RegistryEndpoint.of(host);
        resolveTo(before);
        // By the guard alone: nothing may be sent to an address outside this machine.
        transport.addresses().checkRequest(unlisted, unlisted.resolve("")).join();
        resolveTo("127.0.0.1 " + NAME);
        return check(unlisted);
    }

    private void resolveTo(String line) throws Exception {
        Files.writeString(hosts, line + "\n");
    }

    private String check(RegistryEndpoint endpoint) {
        try {
            ImageReference image = ImageReference.parse(endpoint.host() + "/p/app:stable");
            return Clients.repository(transport, image, endpoint, Checks.ANONYMOUS)
                    .resolve(image, null, null)
                    .join()
                    .toString();
        } catch (CompletionException e) {
            return String.valueOf(RegistryException.unwrap(e).getMessage());
        }
    }
}
