package io.jenkins.plugins.imageupdate.registry.http;

import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Limits how many checks of one job are under way at once, so that a job with thousands of images leaves room for other jobs. Each listed
 * host has a limit of its own. All hosts that no administrator listed share one.
 */
public final class JobLimits {
    /** For hosts that are not listed. Fewer than {@link Limits#LOOKUPS}, since such hosts and their name servers may never answer. */
    private static final int UNLISTED = 12;

    /** The least limit of a listed host. */
    private static final int LISTED = 32;

    private static final String UNLISTED_HOSTS = "";

    private final Clock clock;
    private final Executor executor;
    private final Map<String, Line> lines = new HashMap<>();

    /** Checks that wait for each other, and what starts them: one after the other, since the start of a check may block. */
    private record Line(HostQueue queue, Executor serial) {}

    JobLimits(Clock clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    /** Starts the check on the job's executor when it is its turn. */
    public <T> CompletableFuture<T> check(RegistryEndpoint endpoint, Supplier<CompletableFuture<T>> check) {
        Line line = line(endpoint.listed() ? endpoint.host() : UNLISTED_HOSTS);
        CompletableFuture<T> result = new CompletableFuture<>();
        line.serial()
                .execute(() -> line.queue().run(most(endpoint), check).whenComplete((value, thrown) -> {
                    if (thrown == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(thrown);
                    }
                }));
        return result;
    }

    private synchronized Line line(String name) {
        return lines.computeIfAbsent(name, unknown -> {
            Executor serial = new SerialExecutor(executor);
            return new Line(new HostQueue(clock, serial), serial);
        });
    }

    /** Twice the host's concurrent checks, so that the host is never idle while the job has images left. */
    private static int most(RegistryEndpoint endpoint) {
        return endpoint.listed() ? Math.max(LISTED, 2 * endpoint.parallel()) : UNLISTED;
    }
}
