package io.jenkins.plugins.imageupdate.ledger;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import java.io.IOException;
import java.util.List;

/**
 * One job's queue and builds as far as its ledger must know them. An update's build goes from {@link #waiting} to {@link #leaving} to
 * {@link #started}, never back, and is always in one of them until the ledger has been told; it may be in two.
 */
public interface JobBuilds {
    /** What running builds have seen by the step so far. They may still fail. */
    List<CheckResult> running();

    /** The items in the queue that are there for updates, among other things perhaps. */
    List<? extends Waiting> waiting();

    /** What items were for that have left the queue to be built, or cancelled, while the ledger does not know of it yet. */
    List<CheckResult> leaving();

    /**
     * Builds from this number on that were started for updates, oldest first; without those that are still {@link #leaving}. They are on
     * disk, so that a crash leaves them there.
     */
    List<Started> started(int first) throws IOException;

    /**
     * Puts a build for these updates into the queue, where it joins one that waits for others.
     *
     * @param seen what waited when it was decided that these are missing: where one of them has some of these among its older updates,
     *     and has left the queue meanwhile, nothing is put there
     * @return whether a build is in the queue for these updates now
     */
    boolean schedule(List<CheckResult> updates, List<? extends Waiting> seen);

    /** An item in the queue. */
    interface Waiting {
        /** The updates it is there for, older ones of the same image included. */
        List<CheckResult> updates();

        /** Takes it out of the queue, or just its updates if it is there for something else too. That is nobody's answer to them. */
        void withdraw();
    }

    /**
     * A build that was started for updates.
     *
     * @param updates oldest first, older ones of the same image included
     * @param downstream full names of the jobs that are started for the same updates
     */
    record Started(int number, List<CheckResult> updates, List<String> downstream) {
        public Started {
            updates = List.copyOf(updates);
            downstream = List.copyOf(downstream);
        }
    }
}
