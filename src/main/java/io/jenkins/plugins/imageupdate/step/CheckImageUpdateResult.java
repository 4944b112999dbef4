package io.jenkins.plugins.imageupdate.step;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What the step returns. */
public final class CheckImageUpdateResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<ImageResult> images = new ArrayList<>();

    CheckImageUpdateResult(List<CheckResult> updates) {
        images.addAll(ImageResult.of(updates));
    }

    /** Whether any image changed. */
    @Whitelisted
    public boolean isChanged() {
        return !getUpdates().isEmpty();
    }

    /** The images that changed. */
    @Whitelisted
    public List<ImageResult> getUpdates() {
        List<ImageResult> updates = new ArrayList<>(images);
        updates.removeIf(image -> !image.getStatus().equals(CheckStatus.UPDATED.name()));
        return updates;
    }

    /** All images, in the order in which they were named. */
    @Whitelisted
    public List<ImageResult> getImages() {
        return new ArrayList<>(images);
    }

    @Override
    @Whitelisted
    public String toString() {
        return images.toString();
    }
}
