package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.imageupdate.config.FailureWords;
import io.jenkins.plugins.imageupdate.registry.Digest;
import io.jenkins.plugins.imageupdate.watch.ImageChange;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a build was started for, or checked, for one image. */
@ExportedBean(defaultVisibility = 2)
public final class ResultRow {
    private final ImageUpdate update;

    ResultRow(ImageUpdate update) {
        this.update = update;
    }

    @Exported
    public String getImage() {
        return update.image();
    }

    @Exported
    @CheckForNull
    public String getPlatform() {
        return update.platform();
    }

    @Exported
    public String getStatus() {
        return update.status().name();
    }

    public String getWords() {
        return switch (update.status()) {
            case NEW -> Messages.UpdateRow_New();
            case UPDATED -> Messages.UpdateRow_Updated();
            case UNCHANGED -> Messages.UpdateRow_Unchanged();
            case REMOVED -> Messages.UpdateRow_Removed();
            case FAILED -> Messages.UpdateRow_Failed();
        };
    }

    public String getSymbol() {
        return switch (update.status()) {
            case NEW -> "symbol-add";
            case UPDATED -> "symbol-arrow-up";
            case UNCHANGED -> "symbol-check";
            case REMOVED -> "symbol-warning";
            case FAILED -> "symbol-close-circle";
        };
    }

    /** A class of the design library, which fits every theme. */
    public String getColour() {
        return switch (update.status()) {
            case NEW, UPDATED -> "jenkins-!-accent-color";
            case UNCHANGED -> "jenkins-!-success-color";
            case REMOVED -> "jenkins-!-warning-color";
            case FAILED -> "jenkins-!-error-color";
        };
    }

    /** Worth a line on the build's main page. */
    public boolean isNews() {
        return switch (update.status()) {
            case UPDATED, REMOVED, FAILED -> true;
            case NEW, UNCHANGED -> false;
        };
    }

    /** The digest that decides: the platform's where one is watched. */
    @Exported
    @CheckForNull
    public String getDigest() {
        return update.effectiveDigest();
    }

    @Exported
    @CheckForNull
    public String getPreviousDigest() {
        return update.effectivePreviousDigest();
    }

    public String getShortDigest() {
        return abbreviated(getDigest());
    }

    public String getShortPreviousDigest() {
        return abbreviated(getPreviousDigest());
    }

    private static String abbreviated(@CheckForNull String digest) {
        return digest == null ? "" : Digest.parse(digest).abbreviated();
    }

    /** The digest of the whole image, where that of a platform decides. */
    @Exported
    @CheckForNull
    public String getIndexDigest() {
        return update.platformDigest() == null ? null : update.digest();
    }

    /** As a Dockerfile pins it. */
    @Exported
    @CheckForNull
    public String getPinned() {
        return update.pinned();
    }

    @Exported
    @CheckForNull
    public String getCredentialsId() {
        return ImageRow.printable(update.credentialsId());
    }

    /** Version, revision, date and size of old and new image, as these say of themselves; null where nothing is known. */
    @Exported
    @CheckForNull
    public String getChange() {
        ImageChange change = update.change();
        return change == null ? null : Util.fixEmpty(change.summary());
    }

    /** What a policy has to say beside the tag that names the update. */
    public List<String> getTagWords() {
        List<String> words = new ArrayList<>();
        others(update.newTags()).ifPresent(tags -> words.add(Messages.UpdateRow_NewTags(tags)));
        others(update.movedTags()).ifPresent(tags -> words.add(Messages.UpdateRow_MovedTags(tags)));
        others(update.goneTags()).ifPresent(tags -> words.add(Messages.UpdateRow_GoneTags(tags)));
        if (update.listCut()) {
            words.add(Messages.UpdateRow_ListCut());
        }
        return words;
    }

    private Optional<String> others(List<String> tags) {
        return tags.stream().filter(tag -> !tag.equals(update.tag())).reduce((one, other) -> one + ", " + other);
    }

    /** The page of a known forge with what changed in the sources; null where there is none. */
    @Exported
    @CheckForNull
    public String getCompareLink() {
        ImageChange change = update.change();
        return change == null ? null : change.compareLink();
    }

    @Exported
    @CheckForNull
    public String getFailure() {
        return update.failure();
    }

    @Exported
    @CheckForNull
    public String getFailureKind() {
        return update.failureKind();
    }

    @CheckForNull
    public FailureWords getFailureWords() {
        return FailureWords.of(update.failureKind());
    }
}
