package io.jenkins.plugins.imageupdate.view;

import io.jenkins.plugins.imageupdate.check.CheckStatus;
import io.jenkins.plugins.imageupdate.ledger.WatchedState;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.util.function.Supplier;

/** The state of an image on pages: words, a symbol and a colour. The most urgent states come first. OUTDATED is one of images that Jenkins runs on. */
public enum ImageState {
    FAILED("symbol-close-circle", "jenkins-!-error-color", Messages::ImageState_Failed),
    REMOVED("symbol-warning", "jenkins-!-warning-color", Messages::ImageState_Removed),
    OUTDATED("symbol-arrow-up", "jenkins-!-warning-color", Messages::ImageState_Outdated),
    PENDING("symbol-hourglass", "jenkins-!-accent-color", Messages::ImageState_Pending),
    WAITING("symbol-hourglass", "jenkins-!-text-color-secondary", Messages::ImageState_Waiting),
    UNCHECKED("symbol-ellipse", "jenkins-!-text-color-secondary", Messages::ImageState_Unchecked),
    CURRENT("symbol-check", "jenkins-!-success-color", Messages::ImageState_Current);

    private final String symbol;
    private final String colour;
    private final Supplier<String> words;

    ImageState(String symbol, String colour, Supplier<String> words) {
        this.symbol = symbol;
        this.colour = colour;
        this.words = words;
    }

    public String getSymbol() {
        return symbol;
    }

    /** A class of the design library, which fits every theme. */
    public String getColour() {
        return colour;
    }

    public String getWords() {
        return words.get();
    }

    static ImageState of(JobImages.Watched image) {
        WatchedState state = image.state();
        JobImages.Seen last = image.seen();
        CheckStatus seen = last == null ? null : last.result().status();
        boolean known = state != null && state.result() != null;
        String failure = state == null ? null : state.failureKind();
        if (failure != null) {
            boolean gone = known && failure.equals(FailureKind.TAG_NOT_FOUND.name());
            return gone ? REMOVED : FAILED;
        }
        if (seen == CheckStatus.FAILED) {
            return FAILED;
        }
        if (seen == CheckStatus.REMOVED) {
            return REMOVED;
        }
        if (known && state.pending()) {
            return PENDING;
        }
        if (!image.waiting().isEmpty()) {
            return WAITING;
        }
        return known ? CURRENT : UNCHECKED;
    }
}
