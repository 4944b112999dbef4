package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.policy.TagSelection;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a build checked by the step: stored with the build, and what its job's trigger watches when it names no images itself. */
public final class CheckedImagesAction extends InvisibleAction {
    /** How many builds that checked nothing are looked at: each may have to be read from disk. */
    private static final int MOST_BUILDS = 100;

    private final List<ImageUpdate> updates = new ArrayList<>();

    /** By the step's own parameter, since the credential that was used may have been the registry's. */
    private final List<String> credentialsIds = new ArrayList<>();

    /** By {@link ImageUpdate#policy}, how the tag was chosen. Null in builds of before there were policies. */
    private Map<String, TagSelection> selections;

    /** Adds to what the build checked before. */
    public static void record(
            Run<?, ?> run,
            Collection<ImageUpdate> updates,
            @CheckForNull String credentialsId,
            @CheckForNull TagSelection selection)
            throws IOException {
        synchronized (run) {
            CheckedImagesAction checked = run.getAction(CheckedImagesAction.class);
            if (checked == null) {
                checked = new CheckedImagesAction();
                run.addAction(checked);
            }
            checked.add(updates, credentialsId, selection);
            run.save();
        }
    }

    private synchronized void add(
            Collection<ImageUpdate> more, @CheckForNull String credentialsId, @CheckForNull TagSelection selection) {
        if (selection != null) {
            selections = selections == null ? new TreeMap<>() : selections;
            selections.put(selection.toPolicy().describe(), selection);
        }
        for (ImageUpdate update : more) {
            updates.add(update);
            credentialsIds.add(credentialsId == null ? "" : credentialsId);
        }
    }

    /** In the order in which they were checked. */
    public synchronized List<ImageUpdate> updates() {
        return List.copyOf(updates);
    }

    /** The images of the last completed build that checked any. */
    static List<ImageCheck> ofLastBuild(Job<?, ?> job) {
        Run<?, ?> run = lastRun(job);
        return run == null ? List.of() : run.getAction(CheckedImagesAction.class).checks();
    }

    /** The last completed build that checked any image; null for none. */
    @CheckForNull
    static Run<?, ?> lastRun(Job<?, ?> job) {
        Run<?, ?> run = job.getLastCompletedBuild();
        for (int i = 0; i < MOST_BUILDS && run != null; i++, run = run.getPreviousCompletedBuild()) {
            if (run.getAction(CheckedImagesAction.class) != null) {
                return run;
            }
        }
        return null;
    }

    synchronized List<ImageCheck> checks() {
        List<ImageCheck> checks = new ArrayList<>();
        for (int i = 0; i < updates.size(); i++) {
            ImageUpdate update = updates.get(i);
            String credentialsId = credentialsIds.get(i);
            TagSelection selection =
                    selections == null || update.policy() == null ? null : selections.get(update.policy());
            checks.add(new ImageCheck(update.watched(), credentialsId.isEmpty() ? null : credentialsId, selection));
        }
        return checks.stream().distinct().toList();
    }
}
