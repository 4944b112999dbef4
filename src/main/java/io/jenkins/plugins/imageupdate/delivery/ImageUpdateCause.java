package io.jenkins.plugins.imageupdate.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;

/**
 * The images of a job have changed. The cause holds the updates, and not an action: when two equal queue items become one, only their
 * causes are joined.
 */
public final class ImageUpdateCause extends Cause {
    /** How many updates a description has. A build's page of image updates has all. */
    private static final int MOST_SHOWN = 20;

    private final List<ImageResult> updates;

    /** When the cause was made, in milliseconds. A queue item does not keep its causes in order. */
    private final long since;

    private final String upstream;
    private final int upstreamBuild;
    private final boolean requested;

    /** Whether the cause was made by this process, or compared with the ledgers since. False after it was read from disk. */
    private transient volatile boolean compared = true;

    /** Whether a build has the cause. Another plugin may build again with the causes of a build. */
    private transient volatile boolean built;

    private ImageUpdateCause(
            Collection<CheckResult> updates, @CheckForNull String upstream, int upstreamBuild, boolean requested) {
        this.updates = new ArrayList<>(ImageResult.of(updates));
        this.since = Instant.now().toEpochMilli();
        this.upstream = upstream;
        this.upstreamBuild = upstreamBuild;
        this.requested = requested;
    }

    /** For a build by the job's own trigger. */
    public ImageUpdateCause(Collection<CheckResult> updates) {
        this(updates, null, 0, false);
    }

    /** For a build that a user asked for, also if it was built for these updates before. */
    public static ImageUpdateCause requested(Collection<CheckResult> updates) {
        return new ImageUpdateCause(updates, null, 0, true);
    }

    /**
     * For a build as downstream job.
     *
     * @param upstream full name of the job whose ledger has these updates
     */
    ImageUpdateCause(String upstream, int upstreamBuild, Collection<CheckResult> updates) {
        this(updates, upstream, upstreamBuild, false);
    }

    public List<CheckResult> updates() {
        return getUpdates().stream().map(ImageResult::result).toList();
    }

    /** Full name of the job that started this one for its updates. Null if its own trigger did. */
    @CheckForNull
    String upstream() {
        return upstream;
    }

    int upstreamBuild() {
        return upstreamBuild;
    }

    /** Whether the cause is that of a trigger or a downstream start, which is outdated if a build has started for it. */
    boolean owed() {
        return !requested && !built;
    }

    /** Whether the cause was read from a saved queue, which may be older than the ledgers, and not compared with them yet. */
    boolean isRestored() {
        return !compared && owed();
    }

    /** To be called when the cause was compared with the ledgers and may start a build. */
    void compared() {
        compared = true;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void onAddedTo(@NonNull Run build) {
        built = true;
    }

    @Override
    public void onLoad(@NonNull Run<?, ?> build) {
        built = true;
    }

    /** For views and the remote API. */
    @Exported(visibility = 3)
    public List<ImageResult> getUpdates() {
        // A user may have edited the build's file.
        return updates == null
                ? List.of()
                : updates.stream().filter(Objects::nonNull).toList();
    }

    /** The first updates, for a build's main page. */
    public List<ImageResult> getShown() {
        List<ImageResult> all = getUpdates();
        return all.subList(0, Math.min(all.size(), MOST_SHOWN));
    }

    /** How many updates {@link #getShown} leaves out. */
    public int getFurther() {
        return getUpdates().size() - getShown().size();
    }

    /** The updates that started a build: the newest one of each image, from all its causes. */
    public static List<CheckResult> updatesOf(Run<?, ?> run) {
        return CheckResult.newest(all(run.getCauses()));
    }

    /** Oldest first. */
    static List<ImageUpdateCause> of(Collection<? extends Cause> causes) {
        return causes.stream()
                .filter(ImageUpdateCause.class::isInstance)
                .map(ImageUpdateCause.class::cast)
                .sorted(Comparator.comparingLong(cause -> cause.since))
                .toList();
    }

    /** Every update of these causes, oldest first. */
    static List<CheckResult> all(Collection<? extends Cause> causes) {
        return of(causes).stream().flatMap(cause -> cause.updates().stream()).toList();
    }

    @Override
    public String getShortDescription() {
        String shown = getShown().stream().map(one -> one.result().headline()).collect(Collectors.joining("; "));
        return Messages.ImageUpdateCause_ShortDescription(
                getFurther() == 0 ? shown : Messages.ImageUpdateCause_Further(shown, getFurther()));
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
                && requested == that.requested
                && Objects.equals(upstream, that.upstream)
                && updates().equals(that.updates());
    }

    @Override
    public int hashCode() {
        return updates().hashCode();
    }
}
