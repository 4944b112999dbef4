package io.jenkins.plugins.imageupdate.ledger;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes sure that each pending update in a job's ledger has exactly one build, queued or started. Only one thread at a time may do this for
 * a job. Other threads may queue, start and cancel builds at the same time.
 */
public final class PendingBuilds {
    private final LedgerFile ledger;
    private final JobBuilds builds;

    public PendingBuilds(LedgerFile ledger, JobBuilds builds) {
        this.ledger = ledger;
        this.builds = builds;
    }

    /**
     * Queues a build for the pending updates that do not have one.
     *
     * @param watched whether an image is still watched; other images are not built
     * @return whether a build was put into the queue
     */
    public boolean queue(Predicate<WatchedImage> watched, Instant now) throws IOException {
        // Read in the order in which an update moves, so an update that moves meanwhile is seen at least once.
        List<CheckResult> underWay = new ArrayList<>(builds.running());
        List<? extends JobBuilds.Waiting> waiting = builds.waiting();
        waiting.forEach(item -> underWay.addAll(CheckResult.newest(item.updates())));
        underWay.addAll(builds.leaving());
        List<CheckResult> missing = settle(watched, now);
        missing.removeIf(
                update -> !watched.test(update.image()) || underWay.stream().anyMatch(update::sameDigest));
        return !missing.isEmpty() && builds.schedule(missing, waiting);
    }

    /**
     * To be called after a start, when the queue may be older than the ledger, or the ledger lost. Removes what was already built from the
     * queue, and adds queued updates that the ledger does not know. No item of the queue may start before this.
     */
    public void resume(int nextBuild, Instant now) throws IOException {
        List<? extends JobBuilds.Waiting> waiting = builds.waiting();
        settle(image -> true, now);
        withdraw(ledger.change(known -> {
            waiting.forEach(item -> known.recovery().ofQueue(item.updates(), nextBuild, now));
            return Withdrawal.of(waiting, known);
        }));
    }

    /** Records builds whose start the ledger missed. To be called before a build is deleted: afterwards it cannot be found. */
    public void recordStarts(Instant now) throws IOException {
        settle(image -> true, now);
    }

    /** Takes out of the queue what is settled: a build that was not started for it has seen it and succeeded. */
    public void withdrawSettled() throws IOException {
        List<? extends JobBuilds.Waiting> waiting = builds.waiting();
        if (!waiting.isEmpty()) {
            withdraw(ledger.read(known -> Withdrawal.of(waiting, known)));
        }
    }

    /**
     * What an item loses: everything if none of its updates is pending, otherwise what was built already. A new update may have joined an
     * item of which the rest was built.
     */
    private record Withdrawal(JobBuilds.Waiting item, boolean due, List<CheckResult> built) {
        static List<Withdrawal> of(List<? extends JobBuilds.Waiting> waiting, JobLedger known) {
            List<CheckResult> pending = known.pending();
            return waiting.stream()
                    .map(item -> new Withdrawal(
                            item,
                            item.updates().stream()
                                    .anyMatch(update -> pending.stream().anyMatch(update::sameDigest)),
                            item.updates().stream().filter(known::isBuilt).toList()))
                    .toList();
        }

        boolean settles(CheckResult update) {
            return !due || built.contains(update);
        }
    }

    private static void withdraw(List<Withdrawal> withdrawals) {
        withdrawals.forEach(one -> one.item().withdraw(one::settles));
    }

    /** Records builds whose start the ledger missed. Returns the updates that are still pending. */
    private List<CheckResult> settle(Predicate<WatchedImage> watched, Instant now) throws IOException {
        int first = ledger.read(known -> known.pendingNextBuild(watched));
        if (first == Integer.MAX_VALUE) {
            return new ArrayList<>();
        }
        List<JobBuilds.Started> started = builds.started(first);
        return ledger.change(known -> {
            for (JobBuilds.Started build : started) {
                if (known.started(build.updates(), build.number(), now)) {
                    List<CheckResult> newest = CheckResult.newest(build.updates());
                    build.downstream().forEach(job -> known.downstream().claim(job, newest, build.number()));
                }
            }
            return new ArrayList<>(known.pending());
        });
    }
}
