package io.jenkins.plugins.imageupdate.trigger;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * A user who takes a build out of the queue has answered: these updates are done. A job that was disabled, which empties its queue as
 * well, keeps them until it is enabled again.
 */
@Extension
public final class DismissedItems extends QueueListener {
    @Override
    public void onLeft(Queue.LeftItem item) {
        if (!item.isCancelled() || Jenkins.get().isTerminating()) {
            return;
        }
        List<ImageUpdate> updates = ImageUpdateCause.all(item.getCauses());
        if (!updates.isEmpty() && item.task instanceof Job<?, ?> job && job.isBuildable()) {
            UpdateLedgers.record(job, ledger -> {
                ledger.dismissed(updates, Instant.now());
                return null;
            });
        }
    }
}
