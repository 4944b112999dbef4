package io.jenkins.plugins.imageupdate.registry.auth.google;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.RegistryClient;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;

/**
 * A program of its own, since tests keep the secrets that they look for: checks an image and dumps its heap twice, while it has the login
 * and long after the check. Client, connections and caches are kept, as a controller does.
 */
final class DumpedHeap {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpTransport transport =
            new HttpTransport(any -> http, ForkJoinPool.commonPool(), Clock.systemUTC());
    private final RegistryClient client;
    private final String host;
    private Authentication login;

    private DumpedHeap(String host, URI google) {
        this.host = host;
        GoogleEndpoints endpoints = new GoogleEndpoints(google.resolve("/token"), google, google, google);
        client = new RegistryClient(transport, new GoogleTokenSource(transport, endpoints, () -> null));
    }

    /** Arguments: the registry's host, Google's address, the kind of login, a file with the secret, a folder for the dumps. */
    public static void main(String[] arguments) throws Exception {
        DumpedHeap program = new DumpedHeap(arguments[0], URI.create(arguments[1]));
        program.login = login(arguments[2], Path.of(arguments[3]));
        Path folder = Path.of(arguments[4]);
        System.out.println(program.check());
        dump(folder.resolve("with.hprof"));
        program.login = null;
        signWithAnother();
        dump(folder.resolve("after.hprof"));
        // In use until here.
        System.out.println(program.host);
    }

    private static Authentication login(String kind, Path file) throws Exception {
        String secret = Files.readString(file);
        return switch (kind) {
            case "password" -> Authentications.ofUserPassword("id", "robot", secret);
            case "signing" -> Authentications.signedLocally(Authentications.ofSecret("id", secret));
            default -> Authentications.ofSecret("id", secret);
        };
    }

    private String check() {
        RegistryEndpoint endpoint = new RegistryEndpoint(host, true, TIMEOUT, 8, true);
        ImageReference image = ImageReference.parse(host + "/p/app:stable");
        return client.repository(image, endpoint, login)
                .resolve(image, null, null)
                .join()
                .digest()
                .toString();
    }

    /** Java keeps the numbers of a key that signed until it signs again (RSACore's cache of blinding parameters). */
    private static void signWithAnother() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        PrivateKey other = generator.generateKeyPair().getPrivate();
        for (int i = 0; i < 20; i++) {
            System.gc();
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(other);
            signature.sign();
        }
    }

    /** Of what can still be reached. */
    private static void dump(Path file) throws Exception {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
    }
}
