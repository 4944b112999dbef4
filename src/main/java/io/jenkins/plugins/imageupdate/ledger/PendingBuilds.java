package io.jenkins.plugins.imageupdate.ledger;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes sure that what is pending in a job's ledger has one build under way. Only one thread at a time may do this for a job; builds may be
 * queued, started and cancelled meanwhile.
 */
public final class PendingBuilds {
    private final LedgerFile ledger;
    private final JobBuilds builds;

    public PendingBuilds(LedgerFile ledger, JobBuilds builds) {
        this.ledger = ledger;
        this.builds = builds;
    }

    /**
     * Queues a build for what is pending and has none under way.
     *
     * @param watched tells by its identity whether an image is still watched: for others nothing is built
     * @return whether a build was put into the queue
     */
    public boolean queue(Predicate<WatchedImage> watched, Instant now) throws IOException {
        // In the order in which an update moves on, so that one which does so meanwhile is met once at least.
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
     * After a start, when the queue may be older than the ledger, or the ledger lost: takes out of the queue what was built already,
     * and takes over from it what the ledger does not know. Until this was done nothing of the queue may start.
     */
    public void resume(int nextBuild, Instant now) throws IOException {
        List<? extends JobBuilds.Waiting> waiting = builds.waiting();
        settle(image -> true, now);
        List<CheckResult> pending = ledger.change(known -> {
            waiting.forEach(item -> known.recovery().ofQueue(item.updates(), nextBuild, now));
            return known.pending();
        });
        withdraw(waiting, pending);
    }

    /** Takes out of the queue what is settled: a build that was not started for it has seen it and succeeded. */
    public void withdrawSettled() throws IOException {
        List<? extends JobBuilds.Waiting> waiting = builds.waiting();
        if (!waiting.isEmpty()) {
            withdraw(waiting, ledger.read(JobLedger::pending));
        }
    }

    private static void withdraw(List<? extends JobBuilds.Waiting> waiting, List<CheckResult> pending) {
        for (JobBuilds.Waiting item : waiting) {
            boolean due =
                    item.updates().stream().anyMatch(update -> pending.stream().anyMatch(update::sameDigest));
            if (!due) {
                item.withdraw();
            }
        }
    }

    /** Tells the ledger of builds that started while it was not told. @return what is still pending */
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
