package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The figures of docs/benchmarks.md about the client in one run, printed as they stand there. Options: {@code --jib} and jib-core's class
 * path, {@code --renovate} and the script that has Renovate installed beside it, {@code --go} and the folder of the programs in Go, all
 * of which may be left out; {@code --runs}, how often each program is run, {@code --images}, how many are checked, and {@code --many},
 * how many are checked at most when only their number matters.
 */
public final class Comparison {
    private static final Duration ROUND_TRIP = Duration.ofMillis(20);
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 20;
    /** Rounds of three days with one every half an hour: the JVM's compiler has then done most of its work. */
    private static final int DAYS = 150;
    private static final Set<String> OPTIONS = Set.of("--jib", "--renovate", "--go", "--runs", "--images", "--many");

    private final String classPath = System.getProperty("java.class.path");
    private final Map<String, String> options;
    private final int runs;
    private final int count;
    private final int many;
    private final Path directory;

    private Comparison(Map<String, String> options, Path directory) {
        this.options = options;
        this.directory = directory;
        runs = Integer.parseInt(options.getOrDefault("--runs", "5"));
        count = Integer.parseInt(options.getOrDefault("--images", "200"));
        many = Integer.parseInt(options.getOrDefault("--many", "100000"));
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i])) {
                throw new IllegalArgumentException(arguments[i] + " is unknown. Known are " + new TreeSet<>(OPTIONS));
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        Path directory = Files.createTempDirectory("benchmark");
        try {
            new Comparison(options, directory).run();
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

    /** A program and its place in the table. */
    private record Entry(String who, int parallel, Contestant contestant) {}

    private void digests() throws IOException, InterruptedException {
        try (BenchmarkRegistry registry = BenchmarkRegistry.distribution(directory, count)) {
            Map<Integer, Spread> floors = floors(registry);
            try (Http2Proxy proxy = new Http2Proxy(
                    Files.createDirectories(directory.resolve("proxy")), "http://" + registry.line.host())) {
                table("https and HTTP/2 by nginx", registry, null, secure(registry, proxy));
            }
            table("http", registry, floors, plain(registry));
        }
    }

    private List<Entry> secure(BenchmarkRegistry registry, Http2Proxy proxy) throws IOException {
        String[] tls = {"--authority", proxy.certificate().toString()};
        List<Entry> all = new ArrayList<>();
        for (int parallel : new int[] {8, 32}) {
            String[] ours = arguments(registry, proxy.host(), count, parallel, ROUNDS, tls);
            String[] days = Stream.concat(Stream.of(ours), Stream.of("--settling", Integer.toString(DAYS)))
                    .toArray(String[]::new);
            all.add(new Entry("this client", parallel, java(registry, DigestBenchmark.class, ours)));
            all.add(new Entry("this client, JVM that has run", parallel, java(registry, WarmJvmBenchmark.class, ours)));
            all.add(new Entry(
                    "this client, warm after days", parallel, java(registry, WarmJvmBenchmark.class, days)));
            for (String program : new String[] {"puller", "regclient"}) {
                if (has("--go")) {
                    all.add(new Entry(
                            program.equals("puller") ? "go-containerregistry, one Puller" : "regclient",
                            parallel,
                            new Contestant(registry.line, go(registry, proxy, program, parallel))
                                    .trusting(proxy.certificate())
                                    .mayFail()));
                }
            }
        }
        Path login = registry.authFile(directory, proxy.host());
        all.add(new Entry(
                "skopeo, a process an image", 8, skopeo(registry, proxy, login).trusting(proxy.certificate())));
        return all;
    }

    private List<Entry> plain(BenchmarkRegistry registry) {
        List<Entry> all = new ArrayList<>();
        for (int parallel : new int[] {8, 32}) {
            String[] ours = arguments(registry, registry.line.host(), count, parallel, ROUNDS, "--plain-http");
            all.add(new Entry("this client", parallel, java(registry, DigestBenchmark.class, ours)));
            all.add(new Entry("this client, JVM that has run", parallel, java(registry, WarmJvmBenchmark.class, ours)));
            if (has("--jib")) {
                all.add(new Entry("jib-core 0.28.1", parallel, jib(registry, parallel)));
            }
            if (has("--renovate") && parallel == 8) {
                all.add(new Entry("Renovate 39.264.0", parallel, renovate(registry, parallel)));
            }
        }
        return all;
    }

    private boolean has(String option) {
        return !options.getOrDefault(option, "").isEmpty();
    }

    /** @param floors by requests at once, null for none */
    private void table(String by, BenchmarkRegistry registry, Map<Integer, Spread> floors, List<Entry> all)
            throws IOException, InterruptedException {
        registry.line.delay(ROUND_TRIP);
        // The programs take turns, so that other load on the machine affects all of them in the same way.
        for (int i = 0; i < runs; i++) {
            for (Entry each : all) {
                each.contestant().run();
            }
        }
        say("### %d images, %d ms round trip, by %s", count, ROUND_TRIP.toMillis(), by);
        say("");
        say("Seconds: median (least–most). Of one connection a raw round trip took %.2f ms.%n", oneTrip(registry));
        say("| | at once | cold | × limit | requests, tokens | warm | × limit | requests, tokens | processor, warm |");
        say("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (int parallel : new int[] {8, 32}) {
            row("limit", parallel, limit(2 * count, parallel), limit(count, parallel));
            if (floors != null) {
                floor(parallel, floors.get(parallel));
            }
            for (Entry each : all) {
                if (each.parallel() == parallel) {
                    row(each.who(), parallel, each.contestant());
                }
            }
        }
        say("");
    }

    /** The limit of a client that asks for a token for each image. */
    private void row(String who, int parallel, double cold, double warm) {
        String requests = 2 * count + ", " + count;
        say("| %s | %d | %.3f | 1 × | %s | %.3f | 1 × | %d, 0 | |", who, parallel, cold, requests, warm, count);
    }

    private void floor(int parallel, Spread floor) {
        String times = floor.times(limit(count, parallel));
        say("| bare sockets | %d | | | | %s | %s | %d, 0 | |", parallel, floor.text(), times, count);
    }

    private void row(String program, int parallel, Contestant contestant) {
        String who = program + (contestant.failed() == 0 ? "" : ", " + contestant.failed() + " of " + runs + " runs failed");
        if (contestant.failed() == runs) {
            say("| %s | %d | | | | | | | |", who, parallel);
            return;
        }
        Spread cold = contestant.cold();
        Spread warm = contestant.warm();
        say(
                "| %s | %d | %s | %s | %s | %s | %s | %s | %s |",
                who,
                parallel,
                cold.text(),
                cold.times(limit(2 * count, parallel)),
                contestant.coldRequests(),
                warm.text(),
                warm.times(limit(count, parallel)),
                contestant.warmRequests(),
                contestant.cpu().text());
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

    private double oneTrip(BenchmarkRegistry registry) throws IOException, InterruptedException {
        return registry.floor().seconds(1) * 1000 / count;
    }

    private Contestant java(BenchmarkRegistry registry, Class<?> main, String... arguments) {
        return Contestant.java(registry.line, classPath, main.getName(), arguments);
    }

    /** The command line of {@link DigestBenchmark}. */
    private static String[] arguments(
            BenchmarkRegistry registry, String host, int images, int parallel, int rounds, String... further) {
        List<String> all = new ArrayList<>(peer(registry, host, images, parallel, rounds));
        all.addAll(List.of("--repositories", "bench/app%d", "--tag", "stable"));
        all.addAll(List.of(further));
        return all.toArray(String[]::new);
    }

    private static List<String> peer(BenchmarkRegistry registry, String host, int images, int parallel, int rounds) {
        return List.of(
                "--registry",
                host,
                "--count",
                Integer.toString(images),
                "--key",
                registry.key.toString(),
                "--parallel",
                Integer.toString(parallel),
                "--rounds",
                Integer.toString(rounds));
    }

    private String[] go(BenchmarkRegistry registry, Http2Proxy proxy, String program, int parallel) {
        List<String> command = new ArrayList<>(List.of(options.get("--go") + "/" + program));
        command.addAll(peer(registry, proxy.host(), count, parallel, ROUNDS));
        return command.toArray(String[]::new);
    }

    private Contestant jib(BenchmarkRegistry registry, int parallel) {
        return Contestant.java(
                registry.line,
                options.get("--jib"),
                "JibBenchmark",
                registry.line.host(),
                registry.key.toString(),
                Integer.toString(count),
                Integer.toString(parallel),
                Integer.toString(ROUNDS));
    }

    private Contestant renovate(BenchmarkRegistry registry, int parallel) {
        return new Contestant(
                registry.line,
                "node",
                options.get("--renovate"),
                registry.line.host(),
                registry.key.toString(),
                Integer.toString(count),
                Integer.toString(parallel),
                Integer.toString(ROUNDS));
    }

    /** The least that skopeo can be asked for: the manifest as it is, without a list of tags. */
    private Contestant skopeo(BenchmarkRegistry registry, Http2Proxy proxy, Path login) {
        String command = "seq 0 " + (count - 1) + " | xargs -P 8 -I N skopeo inspect --authfile '" + login
                + "' --no-tags --raw docker://" + proxy.host() + "/bench/appN:stable > /dev/null";
        return new Contestant(registry.line, "bash", "-euo", "pipefail", "-c", command);
    }

    private void scaling() throws IOException, InterruptedException {
        try (InProcessRegistry images = InProcessRegistry.start();
                BenchmarkRegistry registry = BenchmarkRegistry.of(images.host(), images, directory, many)) {
            String printed = java(
                            registry,
                            ScalingBenchmark.class,
                            arguments(registry, registry.line.host(), many, 8, 1, "--plain-http"))
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
