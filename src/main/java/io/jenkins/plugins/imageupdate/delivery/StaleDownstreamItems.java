package io.jenkins.plugins.imageupdate.delivery;

import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.Queue;
import io.jenkins.plugins.imageupdate.job.Builds;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.job.QueueItems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** Takes downstream builds out of the queue that had started, or were cancelled, before Jenkins died. The saved queue may be that old. */
final class StaleDownstreamItems {
    /** How many builds are searched: more than start in a minute, the age that a saved queue has at most. */
    private static final int MOST_BUILDS = 200;

    private StaleDownstreamItems() {}

    /** To be called before an item of the job starts that was read from a saved queue. */
    static void withdraw(Job<?, ?> job) throws IOException {
        for (Queue.Item item : QueueItems.of(job)) {
            withdraw(job, item);
        }
    }

    private static void withdraw(Job<?, ?> job, Queue.Item item) throws IOException {
        List<Cause> others = new ArrayList<>(item.getCauses());
        boolean stale = false;
        for (ImageUpdateCause cause : ImageUpdateCause.of(item.getCauses())) {
            if (cause.upstream() != null && cause.owed() && (started(job, cause) || answered(job, cause))) {
                others.removeIf(other -> other.equals(cause) || namesUpstream(other, cause));
                stale = true;
            }
        }
        if (stale) {
            ImageUpdateQueueListener.get().withdraw(item, others);
        }
    }

    /** Whether this is the cause that only says which upstream build it was. */
    private static boolean namesUpstream(Cause other, ImageUpdateCause cause) {
        return other.getClass() == Cause.UpstreamCause.class
                && ((Cause.UpstreamCause) other).getUpstreamProject().equals(cause.upstream())
                && ((Cause.UpstreamCause) other).getUpstreamBuild() == cause.upstreamBuild();
    }

    /** Causes are equal if they were made in the same millisecond for the same updates of the same build. */
    private static boolean started(Job<?, ?> job, ImageUpdateCause cause) {
        return Builds.newestFirst(job)
                .limit(MOST_BUILDS)
                .anyMatch(run -> run.getCauses().contains(cause));
    }

    private static boolean answered(Job<?, ?> job, ImageUpdateCause cause) throws IOException {
        Job<?, ?> upstream = Jenkins.get().getItemByFullName(String.valueOf(cause.upstream()), Job.class);
        return upstream != null
                && LedgerStore.read(
                        upstream, ledger -> ledger.downstream().isAnswered(job.getFullName(), cause.updates()));
    }
}
