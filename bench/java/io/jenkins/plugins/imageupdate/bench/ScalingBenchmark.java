package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * From 100 images to all: time, the heap that a client keeps for each afterwards, and the most threads there were meanwhile.
 * Takes the options of {@link DigestBenchmark}; every number of images gets a client of its own.
 */
final class ScalingBenchmark {
    private ScalingBenchmark() {}

    public static void main(String... arguments) throws IOException {
        BenchmarkOptions options = BenchmarkOptions.parse(arguments);
        Authentication authentication = Authentications.ofSecret("bench", Files.readString(Path.of(options.key())));
        List<WatchedImage> all = options.images();
        try (MeasuredClient earlier = MeasuredClient.of(options, authentication)) {
            earlier.round(all);
        }
        for (int count = 100; count < all.size(); count *= 10) {
            measure(options, authentication, all.subList(0, count));
        }
        measure(options, authentication, all);
    }

    private static void measure(BenchmarkOptions options, Authentication authentication, List<WatchedImage> images)
            throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (MeasuredClient client = MeasuredClient.of(options, authentication)) {
            long before = heap();
            threads.resetPeakThreadCount();
            MeasuredClient.Round cold = client.round(images);
            MeasuredClient.Round warm = client.round(images);
            int most = threads.getPeakThreadCount();
            long kept = heap() - before;
            System.out.printf(
                    Locale.ROOT,
                    "images=%d cold=%.3f warm=%.3f requests=%d tokens=%d heap=%d bytes-an-image=%d threads=%d%n",
                    images.size(),
                    cold.seconds(),
                    warm.seconds(),
                    warm.requests(),
                    warm.tokens(),
                    kept,
                    kept / images.size(),
                    most);
            Reference.reachabilityFence(client);
        }
    }

    /** Bytes in use after collections that leave nothing to collect. */
    private static long heap() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
