package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;

/** Holds queue items for updates until they were compared with the ledgers. After a crash the saved queue may be older than those. */
@Extension
public final class ImageUpdateQueueTaskDispatcher extends QueueTaskDispatcher {
    @Override
    @CheckForNull
    public CauseOfBlockage canRun(Queue.Item item) {
        if (!ResumeItemListener.get().holds(item)) {
            return null;
        }
        return new CauseOfBlockage() {
            @Override
            public String getShortDescription() {
                return Messages.ImageUpdateQueueTaskDispatcher_Waiting();
            }
        };
    }
}
