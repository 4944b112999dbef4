package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.job.VisibleItems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds the builds of other jobs that a build started for its updates. */
final class DownstreamBuilds {
    /** Of a downstream job, that are looked through; older ones than the upstream build are none of it. */
    private static final int MOST_BUILDS = 100;

    private final Run<?, ?> upstream;

    DownstreamBuilds(Run<?, ?> upstream) {
        this.upstream = upstream;
    }

    /**
     * A downstream job that was started.
     *
     * @param run its build, null while that waits in the queue
     */
    public record Started(Job<?, ?> job, @CheckForNull Run<?, ?> run) {
        public Job<?, ?> getJob() {
            return job;
        }

        @CheckForNull
        public Run<?, ?> getRun() {
            return run;
        }
    }

    /** Of jobs that the user may see. */
    List<Started> find() throws IOException {
        List<Started> found = new ArrayList<>();
        for (String name : JobImages.downstreamJobs(upstream.getParent())) {
            Job<?, ?> job = VisibleItems.job(name);
            if (job != null) {
                find(job, found);
            }
        }
        return found;
    }

    private void find(Job<?, ?> job, List<Started> found) {
        if (job instanceof Queue.Task task) {
            for (Queue.Item item : Queue.getInstance().getItems(task)) {
                if (startedBy(item.getCauses())) {
                    found.add(new Started(job, null));
                }
            }
        }
        Run<?, ?> run = job.getLastBuild();
        for (int i = 0; i < MOST_BUILDS && run != null; i++, run = run.getPreviousBuild()) {
            if (run.getTimeInMillis() < upstream.getTimeInMillis()) {
                return;
            }
            if (startedBy(run.getCauses())) {
                found.add(new Started(job, run));
            }
        }
    }

    private boolean startedBy(Collection<Cause> causes) {
        return causes.stream()
                .anyMatch(cause -> cause instanceof Cause.UpstreamCause started && started.pointsTo(upstream));
    }
}
