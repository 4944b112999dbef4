package io.jenkins.plugins.imageupdate.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.listeners.ItemListener;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/**
 * When Jenkins has started: what was pending when it ended is queued again, what stayed in the queue by mistake is taken out, and
 * every job is checked once for what happened meanwhile.
 */
@Extension
public final class ResumeAfterStart extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(ResumeAfterStart.class.getName());

    private volatile boolean done;

    @Override
    public void onLoaded() {
        ImageUpdatePoller.get().execute(this::resume);
    }

    private void resume() {
        Instant now = Instant.now();
        List<Job<?, ?>> watching = new ArrayList<>();
        try {
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                if (UpdateLedgers.exists(job) || UpdateLedgers.setAside(job)) {
                    resume(job);
                }
                if (ParameterizedJobMixIn.getTrigger(job, ImageUpdateTrigger.class) != null) {
                    watching.add(job);
                }
            }
        } finally {
            done = true;
            Queue.getInstance().scheduleMaintenance();
        }
        // Limits of hosts set the pace; an image that several jobs watch is asked for once.
        watching.forEach(job -> ImageUpdatePoller.get().poll(job, now));
    }

    private static void resume(Job<?, ?> job) {
        try {
            if (job instanceof Queue.Task) {
                PendingUpdates.resume(job);
                PendingUpdates.queue(job, JobPoll.watched(job));
            }
            WaitingDownstreamJobs.resume(job);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.SEVERE, e, () -> "the pending image updates of " + job.getFullName() + " cannot be read");
        }
    }

    /** The queue that Jenkins starts with may be older than the ledgers: nothing of it starts before it was compared with them. */
    @Extension
    public static final class Hold extends QueueTaskDispatcher {
        @Override
        @CheckForNull
        public CauseOfBlockage canRun(Queue.Item item) {
            if (ExtensionList.lookupSingleton(ResumeAfterStart.class).done
                    || ImageUpdateCause.of(item.getCauses()).isEmpty()) {
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
