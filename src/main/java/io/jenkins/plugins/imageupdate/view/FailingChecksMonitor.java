package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.model.Job;
import hudson.security.Permission;
import io.jenkins.plugins.imageupdate.config.FailureWords;
import io.jenkins.plugins.imageupdate.job.LedgerProblems;
import io.jenkins.plugins.imageupdate.job.VisibleItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jenkins.model.Jenkins;

/** Tells administrators which checks keep failing and why, and which ledgers cannot be read or written. */
@Extension
public final class FailingChecksMonitor extends AdministrativeMonitor {
    private static final int MOST_JOBS = 10;

    @Override
    public String getDisplayName() {
        return Messages.FailingChecksMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return !FailingChecksPeriodicWork.get().kinds().isEmpty()
                || !getRecords().isEmpty();
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    public long getHours() {
        return FailingChecksPeriodicWork.threshold().toHours();
    }

    public List<Group> getGroups() {
        return FailingChecksPeriodicWork.get().kinds().stream().map(Group::new).toList();
    }

    /** What is wrong with the ledgers of jobs that the user may see. */
    public List<String> getRecords() {
        List<String> records = new ArrayList<>();
        LedgerProblems.byJob().forEach((name, problem) -> {
            if (VisibleItems.job(name) != null) {
                records.add(Messages.FailingChecksMonitor_Record(name, problem));
            }
        });
        return records;
    }

    /** Checks that fail for the same reason. */
    public static final class Group {
        private final FailingChecksPeriodicWork.Kind kind;

        private Group(FailingChecksPeriodicWork.Kind kind) {
            this.kind = kind;
        }

        public String getKind() {
            return kind.kind();
        }

        @CheckForNull
        public FailureWords getWords() {
            return FailureWords.of(kind.kind());
        }

        public int getImages() {
            return kind.jobs().values().stream().mapToInt(List::size).sum();
        }

        /** The first jobs that the user may see. */
        public List<Job<?, ?>> getJobs() {
            List<Job<?, ?>> jobs = new ArrayList<>();
            for (Map.Entry<String, List<String>> entry : kind.jobs().entrySet()) {
                Job<?, ?> job = VisibleItems.job(entry.getKey());
                if (job != null && jobs.size() < MOST_JOBS) {
                    jobs.add(job);
                }
            }
            return jobs;
        }

        /** How many jobs are not listed. */
        public int getFurther() {
            return kind.jobs().size() - getJobs().size();
        }

        @Override
        public String toString() {
            return Objects.toString(kind);
        }
    }
}
