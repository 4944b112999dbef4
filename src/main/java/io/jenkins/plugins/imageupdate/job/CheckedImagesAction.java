package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.policy.TagSelection;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The images that a build checked by the step, as they are stored with the build. */
public final class CheckedImagesAction extends InvisibleAction {
    private final List<Checked> images = new ArrayList<>();

    /** Adds to what the build checked before, and saves the build. */
    public static void record(
            Run<?, ?> run,
            Collection<ImageUpdate> updates,
            @CheckForNull String credentialsId,
            @CheckForNull TagSelection tags)
            throws IOException {
        synchronized (run) {
            CheckedImagesAction action = run.getAction(CheckedImagesAction.class);
            if (action == null) {
                action = new CheckedImagesAction();
                run.addAction(action);
            }
            action.add(updates.stream()
                    .map(update -> new Checked(update, credentialsId, tags))
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
    public List<ImageUpdate> updates() {
        return images().stream().map(Checked::update).toList();
    }

    /** One image that was checked. A class and not a record, since Jenkins cannot read records back from XML. */
    public static final class Checked {
        private final ImageUpdate update;

        /** As the step names it. The check may have used the registry's own credential instead. */
        private final String credentialsId;

        private final TagSelection tags;

        private Checked(
                ImageUpdate update, @CheckForNull String credentialsId, @CheckForNull TagSelection tags) {
            this.update = update;
            this.credentialsId = credentialsId;
            this.tags = tags;
        }

        public ImageUpdate update() {
            return update;
        }

        /** The same check again. */
        ImageCheck toCheck() {
            return new ImageCheck(update.watched(), credentialsId, tags);
        }
    }
}
