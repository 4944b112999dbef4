package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import java.util.List;
import jenkins.util.Listeners;

/** For other plugins: hears of updates when a trigger found them, before the build that they lead to is queued. */
public interface ImageUpdateListener extends ExtensionPoint {
    /**
     * Images of a job's trigger have changed. Called as Jenkins itself, on a thread that other checks wait for: be quick.
     *
     * @param updates those that no build has started for yet
     */
    void onUpdates(@NonNull Job<?, ?> job, @NonNull List<ImageResult> updates);

    /** Tells all; what one of them throws is logged and stops nobody. */
    static void tell(Job<?, ?> job, List<ImageResult> updates) {
        if (!ExtensionList.lookup(ImageUpdateListener.class).isEmpty()) {
            Listeners.notify(ImageUpdateListener.class, true, listener -> listener.onUpdates(job, updates));
        }
    }
}
