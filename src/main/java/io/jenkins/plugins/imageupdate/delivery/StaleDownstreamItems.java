package io.jenkins.plugins.imageupdate.delivery;

import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Downstream builds in a queue that is older than the builds: they were started, or refused, before Jenkins died. */
final class StaleDownstreamItems {
    private static final Logger LOGGER = Logger.getLogger(StaleDownstreamItems.class.getName());

    /** More than start in the minute after which Jenkins saves its queue. */
    private static final int MOST_BUILDS = 200;

    private StaleDownstreamItems() {}

    /** To be called after a start, before anything of the queue starts. */
    static void withdraw() {
        for (Queue.Item item : Queue.getInstance().getItems()) {
            try {
                if (item.task instanceof Job<?, ?> job) {
                    withdraw(job, item);
                }
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.SEVERE, e, () -> "whether " + item + " was built before cannot be told");
            }
        }
    }

    private static void withdraw(Job<?, ?> job, Queue.Item item) throws IOException {
        List<Cause> others = new ArrayList<>(item.getCauses());
        boolean stale = false;
        for (ImageUpdateCause cause : ImageUpdateCause.of(item.getCauses())) {
            if (cause.upstream() != null && (started(job, cause) || answered(job, cause))) {
                others.removeIf(other -> other.equals(cause) || namesUpstream(other, cause));
                stale = true;
            }
        }
        if (stale) {
            ImageUpdateQueueListener.get().withdraw(item, others);
        }
    }

    /** The cause that goes with it, and only to say which build it was. */
    private static boolean namesUpstream(Cause other, ImageUpdateCause cause) {
        return other.getClass() == Cause.UpstreamCause.class
                && ((Cause.UpstreamCause) other).getUpstreamProject().equals(cause.upstream())
                && ((Cause.UpstreamCause) other).getUpstreamBuild() == cause.upstreamBuild();
    }

    /** Causes are equal if they were made in the same millisecond for the same updates of the same build. */
    private static boolean started(Job<?, ?> job, ImageUpdateCause cause) {
        Run<?, ?> run = job.getLastBuild();
        for (int i = 0; i < MOST_BUILDS && run != null; i++, run = run.getPreviousBuild()) {
            if (run.getCauses().contains(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean answered(Job<?, ?> job, ImageUpdateCause cause) throws IOException {
        Job<?, ?> upstream = Jenkins.get().getItemByFullName(String.valueOf(cause.upstream()), Job.class);
        return upstream != null
                && LedgerStore.update(
                        upstream, ledger -> ledger.downstream().isAnswered(job.getFullName(), cause.updates()));
    }
}
