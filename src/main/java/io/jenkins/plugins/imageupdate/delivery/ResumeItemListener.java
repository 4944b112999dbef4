package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.listeners.ItemListener;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.JobPoll;
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
import jenkins.model.ParameterizedJobMixIn;

/**
 * When Jenkins has started: what was pending when it ended is queued again, what stayed in the queue by mistake is taken out, and
 * every job is checked once for what happened meanwhile.
 */
@Extension
public final class ResumeItemListener extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(ResumeItemListener.class.getName());

    private volatile boolean done;

    /** Jobs whose part of the queue could not be compared, for example because the disk is full. */
    private final Set<Job<?, ?>> held = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final AtomicBoolean retrying = new AtomicBoolean();

    @Override
    public void onLoaded() {
        ImageUpdatePoller.get().execute(this::resume);
    }

    void resume() {
        Instant now = Instant.now();
        List<Job<?, ?>> watching = new ArrayList<>();
        try {
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                if (LedgerStore.exists(job) || LedgerStore.setAside(job)) {
                    resume(job);
                }
                if (ParameterizedJobMixIn.getTrigger(job, ImageUpdateTrigger.class) != null) {
                    watching.add(job);
                }
            }
            StaleDownstreamItems.withdraw();
        } finally {
            done = true;
            Queue.getInstance().scheduleMaintenance();
        }
        // Limits of hosts set the pace; an image that several jobs watch is asked for once.
        watching.forEach(job -> ImageUpdatePoller.get().poll(job, now));
    }

    private void resume(Job<?, ?> job) {
        try {
            if (job instanceof Queue.Task) {
                PendingUpdates.resume(job);
                held.remove(job);
                PendingUpdates.queue(job, JobPoll.watched(job));
            }
            WaitingDownstreamJobs.resume(job);
        } catch (IOException e) {
            if (held.add(job)) {
                LOGGER.log(
                        Level.SEVERE,
                        e,
                        () -> "what " + job.getFullName()
                                + " has in the queue for updated images cannot be compared with"
                                + " what was built; it waits until it can");
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, e, () -> "the image updates of " + job.getFullName() + " cannot be resumed");
        }
    }

    boolean holds(Queue.Item item) {
        if (!done) {
            return true;
        }
        boolean holds = item.task instanceof Job<?, ?> job && held.contains(job);
        // The queue asks every few seconds.
        if (holds && retrying.compareAndSet(false, true)) {
            ImageUpdatePoller.get().execute(() -> {
                try {
                    List.copyOf(held).forEach(this::resume);
                } finally {
                    retrying.set(false);
                }
            });
        }
        return holds;
    }

    /** The queue that Jenkins starts with may be older than the ledgers: nothing of it starts before it was compared with them. */
    @Extension
    public static final class Hold extends QueueTaskDispatcher {
        @Override
        @CheckForNull
        public CauseOfBlockage canRun(Queue.Item item) {
            if (ImageUpdateCause.of(item.getCauses()).isEmpty()
                    || !ExtensionList.lookupSingleton(ResumeItemListener.class).holds(item)) {
                return null;
            }
            return new CauseOfBlockage() {
                @Override
                public String getShortDescription() {
                    return Messages.ResumeAfterStart_Waiting();
                }
            };
        }
    }
}
