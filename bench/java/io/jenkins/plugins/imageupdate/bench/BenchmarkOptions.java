package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.check.WatchedImage;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The command line of {@link DigestBenchmark}.
 *
 * @param repositories with one {@code %d} for the number of the image
 * @param key the file of a service account's key, null for an anonymous benchmark
 * @param authority the file of a certificate to trust besides the JVM's, null for none
 * @param earlier the rounds of {@link WarmJvmBenchmark} by another client, which are not measured
 * @param settling its rounds by the measured client after the cold one, which are not measured either
 */
record BenchmarkOptions(
        String registry,
        boolean plainHttp,
        String repositories,
        int count,
        String tag,
        String key,
        String authority,
        int parallel,
        int rounds,
        int earlier,
        int settling) {
    private static final String PLAIN_HTTP = "--plain-http";
    private static final Set<String> VALUES = Set.of(
            "--registry", "--repositories", "--count", "--tag", "--key", "--authority", "--parallel", "--rounds", "--earlier", "--settling");

    static BenchmarkOptions parse(String... arguments) {
        TreeMap<String, String> values = new TreeMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (name.equals(PLAIN_HTTP)) {
                values.put(name, "");
            } else if (VALUES.contains(name) && i + 1 < arguments.length) {
                values.put(name, arguments[++i]);
            } else {
                throw new IllegalArgumentException(name + " is unknown or has no value. Known are " + PLAIN_HTTP
                        + " and " + VALUES.stream().sorted().toList());
            }
        }
        if (!values.containsKey("--registry")) {
            throw new IllegalArgumentException("--registry HOST:PORT is missing");
        }
        return new BenchmarkOptions(
                values.get("--registry"),
                values.containsKey(PLAIN_HTTP),
                values.getOrDefault("--repositories", "bench/app%d"),
                Integer.parseInt(values.getOrDefault("--count", "200")),
                values.getOrDefault("--tag", "stable"),
                values.get("--key"),
                values.get("--authority"),
                Integer.parseInt(values.getOrDefault("--parallel", "8")),
                Integer.parseInt(values.getOrDefault("--rounds", "3")),
                Integer.parseInt(values.getOrDefault("--earlier", "20")),
                Integer.parseInt(values.getOrDefault("--settling", "0")));
    }

    /** Checked as a whole, on no platform of its own. */
    List<WatchedImage> images() {
        return IntStream.range(0, count)
                .mapToObj(i -> WatchedImage.parse(registry + "/" + repositories.formatted(i) + ":" + tag, null))
                .toList();
    }
}
