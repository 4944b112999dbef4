package io.jenkins.plugins.imageupdate.tags;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * The time that a policy has for one list of tags: expressions are bounded in size, this is for the worst of them on the longest list. It is
 * time of the processor, so that a busy machine does not make a policy fail. For one thread.
 */
final class Budget {
    static final long NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final int STEPS_BETWEEN_LOOKS = 100;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long start = now();
    private final long nanos;
    private int steps;
    private boolean spent;

    Budget(long nanos) {
        this.nanos = nanos;
    }

    /** Takes one step, such as a tag that an expression is searched for in; false where the time is spent. */
    boolean step() {
        if (++steps % STEPS_BETWEEN_LOOKS == 0) {
            spent |= now() - start > nanos;
        }
        return !spent;
    }

    private static long now() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
