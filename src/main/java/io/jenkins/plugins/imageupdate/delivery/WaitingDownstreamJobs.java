package io.jenkins.plugins.imageupdate.delivery;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.job.Builds;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.job.QueueItems;
import io.jenkins.plugins.imageupdate.ledger.WaitingDownstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/** Starts the downstream jobs that a ledger says to start, and that neither are in the queue nor have started: the controller died. */
public final class WaitingDownstreamJobs {
    private static final Logger LOGGER = Logger.getLogger(WaitingDownstreamJobs.class.getName());

    private WaitingDownstreamJobs() {}

    public static void resume(Job<?, ?> upstream) throws IOException {
        if (waiting(upstream).isEmpty()) {
            return;
        }
        synchronized (DownstreamJobs.LOCKS.of(upstream)) {
            for (WaitingDownstream start : waiting(upstream)) {
                resume(upstream, start);
            }
        }
    }

    private static List<WaitingDownstream> waiting(Job<?, ?> upstream) throws IOException {
        return LedgerStore.read(upstream, ledger -> ledger.downstream().waiting());
    }

    private static void resume(Job<?, ?> upstream, WaitingDownstream start) throws IOException {
        Job<?, ?> job = Jenkins.get().getItemByFullName(start.job(), Job.class);
        if (!(job instanceof ParameterizedJobMixIn.ParameterizedJob)) {
            LOGGER.warning(() -> "not started for updated images of " + upstream.getFullName()
                    + ", since it does not exist: " + start.job());
            LedgerStore.change(upstream, ledger -> {
                ledger.downstream().release(start.job(), start.updates());
                return start;
            });
            return;
        }
        // First the queue, then the builds: a build that moves on meanwhile is seen at least once.
        boolean queued = queued(job, start);
        boolean started = started(upstream, job, start);
        List<CheckResult> missing = LedgerStore.change(upstream, ledger -> {
            if (started) {
                ledger.downstream().answered(start.job(), start.updates());
            }
            List<CheckResult> still = ledger.downstream().waiting().stream()
                    .filter(one -> one.job().equals(start.job()))
                    .flatMap(one -> one.updates().stream())
                    .toList();
            return start.updates().stream()
                    .filter(update -> still.stream().anyMatch(update::sameUpdate))
                    .toList();
        });
        // A disabled job is started after it is enabled again.
        if (!queued && !missing.isEmpty() && job.isBuildable()) {
            DownstreamJobs.schedule(job, upstream, start.build(), missing);
        }
    }

    private static boolean queued(Job<?, ?> job, WaitingDownstream start) {
        List<ImageUpdateCause> causes = new ArrayList<>();
        for (Queue.Item item : QueueItems.of(job)) {
            causes.addAll(ImageUpdateCause.of(item.getCauses()));
        }
        ImageUpdateQueueListener.get().causes(job).forEach(causes::add);
        return causes.stream().anyMatch(cause -> is(cause, start));
    }

    /** Builds that are older than the upstream build cannot be its downstream builds. */
    private static boolean started(Job<?, ?> upstream, Job<?, ?> job, WaitingDownstream start) {
        Run<?, ?> from = upstream.getBuildByNumber(start.build());
        long since = from == null ? 0 : from.getStartTimeInMillis();
        return Builds.newestFirst(job)
                .takeWhile(run -> run.getTimeInMillis() >= since)
                .anyMatch(run -> ImageUpdateCause.of(run.getCauses()).stream().anyMatch(cause -> is(cause, start))
                        && !ImageUpdateQueueListener.get().contains(run.getQueueId()));
    }

    /** Does not compare the upstream job's name: it may have been renamed. */
    private static boolean is(ImageUpdateCause cause, WaitingDownstream start) {
        return cause.upstream() != null
                && cause.upstreamBuild() == start.build()
                && start.updates().stream()
                        .allMatch(update -> cause.updates().stream().anyMatch(update::sameUpdate));
    }
}
