package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All figures of docs/benchmarks.md in one run, printed as they stand there. Arguments: jib-core's class path, how often each program
 * is run, and the script that has Renovate installed beside it, empty for none.
 */
public final class Comparison {
    private static final int IMAGES = 200;
    private static final int MANY = 10_000;
    private static final Duration ROUND_TRIP = Duration.ofMillis(20);
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 20;

    private final String classPath = System.getProperty("java.class.path");
    private final String jib;
    private final int runs;
    private final String renovate;
    private final Path directory;

    private Comparison(String jib, int runs, String renovate, Path directory) {
        this.jib = jib;
        this.runs = runs;
        this.renovate = renovate;
        this.directory = directory;
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("benchmark");
        try {
            new Comparison(arguments[0], Integer.parseInt(arguments[1]), arguments[2], directory).run();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        say("Machine: %s.", Machine.describe());
        say("Load before: %.2f.%n", Machine.load());
        digests();
        scaling();
        http2();
        say("Load after: %.2f.", Machine.load());
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    private static double limit(int requests, int parallel) {
        return requests * (ROUND_TRIP.toMillis() / 1000.0) / parallel;
    }

    private void digests() throws IOException, InterruptedException {
        try (BenchmarkRegistry registry = BenchmarkRegistry.distribution(directory, IMAGES)) {
            Map<Integer, Spread> floors = floors(registry);
            Contestant ours = ours(registry, DigestBenchmark.class, 8);
            Contestant running = ours(registry, WarmJvmBenchmark.class, 8);
            Contestant ours32 = ours(registry, DigestBenchmark.class, 32);
            Contestant running32 = ours(registry, WarmJvmBenchmark.class, 32);
            Contestant jib8 = jib(registry, 8);
            Contestant jib32 = jib(registry, 32);
            Contestant skopeo8 = skopeo(registry, 8);
            Contestant renovate8 = renovate(registry, 8);
            List<Contestant> all = new ArrayList<>(List.of(ours, running, jib8, skopeo8, ours32, running32, jib32));
            if (!renovate.isEmpty()) {
                all.add(renovate8);
            }
            // The programs take turns, so that other load on the machine affects all of them in the same way.
            for (int i = 0; i < runs; i++) {
                for (Contestant each : all) {
                    each.run();
                }
            }
            say("### %d images, %d ms round trip", IMAGES, ROUND_TRIP.toMillis());
            say("");
            say("Seconds: median (least–most). Of one connection a raw round trip took %.2f ms.%n", oneTrip(registry));
            say("| | at once | cold | × limit | requests, tokens | warm | × limit | requests, tokens |");
            say("| --- | --- | --- | --- | --- | --- | --- | --- |");
            row("limit", 8, limit(2 * IMAGES, 8), limit(IMAGES, 8));
            floor(8, floors.get(8));
            row("this client", 8, ours);
            row("this client, JVM that has run", 8, running);
            row("jib-core 0.28.1", 8, jib8);
            row("skopeo, a process an image", 8, skopeo8);
            if (!renovate.isEmpty()) {
                row("Renovate 39.264.0", 8, renovate8);
            }
            row("limit", 32, limit(2 * IMAGES, 32), limit(IMAGES, 32));
            floor(32, floors.get(32));
            row("this client", 32, ours32);
            row("this client, JVM that has run", 32, running32);
            row("jib-core 0.28.1", 32, jib32);
            say("");
        }
    }

    private static void row(String who, int parallel, double cold, double warm) {
        say("| %s | %d | %.3f | 1 × | 400, 200 | %.3f | 1 × | 200, 0 |", who, parallel, cold, warm);
    }

    private static void floor(int parallel, Spread floor) {
        String times = floor.times(limit(IMAGES, parallel));
        say("| bare sockets | %d | | | | %s | %s | 200, 0 |", parallel, floor.text(), times);
    }

    private static void row(String who, int parallel, Contestant contestant) {
        Spread cold = contestant.cold();
        Spread warm = contestant.warm();
        say(
                "| %s | %d | %s | %s | %s | %s | %s | %s |",
                who,
                parallel,
                cold.text(),
                cold.times(limit(2 * IMAGES, parallel)),
                contestant.coldRequests(),
                warm.text(),
                warm.times(limit(IMAGES, parallel)),
                contestant.warmRequests());
    }

    private Map<Integer, Spread> floors(BenchmarkRegistry registry) throws IOException, InterruptedException {
        Floor floor = registry.floor();
        for (int i = 0; i < WARM_UP; i++) {
            floor.seconds(8);
        }
        registry.line.delay(ROUND_TRIP);
        List<Double> eight = new ArrayList<>();
        List<Double> thirtyTwo = new ArrayList<>();
        for (int i = 0; i < 2 * runs; i++) {
            eight.add(floor.seconds(8));
            thirtyTwo.add(floor.seconds(32));
        }
        return Map.of(8, new Spread(eight), 32, new Spread(thirtyTwo));
    }

    private static double oneTrip(BenchmarkRegistry registry) throws IOException, InterruptedException {
        return registry.floor().seconds(1) * 1000 / IMAGES;
    }

    private Contestant ours(BenchmarkRegistry registry, Class<?> main, int parallel) {
        return Contestant.java(registry.line, classPath, main.getName(), options(registry, IMAGES, parallel, ROUNDS));
    }

    private static String[] options(BenchmarkRegistry registry, int images, int parallel, int rounds) {
        return new String[] {
            "--registry",
            registry.line.host(),
            "--plain-http",
            "--repositories",
            "bench/app%d",
            "--count",
            Integer.toString(images),
            "--tag",
            "stable",
            "--key",
            registry.key.toString(),
            "--parallel",
            Integer.toString(parallel),
            "--rounds",
            Integer.toString(rounds)
        };
    }

    private Contestant jib(BenchmarkRegistry registry, int parallel) {
        return Contestant.java(
                registry.line,
                jib,
                "JibBenchmark",
                registry.line.host(),
                registry.key.toString(),
                Integer.toString(IMAGES),
                Integer.toString(parallel),
                Integer.toString(ROUNDS));
    }

    private Contestant renovate(BenchmarkRegistry registry, int parallel) {
        return new Contestant(
                registry.line,
                "node",
                renovate,
                registry.line.host(),
                registry.key.toString(),
                Integer.toString(IMAGES),
                Integer.toString(parallel),
                Integer.toString(ROUNDS));
    }

    /** The least that skopeo can be asked for: the manifest as it is, without a list of tags. */
    private static Contestant skopeo(BenchmarkRegistry registry, int processes) {
        String command = "seq 0 " + (IMAGES - 1) + " | xargs -P " + processes
                + " -I N skopeo inspect --tls-verify=false --authfile '" + registry.authFile
                + "' --no-tags --raw docker://" + registry.line.host() + "/bench/appN:stable > /dev/null";
        return new Contestant(registry.line, "bash", "-euo", "pipefail", "-c", command);
    }

    private void scaling() throws IOException, InterruptedException {
        try (InProcessRegistry images = InProcessRegistry.start();
                BenchmarkRegistry registry = BenchmarkRegistry.of(images.host(), images, directory, MANY)) {
            String printed = Contestant.java(
                            registry.line, classPath, ScalingBenchmark.class.getName(), options(registry, MANY, 8, 1))
                    .output();
            say("### More images, in-process registry, no round trip%n");
            say("```");
            System.out.print(printed);
            say("```%n");
        }
    }

    private void http2() throws IOException, InterruptedException {
        String printed = Contestant.java(null, classPath, Http2Benchmark.class.getName(), directory.toString())
                .output();
        say("### HTTP/2 over TLS by nginx, 100 at once, 200 ms round trip%n");
        say("```");
        System.out.print(printed);
        say("```%n");
    }
}
