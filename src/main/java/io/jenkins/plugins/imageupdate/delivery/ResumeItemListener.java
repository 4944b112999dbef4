package io.jenkins.plugins.imageupdate.delivery;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.job.ImageTrigger;
import io.jenkins.plugins.imageupdate.job.JobWatch;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Recovers after a start of Jenkins: queues pending updates again, and removes queue items that were built before. Checks every job once
 * only if an administrator chose that: otherwise a trigger checks on its schedule.
 */
@Extension
public final class ResumeItemListener extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(ResumeItemListener.class.getName());

    private volatile boolean done;

    /** Jobs whose queue items could not be compared with the ledger, for example because the disk is full. */
    private final Set<Job<?, ?>> held = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final AtomicBoolean retrying = new AtomicBoolean();

    static ResumeItemListener get() {
        return ExtensionList.lookupSingleton(ResumeItemListener.class);
    }

    @Override
    public void onLoaded() {
        Background.get().execute(this::resume);
    }

    void resume() {
        Instant start = Instant.now();
        List<ImageTrigger> triggers = new ArrayList<>();
        try {
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                if (LedgerStore.exists(job)) {
                    resume(job);
                }
                ImageTrigger trigger = ImageTrigger.of(job);
                if (trigger != null) {
                    triggers.add(trigger);
                }
            }
            StaleDownstreamItems.withdraw();
        } finally {
            done = true;
            Queue.getInstance().scheduleMaintenance();
        }
        if (RegistriesConfiguration.get().isCheckAfterStart()) {
            // The limits of each host set the pace, and an image that several jobs watch is asked for once.
            triggers.forEach(trigger -> trigger.check(start));
        }
    }

    private void resume(Job<?, ?> job) {
        try {
            if (job instanceof Queue.Task) {
                PendingUpdates.resume(job);
                held.remove(job);
                PendingUpdates.queue(job, JobWatch.of(job).byTrigger().keySet());
            }
            WaitingDownstreamJobs.resume(job);
        } catch (IOException e) {
            if (held.add(job)) {
                LOGGER.log(
                        Level.SEVERE,
                        e,
                        () -> "the queue items of " + job.getFullName()
                                + " for updated images cannot be compared with its builds; they wait until they can");
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, e, () -> "the image updates of " + job.getFullName() + " cannot be resumed");
        }
    }

    /** Whether an item must wait, since it was not compared with the ledger yet. Tries again for jobs where that failed. */
    boolean holds(Queue.Item item) {
        if (!done) {
            return true;
        }
        boolean holds = item.task instanceof Job<?, ?> job && held.contains(job);
        // The queue asks every few seconds.
        if (holds && retrying.compareAndSet(false, true)) {
            Background.get().execute(() -> {
                try {
                    List.copyOf(held).forEach(this::resume);
                } finally {
                    retrying.set(false);
                }
            });
        }
        return holds;
    }
}
