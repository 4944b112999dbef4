package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.MinimumAge;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.policy.TagSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The images that a build checked by the step, each once, as they are stored with the build. */
public final class CheckedImagesAction extends InvisibleAction {
    private final List<Checked> images = new ArrayList<>();

    /**
     * Adds to what the build checked before, and saves the build if that says more. A build has one record for each image, however often
     * it checks the image: a Pipeline may wait for an update in a loop.
     */
    public static void record(
            Run<?, ?> run,
            Collection<CheckResult> results,
            @CheckForNull String credentialsId,
            @CheckForNull TagSelection tags,
            @CheckForNull String minimumAge)
            throws IOException {
        synchronized (run) {
            CheckedImagesAction action = run.getAction(CheckedImagesAction.class);
            if (action == null) {
                action = new CheckedImagesAction();
                run.addAction(action);
            }
            if (action.add(results.stream()
                    .map(result -> new Checked(new ImageResult(result), credentialsId, tags, minimumAge))
                    .toList())) {
                run.save();
            }
        }
    }

    /** Returns whether the build did not have all of these records, or records that say as much. */
    private synchronized boolean add(List<Checked> more) {
        Map<WatchedImage, Checked> byImage = new LinkedHashMap<>();
        images.forEach(known -> byImage.put(known.image(), known));
        more.forEach(
                later -> byImage.merge(later.image(), later, (known, same) -> same.saysMoreThan(known) ? same : known));
        List<Checked> now = List.copyOf(byImage.values());
        if (now.equals(images)) {
            return false;
        }
        images.clear();
        images.addAll(now);
        return true;
    }

    /** In the order in which they were first checked. */
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

        /** As the step names it. */
        private final String minimumAge;

        private Checked(
                ImageResult result,
                @CheckForNull String credentialsId,
                @CheckForNull TagSelection tags,
                @CheckForNull String minimumAge) {
            this.result = result;
            this.credentialsId = credentialsId;
            this.tags = tags;
            this.minimumAge = minimumAge;
        }

        public CheckResult result() {
            return result.result();
        }

        private WatchedImage image() {
            return Objects.requireNonNull(result().image()).identity();
        }

        /**
         * Returns whether this record takes the place of an earlier one. What was seen is kept if a later check fails. What has changed for
         * this build has changed also if a later check compares with an earlier one of the same build.
         */
        private boolean saysMoreThan(Checked earlier) {
            CheckResult before = earlier.result();
            CheckResult now = result();
            TagSet seenBefore = before.now();
            TagSet seenNow = now.now();
            if (seenNow == null || seenBefore == null) {
                return seenBefore == null && !now.equals(before);
            }
            return !seenNow.equals(seenBefore) || now.changed() && !before.changed();
        }

        /** The same check again. */
        ImageCheck toCheck() {
            return new ImageCheck(
                    Objects.requireNonNull(result.result().image()), credentialsId, tags, MinimumAge.parse(minimumAge));
        }
    }
}
