package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.watch.ImageChange;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One image of a check as Pipelines, views and the remote API see it. */
@ExportedBean(defaultVisibility = 3)
public final class ImageResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ImageUpdate update;

    public ImageResult(ImageUpdate update) {
        this.update = update;
    }

    /** The image in full: {@code docker.io/library/nginx:latest} for {@code nginx}. */
    @Exported
    @Whitelisted
    public String getImage() {
        return update.image();
    }

    /** The tag, which a policy may have chosen; empty when the image is named by digest alone. */
    @Exported
    @Whitelisted
    public String getTag() {
        return update.tag();
    }

    /** The tag that the previous digest is of; null without a policy. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getPreviousTag() {
        return update.previousTag();
    }

    /** Of an update, the tags that are there for the first time; the image is named by the newest that is new or moved. */
    @Exported
    @Whitelisted
    public List<String> getNewTags() {
        return new ArrayList<>(update.newTags());
    }

    /** Of an update, the tags that point at something else now. */
    @Exported
    @Whitelisted
    public List<String> getMovedTags() {
        return new ArrayList<>(update.movedTags());
    }

    /** The tags that counted before and that the registry no longer has. */
    @Exported
    @Whitelisted
    public List<String> getGoneTags() {
        return new ArrayList<>(update.goneTags());
    }

    /** What was seen as a Dockerfile pins it, {@code name:tag@sha256:…}; null if nothing was. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getPinned() {
        return update.pinned();
    }

    /** {@code NEW}, {@code UPDATED}, {@code UNCHANGED}, {@code REMOVED} or {@code FAILED}. */
    @Exported
    @Whitelisted
    public String getStatus() {
        return update.status().name();
    }

    @Exported
    @CheckForNull
    @Whitelisted
    public String getDigest() {
        return update.digest();
    }

    @Exported
    @CheckForNull
    @Whitelisted
    public String getPreviousDigest() {
        return update.previousDigest();
    }

    @Exported
    @CheckForNull
    @Whitelisted
    public String getPlatform() {
        return update.platform();
    }

    @Exported
    @CheckForNull
    @Whitelisted
    public String getPlatformDigest() {
        return update.platformDigest();
    }

    @Exported
    @CheckForNull
    @Whitelisted
    public String getPreviousPlatformDigest() {
        return update.previousPlatformDigest();
    }

    /** Why there is no digest, with the way out, in one line; null for an answer. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getFailure() {
        return update.failure();
    }

    /** Which kind of failure, such as {@code FORBIDDEN}; null for an answer. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getFailureKind() {
        return update.failureKind();
    }

    /** What the update changed, in one line such as {@code version 1.4.2 → 1.4.3}; null where it is not known. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getChange() {
        ImageChange change = update.change();
        return change == null || change.summary().isEmpty() ? null : change.summary();
    }

    /** The page of a known forge with what changed in the sources; null where there is none. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getCompareLink() {
        ImageChange change = update.change();
        return change == null ? null : change.compareLink();
    }

    @Override
    @Whitelisted
    public String toString() {
        return update.story();
    }
}
