package io.jenkins.plugins.imageupdate.trigger;

import hudson.console.ModelHyperlinkNote;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.springframework.security.core.Authentication;

/** Starts other jobs for a build's updates, each once for each digest. What cannot be started is said and keeps back nothing else. */
public final class DownstreamJobs {
    private static final Object STARTING = new Object();

    private final Run<?, ?> upstream;
    private final TaskListener listener;
    private final Authentication authentication;

    /** @param authentication whom the upstream build runs as: it must be allowed to build the downstream jobs */
    public DownstreamJobs(Run<?, ?> upstream, TaskListener listener, Authentication authentication) {
        this.upstream = upstream;
        this.listener = listener;
        this.authentication = authentication;
    }

    /** @param names relative to the upstream job, or absolute with a slash before them */
    public void start(Collection<String> names, List<ImageUpdate> updates) {
        if (updates.isEmpty()) {
            return;
        }
        try (ACLContext context = ACL.as2(authentication)) {
            for (String name : names) {
                try {
                    start(name, updates);
                } catch (IOException e) {
                    say(Messages.DownstreamJobs_NotRecorded(name, e.getMessage()));
                }
            }
        }
    }

    private void start(String name, List<ImageUpdate> updates) throws IOException {
        Item item = Jenkins.get().getItem(name, upstream.getParent(), Item.class);
        if (item == null) {
            say(Messages.DownstreamJobs_NotFound(name, authentication.getName()));
        } else if (!(item instanceof Job<?, ?> job) || !(item instanceof ParameterizedJobMixIn.ParameterizedJob)) {
            say(Messages.DownstreamJobs_NotBuildable(name));
        } else if (!job.hasPermission(Item.BUILD)) {
            say(Messages.DownstreamJobs_Forbidden(ModelHyperlinkNote.encodeTo(job), authentication.getName()));
        } else if (!job.isBuildable()) {
            say(Messages.DownstreamJobs_Disabled(ModelHyperlinkNote.encodeTo(job)));
        } else {
            start(job, updates);
        }
    }

    /** One at a time, so that two builds which see the same update do not both start the job. */
    private void start(Job<?, ?> job, List<ImageUpdate> updates) throws IOException {
        String link = ModelHyperlinkNote.encodeTo(job);
        synchronized (STARTING) {
            List<ImageUpdate> due = UpdateLedgers.update(
                    upstream.getParent(),
                    ledger -> updates.stream()
                            .filter(update -> !ledger.hasStartedDownstream(update, job.getFullName()))
                            .toList());
            if (due.isEmpty()) {
                say(Messages.DownstreamJobs_StartedBefore(link));
                return;
            }
            CauseAction causes = new CauseAction(new Cause.UpstreamCause(upstream), new ImageUpdateCause(due));
            if (ParameterizedJobMixIn.scheduleBuild2(job, -1, causes) == null) {
                say(Messages.DownstreamJobs_Refused(link));
                return;
            }
            UpdateLedgers.update(upstream.getParent(), ledger -> {
                due.forEach(update -> ledger.startedDownstream(update, job.getFullName()));
                return null;
            });
        }
        say(Messages.DownstreamJobs_Started(link));
    }

    private void say(String line) {
        listener.getLogger().println(line);
    }
}
