package io.jenkins.plugins.imageupdate.view;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Job;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import jenkins.util.SystemProperties;

/** Finds the checks that keep failing, every few minutes: a monitor is asked on every page and must answer at once. */
@Extension
public final class FailingChecksPeriodicWork extends AsyncPeriodicWork {
    /** System property: after how many hours a failing check is shown to administrators. */
    private static final String HOURS = FailingChecksPeriodicWork.class.getName() + ".hours";

    private static final int DEFAULT_HOURS = 3;

    private volatile List<Kind> kinds = List.of();

    /**
     * Checks that fail for the same reason.
     *
     * @param kind of failure
     * @param jobs full names, each with its images
     */
    record Kind(String kind, Map<String, List<String>> jobs) {
        private Kind ofPresentJobs() {
            Map<String, List<String>> present = new TreeMap<>(jobs);
            present.keySet().removeIf(name -> Jenkins.get().getItemByFullName(name) == null);
            return new Kind(kind, present);
        }
    }

    public FailingChecksPeriodicWork() {
        super("Failing checks of container images");
    }

    static FailingChecksPeriodicWork get() {
        return ExtensionList.lookupSingleton(FailingChecksPeriodicWork.class);
    }

    /** Without jobs that were deleted or renamed since. */
    List<Kind> kinds() {
        try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
            return kinds.stream()
                    .map(Kind::ofPresentJobs)
                    .filter(kind -> !kind.jobs().isEmpty())
                    .toList();
        }
    }

    /** How long a check must have failed to be shown. */
    static Duration threshold() {
        return Duration.ofHours(SystemProperties.getInteger(HOURS, DEFAULT_HOURS));
    }

    /** Runs as Jenkins itself, so it finds all jobs; the monitor shows those that the user may see. */
    void look(Clock clock) {
        Instant latest = clock.instant().minus(threshold());
        Map<String, Map<String, List<String>>> found = new TreeMap<>();
        for (ImageRow row : ImagesTable.rows()) {
            Long since = row.getFailingSince();
            Job<?, ?> job = row.getJob();
            if (since != null && since <= latest.toEpochMilli() && job != null && job.isBuildable()) {
                found.computeIfAbsent(String.valueOf(row.getFailureKind()), kind -> new TreeMap<>())
                        .computeIfAbsent(job.getFullName(), name -> new ArrayList<>())
                        .add(row.getId());
            }
        }
        kinds = found.entrySet().stream()
                .map(entry -> new Kind(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    protected void execute(TaskListener listener) {
        look(Clock.systemUTC());
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(5);
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }
}
