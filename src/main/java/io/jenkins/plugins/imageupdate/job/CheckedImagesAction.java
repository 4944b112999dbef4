package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.policy.TagSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** The images that a build checked by the step, as they are stored with the build. */
public final class CheckedImagesAction extends InvisibleAction {
    private final List<Checked> images = new ArrayList<>();

    /** Adds to what the build checked before, and saves the build. */
    public static void record(
            Run<?, ?> run,
            Collection<CheckResult> results,
            @CheckForNull String credentialsId,
            @CheckForNull TagSelection tags)
            throws IOException {
        synchronized (run) {
            CheckedImagesAction action = run.getAction(CheckedImagesAction.class);
            if (action == null) {
                action = new CheckedImagesAction();
                run.addAction(action);
            }
            action.add(results.stream()
                    .map(result -> new Checked(new ImageResult(result), credentialsId, tags))
                    .toList());
            run.save();
        }
    }

    private synchronized void add(List<Checked> more) {
        images.addAll(more);
    }

    /** In the order in which they were checked. */
    public synchronized List<Checked> images() {
        return List.copyOf(images);
    }

    /** The results, in the order of the checks. */
    public List<CheckResult> results() {
        return images().stream().map(Checked::result).toList();
    }

    /** One image that was checked. A class and not a record, since Jenkins cannot read records back from XML. */
    public static final class Checked {
        private final ImageResult result;

        /** As the step names it. The check may have used the registry's own credential instead. */
        private final String credentialsId;

        private final TagSelection tags;

        private Checked(ImageResult result, @CheckForNull String credentialsId, @CheckForNull TagSelection tags) {
            this.result = result;
            this.credentialsId = credentialsId;
            this.tags = tags;
        }

        public CheckResult result() {
            return result.result();
        }

        /** The same check again. */
        ImageCheck toCheck() {
            return new ImageCheck(Objects.requireNonNull(result.result().image()), credentialsId, tags);
        }
    }
}
