package io.jenkins.plugins.imageupdate.job;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.Arrays;
import java.util.List;

/** The items of a job in Jenkins' queue, also those that the current user may not see. */
public final class QueueItems {
    private QueueItems() {}

    /** Until a reload of the configuration has read the queue, the items belong to the object that the job was before. */
    public static List<Queue.Item> of(Job<?, ?> job) {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            return Arrays.stream(Queue.getInstance().getItems())
                    .filter(item -> isOf(item, job))
                    .toList();
        }
    }

    /** Compares names, since a job is another object after a reload of the configuration. */
    public static boolean isOf(Queue.Item item, Job<?, ?> job) {
        return item.task instanceof Job<?, ?> other && other.getFullName().equals(job.getFullName());
    }
}
