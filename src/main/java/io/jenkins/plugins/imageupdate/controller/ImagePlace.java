package io.jenkins.plugins.imageupdate.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.ledger.WatchedState;
import java.time.Instant;

/**
 * An image at one place where Jenkins runs it, with what is known of it.
 *
 * @param user what runs it
 * @param state of the ledger; null if the image was never checked
 * @param result of the last check; null if there was none since Jenkins started
 * @param checked when that was; null with it
 */
public record ImagePlace(
        User user,
        WatchedImage image,
        @CheckForNull WatchedState state,
        @CheckForNull CheckResult result,
        @CheckForNull Instant checked) {
    /**
     * What runs an image.
     *
     * @param cloud name of the cloud; null for the controller itself
     * @param where the part of the template, such as {@code pod container maven}
     */
    record User(
            @CheckForNull String cloud,
            @CheckForNull String template,
            @CheckForNull String where) {
        static final User CONTROLLER = new User(null, null, null);
    }

    /** Whether it is the image of the controller itself. */
    public boolean isOfController() {
        return user.cloud() == null;
    }

    /** In words, in the language of the current user. */
    public String usedBy() {
        if (isOfController()) {
            return Messages.ImagePlace_Controller();
        }
        return Messages.ImagePlace_Template(user.cloud(), user.template(), user.where());
    }

    /** Whether the tag has moved since the image was marked as current; for the controller's own image, since its container started. */
    public boolean outdated() {
        return state != null && state.pending();
    }

    /** Whether an administrator can say that the image is current again: the controller's own is after a start of its container. */
    public boolean markable() {
        return outdated() && !isOfController();
    }

    ImagePlace with(
            @CheckForNull WatchedState newState, @CheckForNull CheckResult newResult, @CheckForNull Instant at) {
        return new ImagePlace(user, image, newState, newResult, newResult == null ? null : at);
    }
}
