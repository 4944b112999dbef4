package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.config.FailureWords;
import io.jenkins.plugins.imageupdate.job.ImageResult;
import io.jenkins.plugins.imageupdate.registry.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A result on a build's page: {@link ImageResult} with words, a symbol and a colour. */
public final class ResultRow {
    private final ImageResult result;
    private final CheckResult update;

    ResultRow(ImageResult result) {
        this.result = result;
        this.update = result.result();
    }

    static List<ResultRow> of(Collection<ImageResult> results) {
        return results.stream().map(ResultRow::new).toList();
    }

    public ImageResult getResult() {
        return result;
    }

    public String getWords() {
        return switch (update.status()) {
            case NEW -> Messages.ResultRow_New();
            case UPDATED -> Messages.ResultRow_Updated();
            case UNCHANGED -> Messages.ResultRow_Unchanged();
            case WAITING -> Messages.ResultRow_Waiting();
            case REMOVED -> Messages.ResultRow_Removed();
            case FAILED -> Messages.ResultRow_Failed();
        };
    }

    public String getSymbol() {
        return switch (update.status()) {
            case NEW -> "symbol-add";
            case UPDATED -> "symbol-arrow-up";
            case UNCHANGED -> "symbol-check";
            case WAITING -> "symbol-hourglass";
            case REMOVED -> "symbol-warning";
            case FAILED -> "symbol-close-circle";
        };
    }

    /** A class of the design library, which fits every theme. */
    public String getColour() {
        return switch (update.status()) {
            case NEW, UPDATED -> "jenkins-!-accent-color";
            case UNCHANGED -> "jenkins-!-success-color";
            case WAITING -> "jenkins-!-text-color-secondary";
            case REMOVED -> "jenkins-!-warning-color";
            case FAILED -> "jenkins-!-error-color";
        };
    }

    /** Whether the build's main page shows the result. */
    public boolean isNews() {
        return switch (update.status()) {
            case UPDATED, REMOVED, FAILED -> true;
            case NEW, UNCHANGED, WAITING -> false;
        };
    }

    public String getShortDigest() {
        return abbreviated(result.getDigest());
    }

    public String getShortPreviousDigest() {
        return abbreviated(result.getPreviousDigest());
    }

    private static String abbreviated(@CheckForNull String digest) {
        return digest == null ? "" : Digest.parse(digest).abbreviated();
    }

    /** What a policy says about tags other than the one that names the image. */
    public List<String> getTagWords() {
        List<String> words = new ArrayList<>();
        others(update.newTags()).ifPresent(tags -> words.add(Messages.ResultRow_NewTags(tags)));
        others(update.movedTags()).ifPresent(tags -> words.add(Messages.ResultRow_MovedTags(tags)));
        others(update.goneTags()).ifPresent(tags -> words.add(Messages.ResultRow_GoneTags(tags)));
        if (update.listCut()) {
            words.add(Messages.ResultRow_ListCut());
        }
        words.addAll(update.notes());
        return words;
    }

    /** What is too young to count. */
    public List<WaitingDigest> getWaitingDigests() {
        return WaitingDigest.of(update.waiting());
    }

    private Optional<String> others(List<String> tags) {
        return tags.stream().filter(tag -> !tag.equals(update.tag())).reduce((one, other) -> one + ", " + other);
    }

    @CheckForNull
    public FailureWords getFailureWords() {
        return FailureWords.of(update.failureKind());
    }
}
