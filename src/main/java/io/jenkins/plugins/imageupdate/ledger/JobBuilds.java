package io.jenkins.plugins.imageupdate.ledger;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * The queue items and builds of one job, as its ledger needs them. The build of an update moves from {@link #waiting} to {@link #leaving}
 * to {@link #started} and never back. Until the ledger has recorded it, it is always in at least one of them, and it may be in two.
 */
public interface JobBuilds {
    /** What running builds have seen by the step so far. They may still fail. */
    List<CheckResult> running();

    /** The queue items for updates. They may have other causes too. */
    List<? extends Waiting> waiting();

    /** The updates of items that have left the queue, started or cancelled, and that the ledger has not recorded yet. */
    List<CheckResult> leaving();

    /**
     * Builds with this number or a higher one that were started for updates, oldest first, without those that are still {@link #leaving}.
     * They are on disk, so they survive a crash.
     */
    List<Started> started(int first) throws IOException;

    /**
     * Queues a build for these updates. It joins a queued build for other updates.
     *
     * @param seen the queue items when these updates were found missing. If one of them has some of these updates among its older updates
     *     and has left the queue meanwhile, nothing is queued
     * @return whether a build for these updates is in the queue now
     */
    boolean schedule(List<CheckResult> updates, List<? extends Waiting> seen);

    /** An item in the queue. */
    interface Waiting {
        /** The updates of the item, including older ones of the same image. */
        List<CheckResult> updates();

        /**
         * Removes the causes of which every update is settled, and the item if no other cause is left. This does not count as a user's
         * cancellation.
         */
        void withdraw(Predicate<CheckResult> settled);
    }

    /**
     * A build that was started for updates.
     *
     * @param updates oldest first, including older ones of the same image
     * @param downstream full names of the jobs that are started for the same updates
     */
    record Started(int number, List<CheckResult> updates, List<String> downstream) {
        public Started {
            updates = List.copyOf(updates);
            downstream = List.copyOf(downstream);
        }
    }
}
