package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;

/**
 * Images have changed. The updates stand in here and not in an action of their own, since a queue item that is joined by an equal one
 * keeps causes only.
 */
public final class ImageUpdateCause extends Cause {
    private final List<ImageUpdate> updates;

    /** Causes that a queue item collects are put in no particular order. */
    private final long since;

    private final String upstream;
    private final int upstreamBuild;

    private ImageUpdateCause(Collection<ImageUpdate> updates, @CheckForNull String upstream, int upstreamBuild) {
        this.updates = new ArrayList<>(updates);
        this.since = Instant.now().toEpochMilli();
        this.upstream = upstream;
        this.upstreamBuild = upstreamBuild;
    }

    /** For a build by the job's own trigger. */
    public ImageUpdateCause(Collection<ImageUpdate> updates) {
        this(updates, null, 0);
    }

    /**
     * For a build as downstream job.
     *
     * @param upstream full name of the job whose ledger has these updates
     */
    ImageUpdateCause(String upstream, int upstreamBuild, Collection<ImageUpdate> updates) {
        this(updates, upstream, upstreamBuild);
    }

    public List<ImageUpdate> updates() {
        // A build's file may have been written by hand.
        return updates == null ? List.of() : List.copyOf(updates);
    }

    /** Full name of the job that started this one for its updates; null if its own trigger did. */
    @CheckForNull
    String upstream() {
        return upstream;
    }

    int upstreamBuild() {
        return upstreamBuild;
    }

    /** For views and the remote API. */
    @Exported(visibility = 3)
    public List<ImageResult> getUpdates() {
        return updates().stream().map(ImageResult::new).toList();
    }

    /** What started a build: the newest update of each image, from all its causes. */
    public static List<ImageUpdate> updatesOf(Run<?, ?> run) {
        return ImageUpdate.newest(all(run.getCauses()));
    }

    /** The oldest first. */
    static List<ImageUpdateCause> of(Collection<? extends Cause> causes) {
        return causes.stream()
                .filter(ImageUpdateCause.class::isInstance)
                .map(ImageUpdateCause.class::cast)
                .sorted(Comparator.comparingLong(cause -> cause.since))
                .toList();
    }

    /** Every update of these causes, the oldest first. */
    static List<ImageUpdate> all(Collection<? extends Cause> causes) {
        return of(causes).stream().flatMap(cause -> cause.updates().stream()).toList();
    }

    @Override
    public String getShortDescription() {
        return Messages.ImageUpdateCause_ShortDescription(
                updates().stream().map(ImageUpdate::headline).collect(Collectors.joining("; ")));
    }

    @Override
    public void print(TaskListener listener) {
        updates()
                .forEach(update ->
                        listener.getLogger().println(Messages.ImageUpdateCause_ShortDescription(update.headline())));
    }

    @Override
    public boolean equals(@CheckForNull Object other) {
        return other instanceof ImageUpdateCause that
                && since == that.since
                && upstreamBuild == that.upstreamBuild
                && Objects.equals(upstream, that.upstream)
                && updates().equals(that.updates());
    }

    @Override
    public int hashCode() {
        return updates().hashCode();
    }
}
