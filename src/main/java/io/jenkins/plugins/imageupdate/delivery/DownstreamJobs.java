package io.jenkins.plugins.imageupdate.delivery;

import hudson.console.ModelHyperlinkNote;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.job.JobLocks;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.job.VisibleItems;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import io.jenkins.plugins.imageupdate.watch.UpdateLedger;
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
 * Starts other jobs for a build's updates, each once for each digest. What cannot be started is said and keeps back nothing else. A
 * start is in the ledger before it is made; {@link WaitingDownstreamJobs} makes it if a crash prevented that.
 */
public final class DownstreamJobs {
    /** For the names of upstream jobs: what is claimed is queued before anybody looks whether it was. */
    static final JobLocks LOCKS = new JobLocks();

    private final Run<?, ?> upstream;
    private final TaskListener listener;
    private final Authentication authentication;

    /** @param authentication whom the upstream build runs as: it must be allowed to build the downstream jobs */
    public DownstreamJobs(Run<?, ?> upstream, TaskListener listener, Authentication authentication) {
        this.upstream = upstream;
        this.listener = listener;
        this.authentication = authentication;
    }

    /** As whom a job's builds run, which is not as whom listeners hear of them. */
    static DownstreamJobs ofTrigger(Run<?, ?> upstream, TaskListener listener) {
        return new DownstreamJobs(upstream, listener, Tasks.getAuthenticationOf2((Queue.Task) upstream.getParent()));
    }

    /** Those of a job's trigger. */
    static List<String> named(Job<?, ?> job) {
        ImageUpdateTrigger trigger = ParameterizedJobMixIn.getTrigger(job, ImageUpdateTrigger.class);
        return trigger == null ? List.of() : trigger.getDownstreamJobs();
    }

    /** @param names relative to the upstream job, or absolute with a slash before them */
    public void start(Collection<String> names, List<ImageUpdate> updates) {
        if (updates.isEmpty()) {
            return;
        }
        try {
            start(find(names), updates, ledger -> {});
        } catch (IOException e) {
            say(Messages.DownstreamJobs_NotRecorded(Printable.of(String.join(", ", names)), e.getMessage()));
        }
    }

    /** The jobs of these names that can be started; of the others it is said why not. */
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

    /** @param alongside what is recorded in the same write */
    void start(List<Job<?, ?>> jobs, List<ImageUpdate> updates, Consumer<UpdateLedger> alongside) throws IOException {
        synchronized (LOCKS.of(upstream.getParent())) {
            Map<Job<?, ?>, List<ImageUpdate>> due = new LinkedHashMap<>();
            LedgerStore.update(upstream.getParent(), ledger -> {
                alongside.accept(ledger);
                for (Job<?, ?> job : jobs) {
                    due.put(job, ledger.downstream().claim(job.getFullName(), updates, upstream.getNumber()));
                }
                return due;
            });
            for (Map.Entry<Job<?, ?>, List<ImageUpdate>> one : due.entrySet()) {
                start(one.getKey(), one.getValue());
            }
        }
    }

    private void start(Job<?, ?> job, List<ImageUpdate> due) throws IOException {
        String link = ModelHyperlinkNote.encodeTo(job);
        if (due.isEmpty()) {
            say(Messages.DownstreamJobs_StartedBefore(link));
        } else if (schedule(job, upstream.getParent(), upstream.getNumber(), due)) {
            say(Messages.DownstreamJobs_Started(link));
        } else {
            say(Messages.DownstreamJobs_Refused(link));
            LedgerStore.update(upstream.getParent(), ledger -> {
                ledger.downstream().release(job.getFullName(), due);
                return null;
            });
        }
    }

    /** @return whether the queue took it */
    static boolean schedule(Job<?, ?> job, Job<?, ?> upstream, int number, List<ImageUpdate> due) {
        List<Cause> causes = new ArrayList<>();
        Run<?, ?> build = upstream.getBuildByNumber(number);
        if (build != null) {
            causes.add(new Cause.UpstreamCause(build));
        }
        causes.add(new ImageUpdateCause(upstream.getFullName(), number, due));
        return ParameterizedJobMixIn.scheduleBuild2(job, -1, new CauseAction(causes)) != null;
    }

    /** Tells upstream jobs that this one's build has started, or that a user refused it. */
    static void answered(Job<?, ?> job, List<ImageUpdateCause> causes) {
        for (ImageUpdateCause cause : causes) {
            String name = cause.upstream();
            Job<?, ?> from = name == null ? null : Jenkins.get().getItemByFullName(name, Job.class);
            if (from != null) {
                LedgerStore.record(from, ledger -> {
                    ledger.downstream().answered(job.getFullName(), cause.updates());
                    return null;
                });
            }
        }
    }

    private void say(String line) {
        listener.getLogger().println(line);
    }
}
