package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.job.Builds;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.job.QueueItems;
import io.jenkins.plugins.imageupdate.job.VisibleItems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Finds the builds of other jobs that a build started for its updates. */
final class DownstreamBuilds {
    /** How many builds of a downstream job are searched. */
    private static final int MOST_BUILDS = 100;

    private final Run<?, ?> upstream;

    DownstreamBuilds(Run<?, ?> upstream) {
        this.upstream = upstream;
    }

    /**
     * A downstream job that was started.
     *
     * @param run its build, null while the build is in the queue
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

    /** Only jobs that the user may see. */
    List<Started> find() throws IOException {
        List<Started> found = new ArrayList<>();
        for (String name : jobs()) {
            Job<?, ?> job = VisibleItems.job(name);
            if (job != null) {
                find(job, found);
            }
        }
        return found;
    }

    /** Full names of the jobs that builds of the upstream job ever started for an update. */
    private Set<String> jobs() throws IOException {
        Job<?, ?> job = upstream.getParent();
        return LedgerStore.exists(job)
                ? LedgerStore.read(job, ledger -> ledger.downstream().jobs())
                : Set.of();
    }

    private void find(Job<?, ?> job, List<Started> found) {
        QueueItems.of(job).stream()
                .filter(item -> startedBy(item.getCauses()))
                .forEach(item -> found.add(new Started(job, null)));
        // Builds that are older than the upstream build cannot be its downstream builds.
        Builds.newestFirst(job)
                .limit(MOST_BUILDS)
                .takeWhile(run -> run.getTimeInMillis() >= upstream.getTimeInMillis())
                .filter(run -> startedBy(run.getCauses()))
                .forEach(run -> found.add(new Started(job, run)));
    }

    private boolean startedBy(Collection<Cause> causes) {
        return causes.stream()
                .anyMatch(cause -> cause instanceof Cause.UpstreamCause started && started.pointsTo(upstream));
    }
}
