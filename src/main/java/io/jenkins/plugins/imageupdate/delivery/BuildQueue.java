package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.Queue;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.ParameterizedJobMixIn;

/** Puts builds into the queue, where other plugins have a say. */
final class BuildQueue {
    private static final Logger LOGGER = Logger.getLogger(BuildQueue.class.getName());

    private BuildQueue() {}

    /** Returns the new item, or the item that it joined. Returns null if the queue refuses it, or a plugin that decides about it throws. */
    @CheckForNull
    static Queue.Item add(Job<?, ?> job, List<Cause> causes) {
        try {
            return ParameterizedJobMixIn.scheduleBuild2(job, -1, new CauseAction(causes));
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "a build of " + job.getFullName() + " cannot be queued");
            return null;
        }
    }
}
