package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many checks of one job are under way at once. */
class JobLimitsTest {
    private final Queue<CompletableFuture<String>> underWay = new ArrayDeque<>();
    private final List<Integer> started = Collections.synchronizedList(new ArrayList<>());
    private final JobLimits limits = new Limits(Clock.systemUTC(), Runnable::run).job(Runnable::run);

    private static RegistryEndpoint listed(String host, int parallel) {
        return new RegistryEndpoint(host, false, RegistryEndpoint.DEFAULT_TIMEOUT, parallel, false);
    }

    private CompletableFuture<String> begin(RegistryEndpoint endpoint, int number) {
        return limits.check(endpoint, () -> {
            CompletableFuture<String> check = new CompletableFuture<>();
            underWay.add(check);
            started.add(number);
            return check;
        });
    }

    private void beginThousand(RegistryEndpoint endpoint) {
        IntStream.range(0, 1_000).forEach(i -> begin(endpoint, i));
    }

    @ParameterizedTest
    @CsvSource({"1, 32", "8, 32", "16, 32", "17, 34", "64, 128", "256, 512"})
    void aJobReachesAllConcurrentChecksOfAListedHost(int parallel, int most) {
        beginThousand(listed("gcr.io", parallel));
        assertEquals(most, underWay.size());
    }

    @Test
    void unlistedHostsShareOneSmallLimit() {
        IntStream.range(0, 1_000).forEach(i -> begin(RegistryEndpoint.of("h" + i + ".example"), i));
        assertEquals(12, underWay.size());
    }

    @Test
    void hostsDoNotWaitForEachOther() {
        beginThousand(RegistryEndpoint.of("slow.example"));
        beginThousand(listed("gcr.io", 8));
        beginThousand(listed("quay.io", 8));
        assertEquals(12 + 32 + 32, underWay.size());
    }

    @Test
    void checksThatWaitStartInTheirOrderWhenOthersEnd() {
        beginThousand(listed("gcr.io", 8));
        while (!underWay.isEmpty()) {
            underWay.remove().complete("checked");
        }
        assertEquals(IntStream.range(0, 1_000).boxed().toList(), started);
    }

    @Test
    void aCheckThatCannotStartFailsAloneAndLeavesItsPlace() {
        RegistryEndpoint endpoint = listed("gcr.io", 8);
        CompletableFuture<String> broken = limits.check(endpoint, () -> {
            throw new IllegalStateException("the vault is sealed");
        });
        beginThousand(endpoint);
        assertEquals(32, underWay.size());
        assertEquals(
                "the vault is sealed",
                broken.handle((value, thrown) -> thrown.getMessage()).join());
    }
}
