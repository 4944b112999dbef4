package io.jenkins.plugins.imageupdate.bench;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.imageupdate.check.ImageChecker;
import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.http.HttpTransport;
import io.jenkins.plugins.imageupdate.registry.http.TlsSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** The client as the controller has it: one for everything, on a pool of threads like that of Jenkins. */
final class MeasuredClient implements AutoCloseable {
    /** What one round over all images took. */
    record Round(int images, double cpu, double seconds, int requests, int tokens) {
        String line(int number) {
            return String.format(
                    Locale.ROOT,
                    "round=%d images=%d cpu=%.3f seconds=%.3f requests=%d tokens=%d",
                    number,
                    images,
                    cpu,
                    seconds,
                    requests,
                    tokens);
        }
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "checks");
        thread.setDaemon(true);
        return thread;
    });
    private final CountingHttpClient http;
    private final ImageChecker checker;
    private final Authentication authentication;
    private final RegistryEndpoint endpoint;

    /** @param tls null for what the JVM trusts */
    MeasuredClient(String registry, boolean plainHttp, int parallel, Authentication authentication, SSLContext tls) {
        HttpClient.Builder builder = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER);
        http = new CountingHttpClient((tls == null ? builder : builder.sslContext(tls)).build());
        checker = new ImageChecker(new HttpTransport(any -> http, threads, Clock.systemUTC()));
        endpoint = new RegistryEndpoint(registry, plainHttp, TIMEOUT, parallel, true);
        this.authentication = authentication;
    }

    static MeasuredClient of(BenchmarkOptions options, Authentication authentication) throws IOException {
        SSLContext tls = options.authority() == null
                ? null
                : new TlsSettings(Files.readString(Path.of(options.authority()))).sslContext();
        return new MeasuredClient(options.registry(), options.plainHttp(), options.parallel(), authentication, tls);
    }

    /** Checks all of them, submitted at once; one that cannot be checked ends the benchmark. */
    Round round(List<WatchedImage> images) {
        http.clear();
        long cpu = processor();
        long begun = System.nanoTime();
        List<CompletableFuture<Sighting>> checks = new ArrayList<>(images.size());
        for (WatchedImage image : images) {
            checks.add(checker.check(image, endpoint, authentication, null));
        }
        for (CompletableFuture<Sighting> check : checks) {
            Sighting seen = check.join();
            if (seen.failure() != null) {
                throw new IllegalStateException(seen.failure().message());
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Round(images.size(), (processor() - cpu) / 1e9, seconds, http.requests(), http.tokens());
    }

    /** Nanoseconds of the processor that this JVM has used, its compiler and its collector included. */
    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
