package io.jenkins.plugins.imageupdate.delivery;

import hudson.console.ModelHyperlinkNote;
import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.job.ImageTrigger;
import io.jenkins.plugins.imageupdate.job.JobLocks;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.job.VisibleItems;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.springframework.security.core.Authentication;

/**
 * Starts other jobs for a build's updates, each job once for each digest. Says which jobs cannot be started, and starts the others. A
 * start is in the ledger before it is made; {@link WaitingDownstreamJobs} makes it if a crash prevented that.
 */
public final class DownstreamJobs {
    /** Of upstream jobs: a start that is claimed is queued before another thread looks whether it was. */
    static final JobLocks LOCKS = new JobLocks();

    private final Run<?, ?> upstream;
    private final TaskListener listener;
    private final Authentication authentication;

    /** @param authentication the user that the upstream build runs as, who must have the permission to build downstream jobs */
    public DownstreamJobs(Run<?, ?> upstream, TaskListener listener, Authentication authentication) {
        this.upstream = upstream;
        this.listener = listener;
        this.authentication = authentication;
    }

    /** With the user that the job's builds run as: run listeners run as another user. */
    static DownstreamJobs ofTrigger(Run<?, ?> upstream, TaskListener listener) {
        return new DownstreamJobs(upstream, listener, Tasks.getAuthenticationOf2((Queue.Task) upstream.getParent()));
    }

    /** The names that a job's trigger has. */
    static List<String> named(Job<?, ?> job) {
        ImageTrigger trigger = ImageTrigger.of(job);
        return trigger == null ? List.of() : trigger.getDownstreamJobs();
    }

    /** @param names relative to the upstream job, or absolute with a leading slash */
    public void start(Collection<String> names, List<CheckResult> updates) {
        if (updates.isEmpty()) {
            return;
        }
        try {
            start(find(names), updates, ledger -> {});
        } catch (IOException e) {
            say(Messages.DownstreamJobs_NotRecorded(Printable.of(String.join(", ", names)), e.getMessage()));
        }
    }

    /** The jobs of these names that can be started. Says why the others cannot. */
    List<Job<?, ?>> find(Collection<String> names) {
        List<Job<?, ?>> found = new ArrayList<>();
        try (ACLContext context = ACL.as2(authentication)) {
            for (String name : names) {
                Item item = VisibleItems.of(name, upstream.getParent());
                if (item == null) {
                    say(Messages.DownstreamJobs_NotFound(Printable.of(name), authentication.getName()));
                } else if (!(item instanceof Job<?, ?> job)
                        || !(item instanceof ParameterizedJobMixIn.ParameterizedJob)) {
                    say(Messages.DownstreamJobs_NotBuildable(Printable.of(name)));
                } else if (!job.hasPermission(Item.BUILD)) {
                    say(Messages.DownstreamJobs_Forbidden(ModelHyperlinkNote.encodeTo(job), authentication.getName()));
                } else if (!job.isBuildable()) {
                    say(Messages.DownstreamJobs_Disabled(ModelHyperlinkNote.encodeTo(job)));
                } else if (!found.contains(job)) {
                    found.add(job);
                }
            }
        }
        return found;
    }

    /** @param alongside changes the ledger in the same write */
    void start(List<Job<?, ?>> jobs, List<CheckResult> updates, Consumer<JobLedger> alongside) throws IOException {
        synchronized (LOCKS.of(upstream.getParent())) {
            Map<Job<?, ?>, List<CheckResult>> due = new LinkedHashMap<>();
            LedgerStore.change(upstream.getParent(), ledger -> {
                alongside.accept(ledger);
                for (Job<?, ?> job : jobs) {
                    due.put(job, ledger.downstream().claim(job.getFullName(), updates, upstream.getNumber()));
                }
                return due;
            });
            for (Map.Entry<Job<?, ?>, List<CheckResult>> one : due.entrySet()) {
                start(one.getKey(), one.getValue());
            }
        }
    }

    private void start(Job<?, ?> job, List<CheckResult> due) throws IOException {
        String link = ModelHyperlinkNote.encodeTo(job);
        if (due.isEmpty()) {
            say(Messages.DownstreamJobs_StartedBefore(link));
        } else if (schedule(job, upstream.getParent(), upstream.getNumber(), due)) {
            say(Messages.DownstreamJobs_Started(link));
        } else {
            say(Messages.DownstreamJobs_Refused(link));
            LedgerStore.change(upstream.getParent(), ledger -> {
                ledger.downstream().release(job.getFullName(), due);
                return due;
            });
        }
    }

    /** @return whether the queue accepted the build */
    static boolean schedule(Job<?, ?> job, Job<?, ?> upstream, int number, List<CheckResult> due) {
        List<Cause> causes = new ArrayList<>();
        Run<?, ?> build = upstream.getBuildByNumber(number);
        if (build != null) {
            causes.add(new Cause.UpstreamCause(build));
        }
        causes.add(new ImageUpdateCause(upstream.getFullName(), number, due));
        return BuildQueue.add(job, causes) != null;
    }

    /** Records with the upstream jobs that a build of this job has started for them, or that a user cancelled it. */
    static void answered(Job<?, ?> job, List<ImageUpdateCause> causes) {
        for (ImageUpdateCause cause : causes) {
            String name = cause.upstream();
            Job<?, ?> from = name == null ? null : Jenkins.get().getItemByFullName(name, Job.class);
            if (from != null) {
                LedgerStore.record(from, ledger -> ledger.downstream().answered(job.getFullName(), cause.updates()));
            }
        }
    }

    private void say(String line) {
        listener.getLogger().println(line);
    }
}
