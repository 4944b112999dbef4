package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.tags.TagChoice;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import io.jenkins.plugins.imageupdate.tags.TagSort;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long each policy takes on a repository of 50,000 tags, the list itself in memory too. Run in a fresh JVM that is given 64 MiB,
 * {@code java -Xmx64m -cp … TagDecisionBenchmark}: the first round is what a Jenkins controller pays after its start. It fails where
 * one takes two seconds of a core; the total time depends more on other load on the machine.
 */
public final class TagDecisionBenchmark {
    private static final String BUILD = "1.2.3-ls5";
    private static final int TAGS = 50_000;
    private static final int ROUNDS = 3;
    private static final double LIMIT_MS = 2_000;

    private TagDecisionBenchmark() {}

    public static void main(String[] args) {
        TagList tags = tags();
        TagFilter filter = TagFilter.of(List.of("^v?[0-9]", "^nightly-"), List.of("windows", "-rc[0-9]+$"), 10);
        Map<String, TagPolicy> policies = new LinkedHashMap<>();
        policies.put("semver", TagPolicy.semver(">=1.4 <90 || ^95", null, TagFilter.none()));
        policies.put("semver, filtered", TagPolicy.semver(">=1.4 <90 || ^95", "alpine", filter));
        policies.put("regex numeric", TagPolicy.regex("^v?([0-9]+)\\.([0-9]+)", TagSort.NUMERIC, TagFilter.none()));
        policies.put("regex lexical", TagPolicy.regex("^nightly-", TagSort.LEXICAL, filter));
        policies.put("regex semver", TagPolicy.regex("^(.*)-alpine$", TagSort.SEMVER, filter));
        policies.put("newest", TagPolicy.newest(filter));
        policies.put("semver, builds", TagPolicy.semver("*", null, TagFilter.none()));
        policies.put("nothing", TagPolicy.semver(">=1000", null, TagFilter.none()));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double slowest = 0;
        for (Map.Entry<String, TagPolicy> policy : policies.entrySet()) {
            for (int round = 1; round <= ROUNDS; round++) {
                long wall = System.nanoTime();
                long processor = threads.getCurrentThreadCpuTime();
                TagChoice choice =
                        policy.getValue().choose(tags, policy.getKey().endsWith("builds") ? BUILD : "1.2");
                double ms = ms(threads.getCurrentThreadCpuTime() - processor);
                slowest = Math.max(slowest, ms);
                print(
                        "%-18s round %d %8.1f ms of a core, %8.1f ms in all  %s%n",
                        policy.getKey(),
                        round,
                        ms,
                        ms(System.nanoTime() - wall),
                        choice.newest().orElse("-"));
            }
        }
        Runtime runtime = Runtime.getRuntime();
        print(
                "heap limit %d MiB, slowest %.1f ms of a core, load %.1f%n",
                runtime.maxMemory() >> 20, slowest, Machine.load());
        if (slowest >= LIMIT_MS) {
            throw new IllegalStateException("too slow");
        }
    }

    /** Versions with and without variants and pre-releases, nightly builds, commits. */
    private static TagList tags() {
        String[] forms = {
            "%d.%d.%d",
            "v%d.%d.%d",
            "%d.%d.%d-alpine",
            "%d.%d.%d-rc1",
            "%d.%d.%d-slim-bookworm",
            "%d.%d_%d-jdk",
            "%d.%d-ls%d"
        };
        List<String> names = new ArrayList<>(TAGS);
        for (int i = 0; names.size() < TAGS; i++) {
            names.add(String.format(Locale.ROOT, forms[i % forms.length], i % 100, i / 100 % 40, i));
            if (i % 5 == 0) {
                names.add(String.format(Locale.ROOT, "nightly-20%02d%02d%02d-%d", i % 25, i % 12 + 1, i % 28 + 1, i));
                names.add(String.format(Locale.ROOT, "1.2.3-%d-g%07x", i, i * 7_919));
            }
        }
        return new TagList(names.subList(0, TAGS), false);
    }

    private static double ms(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
