package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import java.util.List;
import jenkins.util.Listeners;

/** For other plugins: is told of a trigger's updates, once, when a build was queued for them. */
public interface ImageUpdateListener extends ExtensionPoint {
    /**
     * Called when images of a job's trigger have changed. Runs as Jenkins itself, on a thread that other checks wait for: be quick. Whatever it
     * throws is logged.
     *
     * @param updates those that this build was queued for, without those that are waiting in the queue already
     */
    void onUpdates(@NonNull Job<?, ?> job, @NonNull List<ImageResult> updates);

    /** Tells all listeners. An exception of one is logged, and the others are told. */
    static void tell(Job<?, ?> job, List<ImageResult> updates) {
        if (!ExtensionList.lookup(ImageUpdateListener.class).isEmpty()) {
            Listeners.notify(ImageUpdateListener.class, true, listener -> listener.onUpdates(job, updates));
        }
    }
}
