import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.http.Request;
import com.google.cloud.tools.jib.http.Response;
import com.google.cloud.tools.jib.registry.RegistryClient;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The same checks by jib-core: one HTTP client for all, a registry client for each repository that is kept with its token, and a
 * thread for each check under way. Arguments: registry, file of the key, images, parallel checks, rounds.
 */
public final class JibBenchmark {
    private static final class Counting extends FailoverHttpClient {
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger tokens = new AtomicInteger();

        Counting() {
            super(true, true, event -> {});
        }

        @Override
        public Response call(String method, URL url, Request request) throws IOException {
            requests.incrementAndGet();
            if (String.valueOf(url.getQuery()).contains("scope=")) {
                tokens.incrementAndGet();
            }
            return super.call(method, url, request);
        }
    }

    public static void main(String[] arguments) throws Exception {
        String registry = arguments[0];
        String key = Files.readString(Path.of(arguments[1]));
        int count = Integer.parseInt(arguments[2]);
        int parallel = Integer.parseInt(arguments[3]);
        int rounds = Integer.parseInt(arguments[4]);
        Counting http = new Counting();
        List<RegistryClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(RegistryClient.factory(EventHandlers.NONE, registry, "bench/app" + i, http)
                    .setCredential(Credential.from("_json_key", key))
                    .newRegistryClient());
        }
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        for (int round = 0; round < rounds; round++) {
            boolean cold = round == 0;
            long begun = System.nanoTime();
            List<Future<?>> checks = new ArrayList<>();
            for (RegistryClient client : clients) {
                checks.add(threads.submit(() -> {
                    if (cold && !client.doPullBearerAuth()) {
                        throw new IllegalStateException("no token was wanted");
                    }
                    return client.checkManifest("stable").orElseThrow().getDigest();
                }));
            }
            for (Future<?> check : checks) {
                check.get();
            }
            System.out.printf(
                    Locale.ROOT,
                    "round=%d images=%d seconds=%.3f requests=%d tokens=%d%n",
                    round,
                    count,
                    (System.nanoTime() - begun) / 1e9,
                    http.requests.getAndSet(0),
                    http.tokens.getAndSet(0));
        }
        threads.shutdown();
        http.shutDown();
    }
}
