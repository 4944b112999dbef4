package io.jenkins.plugins.imageupdate.delivery;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.job.Background;
import io.jenkins.plugins.imageupdate.job.ImageTrigger;
import io.jenkins.plugins.imageupdate.job.JobWatch;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.job.QueueItems;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.kohsuke.stapler.WebApp;

/**
 * Recovers after a start of Jenkins, a reload of its configuration, and an installation of this plugin: removes queue items that were
 * built before, and queues pending updates again. Checks every job once only if an administrator chose that: otherwise a trigger checks on
 * its schedule.
 */
@Extension
public final class ResumeItemListener extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(ResumeItemListener.class.getName());

    /** Jobs whose queue items are being compared with their ledger. */
    private final Set<Job<?, ?>> comparing = ConcurrentHashMap.newKeySet();

    /** Jobs whose queue items could not be compared with the ledger, for example because the disk is full. */
    private final Set<Job<?, ?>> failing = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final Set<Job<?, ?>> reloaded = ConcurrentHashMap.newKeySet();
    private volatile boolean started;

    public static ResumeItemListener get() {
        return ExtensionList.lookupSingleton(ResumeItemListener.class);
    }

    @Override
    public void onLoaded() {
        started = true;
        Background.get().record(this::resume);
    }

    /** A plugin that is installed without a restart is not told by {@link #onLoaded}. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void onInstalled() {
        if (Jenkins.get().getInitLevel() == InitMilestone.COMPLETED) {
            get().onLoaded();
        }
    }

    /**
     * To be called when a job's trigger is started, perhaps since the job is read from disk: a reload of the configuration calls no listener.
     * Until it is read, its name does not find it. A trigger that is added to a job does not change what the job has in the queue.
     */
    public void onTriggerStart(Job<?, ?> job) {
        if (started && !isFound(job) && reloaded.add(job)) {
            resumeReloaded();
        }
    }

    private static boolean isFound(Job<?, ?> job) {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getItemByFullName(job.getFullName()) == job;
        }
    }

    /** The queue is read after the jobs. */
    private void resumeReloaded() {
        Timer.get()
                .schedule(
                        () -> {
                            if (!(WebApp.get(Jenkins.get().getServletContext()).getApp() instanceof Jenkins)) {
                                resumeReloaded();
                                return;
                            }
                            for (Job<?, ?> job : List.copyOf(reloaded)) {
                                reloaded.remove(job);
                                Background.get().record(() -> resume(job));
                            }
                        },
                        1,
                        TimeUnit.SECONDS);
    }

    void resume() {
        Instant start = Instant.now();
        List<ImageTrigger> triggers = new ArrayList<>();
        for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
            if (LedgerStore.exists(job)) {
                resume(job);
            }
            ImageTrigger trigger = ImageTrigger.of(job);
            if (trigger != null) {
                triggers.add(trigger);
            }
        }
        if (RegistriesConfiguration.get().isCheckAfterStart()) {
            // The limits of each host set the pace, and an image that several jobs watch is asked for once.
            triggers.forEach(trigger -> trigger.check(start));
        }
    }

    private void resume(Job<?, ?> job) {
        List<ImageUpdateCause> restored = new ArrayList<>();
        try {
            if (job instanceof Queue.Task) {
                for (Queue.Item item : QueueItems.of(job)) {
                    List<ImageUpdateCause> causes = restored(item);
                    if (!causes.isEmpty() && ImageUpdateQueueListener.get().begun(item)) {
                        ImageUpdateQueueListener.get().withdraw(item, List.of());
                    }
                    restored.addAll(causes);
                }
                if (LedgerStore.exists(job) || restored.stream().anyMatch(cause -> cause.upstream() == null)) {
                    PendingUpdates.resume(job);
                }
                StaleDownstreamItems.withdraw(job);
                release(restored);
                PendingUpdates.queue(job, JobWatch.of(job).byTrigger().keySet());
            }
            WaitingDownstreamJobs.resume(job);
            failing.remove(job);
        } catch (IOException e) {
            if (failing.add(job)) {
                LOGGER.log(
                        Level.SEVERE,
                        e,
                        () -> "the queue items of " + job.getFullName()
                                + " for updated images cannot be compared with its builds; they wait until they can");
            }
        } catch (RuntimeException | Error e) {
            // This does not change by waiting.
            release(restored);
            LOGGER.log(Level.SEVERE, e, () -> "the image updates of " + job.getFullName() + " cannot be resumed");
        }
    }

    private static List<ImageUpdateCause> restored(Queue.Item item) {
        return ImageUpdateCause.of(item.getCauses()).stream()
                .filter(ImageUpdateCause::isRestored)
                .toList();
    }

    private static void release(List<ImageUpdateCause> restored) {
        restored.forEach(ImageUpdateCause::compared);
        if (!restored.isEmpty()) {
            Queue.getInstance().scheduleMaintenance();
        }
    }

    /** Whether an item must wait: it was read from a saved queue, and is compared with the ledgers now. The queue asks again soon. */
    boolean holds(Queue.Item item) {
        if (restored(item).isEmpty()) {
            return false;
        }
        if (item.task instanceof Job<?, ?> job && comparing.add(job)) {
            boolean accepted = Background.get().record(() -> {
                try {
                    resume(job);
                } finally {
                    comparing.remove(job);
                }
            });
            if (!accepted) {
                comparing.remove(job);
            }
        }
        return true;
    }
}
