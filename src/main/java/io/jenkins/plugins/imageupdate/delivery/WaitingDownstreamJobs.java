package io.jenkins.plugins.imageupdate.delivery;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import io.jenkins.plugins.imageupdate.watch.WaitingDownstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/** Downstream jobs that a ledger has as to be started and that neither wait in the queue nor were started: the controller died. */
final class WaitingDownstreamJobs {
    private static final Logger LOGGER = Logger.getLogger(WaitingDownstreamJobs.class.getName());

    private WaitingDownstreamJobs() {}

    static void resume(Job<?, ?> upstream) throws IOException {
        if (LedgerStore.update(upstream, ledger -> ledger.downstream().waiting())
                .isEmpty()) {
            return;
        }
        synchronized (DownstreamJobs.LOCKS.of(upstream)) {
            for (WaitingDownstream start :
                    LedgerStore.update(upstream, ledger -> ledger.downstream().waiting())) {
                resume(upstream, start);
            }
        }
    }

    private static void resume(Job<?, ?> upstream, WaitingDownstream start) throws IOException {
        Job<?, ?> job = Jenkins.get().getItemByFullName(start.job(), Job.class);
        if (!(job instanceof ParameterizedJobMixIn.ParameterizedJob)) {
            LOGGER.warning(() -> "not started for updated images of " + upstream.getFullName() + ", since it is gone: "
                    + start.job());
            LedgerStore.update(upstream, ledger -> {
                ledger.downstream().release(start.job(), start.updates());
                return null;
            });
            return;
        }
        // In the order in which a build moves on, so that one which does so meanwhile is met once at least.
        boolean underWay = waiting(job, start);
        boolean started = started(upstream, job, start);
        Set<Object> still = new HashSet<>();
        List<ImageUpdate> missing = LedgerStore.update(upstream, ledger -> {
            if (started) {
                ledger.downstream().answered(start.job(), start.updates());
            }
            ledger.downstream().waiting().stream()
                    .filter(one -> one.job().equals(start.job()))
                    .forEach(one -> still.addAll(one.updates()));
            return start.updates().stream().filter(still::contains).toList();
        });
        // A job that is disabled meanwhile is started when it is enabled again.
        if (!underWay && !missing.isEmpty() && job.isBuildable()) {
            DownstreamJobs.schedule(job, upstream, start.build(), missing);
        }
    }

    private static boolean waiting(Job<?, ?> job, WaitingDownstream start) {
        List<ImageUpdateCause> causes = new ArrayList<>();
        for (Queue.Item item : Queue.getInstance().getItems((Queue.Task) job)) {
            causes.addAll(ImageUpdateCause.of(item.getCauses()));
        }
        ImageUpdateQueueListener.get().causes(job).forEach(causes::add);
        return causes.stream().anyMatch(cause -> is(cause, start));
    }

    /** Only builds that are younger than the upstream one can be its downstream builds. */
    private static boolean started(Job<?, ?> upstream, Job<?, ?> job, WaitingDownstream start) {
        Run<?, ?> from = upstream.getBuildByNumber(start.build());
        long since = from == null ? 0 : from.getStartTimeInMillis();
        for (Run<?, ?> run = job.getLastBuild();
                run != null && run.getTimeInMillis() >= since;
                run = run.getPreviousBuild()) {
            if (ImageUpdateCause.of(run.getCauses()).stream().anyMatch(cause -> is(cause, start))
                    && !ImageUpdateQueueListener.get().contains(run.getQueueId())) {
                return true;
            }
        }
        return false;
    }

    /** Not by the upstream job's name, which may be another one now. */
    private static boolean is(ImageUpdateCause cause, WaitingDownstream start) {
        return cause.upstream() != null
                && cause.upstreamBuild() == start.build()
                && cause.updates().containsAll(start.updates());
    }

    /** Ledgers name downstream jobs. */
    @Extension
    public static final class Renamed extends ItemListener {
        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            if (item instanceof Job<?, ?>) {
                ImageUpdatePoller.get().execute(() -> rename(oldFullName, newFullName));
            }
        }

        private static void rename(String from, String to) {
            try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
                for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                    if (LedgerStore.exists(job)) {
                        LedgerStore.record(job, ledger -> {
                            ledger.downstream().renamed(from, to);
                            return null;
                        });
                    }
                }
            }
        }
    }
}
