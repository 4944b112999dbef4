package io.jenkins.plugins.imageupdate.trigger;

import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/** Sees to it that what is pending in a job's ledger has a build in the queue, once: after every check, and after a start. */
final class PendingUpdates {
    private static final Logger LOGGER = Logger.getLogger(PendingUpdates.class.getName());

    private PendingUpdates() {}

    /**
     * After a start of Jenkins, whose queue may be older than the ledger: takes out builds for what was built already, and queues what
     * is pending.
     */
    static void resume(Job<?, ?> job) {
        if (!UpdateLedgers.exists(job) || !(job instanceof Queue.Task task)) {
            return;
        }
        try {
            settleStarted(job);
            List<ImageUpdate> pending = UpdateLedgers.update(job, ledger -> ledger.pending());
            for (Queue.Item item : Queue.getInstance().getItems(task)) {
                List<ImageUpdate> waiting = ImageUpdateCause.all(item.getCauses());
                boolean ours = item.getCauses().stream().allMatch(ImageUpdateCause.class::isInstance);
                if (ours && !waiting.isEmpty() && waiting.stream().noneMatch(pending::contains)) {
                    Queue.getInstance().cancel(item);
                }
            }
            queue(job);
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, e, () -> "the pending image updates of " + job.getFullName() + " cannot be read");
        }
    }

    /** @return whether a build was put into the queue */
    static boolean queue(Job<?, ?> job) throws IOException {
        if (!job.isBuildable() || Jenkins.get().isTerminating()) {
            return false;
        }
        if (!settleStarted(job)) {
            return false;
        }
        List<ImageUpdate> missing = new ArrayList<>(UpdateLedgers.update(job, ledger -> ledger.pending()));
        for (Queue.Item item : Queue.getInstance().getItems((Queue.Task) job)) {
            missing.removeAll(ImageUpdateCause.updatesOf(item));
        }
        if (missing.isEmpty()) {
            return false;
        }
        Queue.Item item = ParameterizedJobMixIn.scheduleBuild2(job, -1, new CauseAction(new ImageUpdateCause(missing)));
        if (item == null) {
            LOGGER.warning(() -> "the queue refuses a build of " + job.getFullName()
                    + " for updated images; it is tried again at the next check");
        }
        return item != null;
    }

    /**
     * Builds that started without the ledger hearing of it, since the controller died just then.
     *
     * @return false while a build is between queue and start, and nobody can say yet what it was started for
     */
    private static boolean settleStarted(Job<?, ?> job) throws IOException {
        int first = UpdateLedgers.update(job, ledger -> ledger.pendingNextBuild());
        for (Run<?, ?> run = job.getLastBuild();
                run != null && run.getNumber() >= first;
                run = run.getPreviousBuild()) {
            if (run.hasntStartedYet()) {
                return false;
            }
            List<ImageUpdate> updates = ImageUpdateCause.all(run.getCauses());
            if (!updates.isEmpty()) {
                int number = run.getNumber();
                UpdateLedgers.update(job, ledger -> {
                    ledger.started(updates, number, Instant.now());
                    return null;
                });
            }
        }
        return true;
    }
}
